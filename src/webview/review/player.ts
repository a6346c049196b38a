import { html } from "lit";
import type { AssetView, ReviewStrings } from "../../studio/protocol.ts";
import { icon, PageElement } from "../shared/view.ts";

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
        <button type="button" class="button" @click=${this.openOutside}>${icon("link-external")}<span>${strings.openOutside}</span></button>
      </div>`;
    }
    const failed = () => {
      this.failed = asset.src;
    };
    return asset.kind === "audio"
      ? html`<div class="player">${icon("unmute")}<audio controls preload="metadata" src=${asset.src} aria-label=${asset.label}
          @error=${failed}></audio></div>`
      : html`<div class="player"><video controls playsinline preload="metadata" src=${asset.src} aria-label=${asset.label}
          @error=${failed}></video></div>`;
  }
}

customElements.define("easel-player", Player);
