import { html, nothing } from "lit";
import type { DetailView, FrameUse } from "../../../studio/studioViews.ts";
import { clock } from "../../shared/clock.ts";
import { frameOf } from "../pictures.ts";
import { MediaView, mediaTool } from "./media.ts";

/** How far a step goes (s). A file does not say how long its frames are; this is one of 25 in a second. */
const frameSeconds = 1 / 25;

/** A frame that was chosen: what it is to become, its bytes, and its moment in seconds. */
export interface ChosenFrame {
  use: FrameUse;
  picture: Blob;
  seconds: number;
}

/** Plays a video, goes through it frame by frame, and says `frame` (detail: {@link ChosenFrame}) for one that is to be used. */
export class VideoView extends MediaView {
  static override properties = { uses: { attribute: false } };
  declare uses: DetailView["frameUses"];

  override render() {
    const { words } = this;
    if (this.failed) return this.broken("device-camera-video");
    return html`<div class="media">
      <video playsinline preload="auto" crossorigin="anonymous" src=${this.src} aria-label=${this.label} tabindex="-1"
        @click=${this.toggle} @error=${this.onFailure} @loadedmetadata=${this.#onMetadata} @timeupdate=${this.onTime}
        @seeked=${this.onTime} @play=${this.onTime} @pause=${this.onTime} @ended=${this.onTime}></video>
      <div class="media-tools" @keydown=${this.#onKey}>
        ${mediaTool(this.playing ? "debug-pause" : "play", this.playing ? words.pause : words.play, () => this.toggle())}
        ${mediaTool("chevron-left", `${words.framePrevious} (,)`, () => this.step(-1))}
        <input type="range" class="scrub" min="0" max=${this.length} step=${frameSeconds} .value=${String(this.at)}
          aria-label=${words.videoPosition} aria-valuetext=${clock(this.at, 2)} @input=${(event: Event) => this.#go((event.target as HTMLInputElement).valueAsNumber)}>
        ${mediaTool("chevron-right", `${words.frameNext} (.)`, () => this.step(1))}
        <span class="number quiet">${clock(this.at, 2)} / ${clock(this.length, 2)}</span>
      </div>
      ${
        this.uses.length > 0
          ? html`<div class="frame-uses" role="group" aria-label=${words.frameUse}><span class="quiet">${words.frameUse}</span>
              ${this.uses.map(({ use, label }) => html`<button type="button" class="button small" @click=${() => void this.#use(use)}>${label}</button>`)}</div>`
          : nothing
      }
      ${this.noted()}
    </div>`;
  }

  /** One frame on or back; pauses. */
  step(by: 1 | -1): void {
    this.#go(this.at + by * frameSeconds);
  }

  protected override get player(): HTMLVideoElement | null {
    return this.querySelector("video");
  }

  #go(seconds: number): void {
    const { player: video } = this;
    if (!video) return;
    video.pause();
    this.at = Math.max(0, Math.min(seconds, this.length));
    video.currentTime = this.at;
  }

  async #use(use: FrameUse): Promise<void> {
    const { player: video } = this;
    if (!video || video.videoWidth === 0) return;
    video.pause();
    const seconds = video.currentTime;
    const detail: ChosenFrame = { use, picture: await frameOf(video), seconds };
    this.dispatchEvent(new CustomEvent("frame", { detail, bubbles: true }));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== "," && event.key !== ".") return;
    event.preventDefault();
    this.step(event.key === "." ? 1 : -1);
  }

  /** A video whose picture cannot be decoded may still load, as sound alone. */
  #onMetadata(): void {
    const { player: video } = this;
    if (!video || video.videoWidth === 0) this.failed = true;
    else this.onLength();
  }
}

customElements.define("easel-video", VideoView);
