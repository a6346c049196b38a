import { html, nothing } from "lit";
import type { StudioStrings } from "../../../studio/studioStrings.ts";
import type { DetailView, FrameUse } from "../../../studio/studioViews.ts";
import { clock } from "../../shared/clock.ts";
import { icon, PageElement } from "../../shared/view.ts";
import { frameOf } from "../pictures.ts";

/** How far a step goes (s). A file does not say how long its frames are; this is one of 25 in a second. */
const frameSeconds = 1 / 25;

/** A frame that was chosen: what it is to become, its bytes, and its moment in seconds. */
export interface ChosenFrame {
  use: FrameUse;
  picture: Blob;
  seconds: number;
}

/** Plays a video, goes through it frame by frame, and says `frame` (detail: {@link ChosenFrame}) for one that is to be used. */
export class VideoView extends PageElement {
  static override properties = {
    src: { attribute: false },
    label: { attribute: false },
    note: { attribute: false },
    uses: { attribute: false },
    words: { attribute: false },
    failed: { state: true },
    at: { state: true },
    length: { state: true },
    playing: { state: true },
  };
  declare src: string;
  declare label: string;
  /** What there is to know about playing it. */
  declare note: string | undefined;
  declare uses: DetailView["frameUses"];
  declare words: StudioStrings;
  declare failed: boolean;
  declare at: number;
  declare length: number;
  declare playing: boolean;

  constructor() {
    super();
    this.failed = false;
    this.at = 0;
    this.length = 0;
    this.playing = false;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("src")) this.failed = false;
  }

  override render() {
    const { words } = this;
    if (this.failed)
      return html`<div class="media-broken">${icon("device-camera-video")}<p>${words.notPlayable}</p>${this.note ? html`<p class="quiet">${this.note}</p>` : nothing}</div>`;
    const tool = (name: string, label: string, act: () => void) =>
      html`<button type="button" class="tool" title=${label} aria-label=${label} @click=${act}>${icon(name)}</button>`;
    return html`<div class="media">
      <video playsinline preload="auto" crossorigin="anonymous" src=${this.src} aria-label=${this.label} tabindex="-1"
        @click=${this.#toggle} @error=${this.#onFailure} @loadedmetadata=${this.#onMetadata} @timeupdate=${this.#onTime}
        @seeked=${this.#onTime} @play=${this.#onTime} @pause=${this.#onTime} @ended=${this.#onTime}></video>
      <div class="media-tools" @keydown=${this.#onKey}>
        ${tool(this.playing ? "debug-pause" : "play", this.playing ? words.pause : words.play, () => this.#toggle())}
        ${tool("chevron-left", `${words.framePrevious} (,)`, () => this.step(-1))}
        <input type="range" class="scrub" min="0" max=${this.length} step=${frameSeconds} .value=${String(this.at)}
          aria-label=${words.videoPosition} aria-valuetext=${clock(this.at, 2)} @input=${(event: Event) => this.#go((event.target as HTMLInputElement).valueAsNumber)}>
        ${tool("chevron-right", `${words.frameNext} (.)`, () => this.step(1))}
        <span class="number quiet">${clock(this.at, 2)} / ${clock(this.length, 2)}</span>
      </div>
      ${
        this.uses.length > 0
          ? html`<div class="frame-uses" role="group" aria-label=${words.frameUse}><span class="quiet">${words.frameUse}</span>
              ${this.uses.map(({ use, label }) => html`<button type="button" class="button small" @click=${() => void this.#use(use)}>${label}</button>`)}</div>`
          : nothing
      }
      ${this.note ? html`<p class="quiet media-note">${icon("info")}<span>${this.note}</span></p>` : nothing}
    </div>`;
  }

  /** One frame on or back; pauses. */
  step(by: 1 | -1): void {
    this.#go(this.at + by * frameSeconds);
  }

  get #video(): HTMLVideoElement | null {
    return this.querySelector("video");
  }

  #go(seconds: number): void {
    const video = this.#video;
    if (!video) return;
    video.pause();
    this.at = Math.max(0, Math.min(seconds, this.length));
    video.currentTime = this.at;
  }

  #toggle(): void {
    const video = this.#video;
    if (!video) return;
    if (video.paused) video.play().catch(() => this.#onFailure());
    else video.pause();
  }

  async #use(use: FrameUse): Promise<void> {
    const video = this.#video;
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

  #onTime(): void {
    const video = this.#video;
    if (!video) return;
    this.playing = !video.paused && !video.ended;
    this.at = video.currentTime;
  }

  /** A video whose picture cannot be decoded may still load, as sound alone. */
  #onMetadata(): void {
    const video = this.#video;
    if (!video || video.videoWidth === 0) this.failed = true;
    else this.length = Number.isFinite(video.duration) ? video.duration : 0;
  }

  #onFailure(): void {
    this.failed = true;
  }
}

customElements.define("easel-video", VideoView);
