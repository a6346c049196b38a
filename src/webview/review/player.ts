import { html, nothing } from "lit";
import type { AssetView, ReviewStrings } from "../../studio/protocol.ts";
import { icon, PageElement } from "../shared/view.ts";
import "./frames.ts";

/** Plays a sound or a video, or says that it cannot and offers to open it outside. */
export class Player extends PageElement {
  static override properties = {
    asset: { attribute: false },
    strings: { attribute: false },
    openOutside: { attribute: false },
    failed: { state: true },
  };
  declare asset: AssetView;
  declare strings: ReviewStrings;
  declare openOutside: () => void;
  /** Address of what could not be played. */
  declare failed: string | undefined;

  override render() {
    const { asset, strings } = this;
    if (!asset.playable || this.failed === asset.src) {
      return html`<div class="player unplayable">
        ${icon(asset.kind === "audio" ? "unmute" : "device-camera-video")}
        <p>${strings.notPlayable}</p>
        ${asset.playNote ? html`<p class="quiet">${asset.playNote}</p>` : nothing}
        ${this.#outside()}
      </div>`;
    }
    return asset.kind === "audio"
      ? html`<div class="player">${icon("unmute")}<audio controls preload="metadata" src=${asset.src} aria-label=${asset.label}
          @error=${this.#onFailure}></audio></div>`
      : html`<div class="player"><video controls playsinline preload="metadata" src=${asset.src} aria-label=${asset.label}
          @error=${this.#onFailure} @loadedmetadata=${this.#onMetadata}></video>
          <easel-frames .src=${asset.src} .strings=${strings} .go=${(seconds: number) => this.#go(seconds)}></easel-frames>
          ${asset.playNote ? html`<p class="play-note">${icon("info")}<span>${asset.playNote}</span>${this.#outside()}</p>` : nothing}
        </div>`;
  }

  #outside() {
    return html`<button type="button" class="button" @click=${this.openOutside}>
      ${icon("link-external")}<span>${this.strings.openOutside}</span></button>`;
  }

  #onFailure(): void {
    this.failed = this.asset.src;
  }

  /** A video whose picture cannot be decoded may still load, as sound alone. */
  #onMetadata(event: Event): void {
    if ((event.target as HTMLVideoElement).videoWidth === 0) this.#onFailure();
  }

  #go(seconds: number): void {
    const video = this.querySelector("video");
    if (!video) return;
    video.pause();
    video.currentTime = seconds;
  }
}

customElements.define("easel-player", Player);
