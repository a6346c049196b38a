import { html, nothing } from "lit";
import type { ReviewStrings } from "../../studio/protocol.ts";
import { clock } from "../shared/clock.ts";
import { fill, PageElement } from "../shared/view.ts";

/** How many frames a strip shows. */
const count = 6;
/** Height of a frame, in CSS pixels; the style sheet has the same. */
const height = 54;
/** A seek that takes longer than this will not end. Milliseconds. */
const seekLimitMs = 4_000;

/** Frames of a video, evenly spread, drawn in the page itself; choosing one goes there. Nothing at all if it cannot be decoded. */
export class Frames extends PageElement {
  static override properties = {
    src: { attribute: false },
    strings: { attribute: false },
    go: { attribute: false },
    times: { state: true },
  };
  declare src: string;
  declare strings: ReviewStrings;
  declare go: (seconds: number) => void;
  declare times: readonly number[];
  #shown: string | undefined;
  #stop = new AbortController();

  constructor() {
    super();
    this.times = [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop.abort();
    this.#shown = undefined;
  }

  override willUpdate(): void {
    if (this.src === this.#shown) return;
    this.#shown = this.src;
    this.times = [];
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    // A strip is an extra: a video that cannot be read shows none, and the player says what is wrong.
    this.#draw(this.src, signal).catch(() => {
      if (!signal.aborted) this.times = [];
    });
  }

  override render() {
    if (this.times.length === 0) return nothing;
    return html`<div class="frames" role="group" aria-label=${this.strings.frames}>
      ${this.times.map((time) => {
        const label = fill(this.strings.frame, clock(time));
        return html`<button type="button" class="frame" title=${label} aria-label=${label}
          @click=${() => this.go(time)}><canvas height=${height * 2} width="0"></canvas></button>`;
      })}
    </div>`;
  }

  async #draw(src: string, signal: AbortSignal): Promise<void> {
    const video = document.createElement("video");
    video.muted = true;
    video.preload = "auto";
    signal.addEventListener("abort", () => video.removeAttribute("src"), { once: true });
    const ready = heard(video, "loadeddata", signal);
    video.src = src;
    await ready;
    if (!video.videoWidth || !Number.isFinite(video.duration)) return;
    this.times = Array.from({ length: count }, (_, index) => (video.duration * (index + 0.5)) / count);
    await this.updateComplete;
    for (const [index, canvas] of [...this.querySelectorAll("canvas")].entries()) {
      const sought = heard(video, "seeked", signal);
      video.currentTime = this.times[index] ?? 0;
      await sought;
      canvas.width = Math.round((canvas.height * video.videoWidth) / video.videoHeight);
      canvas.getContext("2d")?.drawImage(video, 0, 0, canvas.width, canvas.height);
    }
    this.querySelector(".frames")?.classList.add("drawn");
    video.removeAttribute("src");
  }
}

/** Resolves with an event of the video; rejects if it fails, is stopped, or never comes. */
function heard(video: HTMLVideoElement, event: string, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(seekLimitMs)]);
  return new Promise((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true, signal: limit });
    video.addEventListener("error", () => reject(video.error), { once: true, signal: limit });
    limit.addEventListener("abort", () => reject(limit.reason), { once: true });
  });
}

customElements.define("easel-frames", Frames);
