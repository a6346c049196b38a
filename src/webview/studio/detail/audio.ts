import { html, nothing } from "lit";
import type { StudioStrings } from "../../../studio/studioStrings.ts";
import { clock } from "../../shared/clock.ts";
import { icon, PageElement } from "../../shared/view.ts";
import { type Peaks, readPeaks } from "./peaks.ts";

/** Plays a sound and draws its waveform, which is also what one scrubs along. */
export class AudioView extends PageElement {
  static override properties = {
    src: { attribute: false },
    label: { attribute: false },
    note: { attribute: false },
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
  declare words: StudioStrings;
  declare failed: boolean;
  declare at: number;
  declare length: number;
  declare playing: boolean;
  #peaks: Peaks = [];
  #stop = new AbortController();
  readonly #observer = new ResizeObserver(() => this.#draw());

  constructor() {
    super();
    this.failed = false;
    this.at = 0;
    this.length = 0;
    this.playing = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop.abort();
    this.#observer.disconnect();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has("src")) return;
    this.failed = false;
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#peaks = [];
    const { signal } = this.#stop;
    readPeaks(this.src, signal).then(
      (peaks) => {
        if (signal.aborted) return;
        this.#peaks = peaks;
        this.#draw();
      },
      // A waveform is an extra: where it cannot be had, the line to scrub along is flat.
      () => {},
    );
  }

  override render() {
    const { words } = this;
    if (this.failed)
      return html`<div class="media-broken">${icon("unmute")}<p>${words.notPlayable}</p>${this.note ? html`<p class="quiet">${this.note}</p>` : nothing}</div>`;
    const label = this.playing ? words.pause : words.play;
    return html`<div class="media sound">
      <audio preload="auto" src=${this.src} aria-label=${this.label} @error=${this.#onFailure} @loadedmetadata=${this.#onTime}
        @timeupdate=${this.#onTime} @seeked=${this.#onTime} @play=${this.#onTime} @pause=${this.#onTime} @ended=${this.#onTime}></audio>
      <div class="wave"><canvas aria-hidden="true"></canvas>
        <input type="range" class="scrub" min="0" max=${this.length} step="0.01" .value=${String(this.at)} aria-label=${words.waveform}
          aria-valuetext=${clock(this.at)} @input=${(event: Event) => this.#go((event.target as HTMLInputElement).valueAsNumber)}></div>
      <div class="media-tools"><button type="button" class="tool" title=${label} aria-label=${label} @click=${this.#toggle}>${icon(this.playing ? "debug-pause" : "play")}</button>
        <span class="number quiet">${clock(this.at)} / ${clock(this.length)}</span></div>
      ${this.note ? html`<p class="quiet media-note">${icon("info")}<span>${this.note}</span></p>` : nothing}
    </div>`;
  }

  override updated(): void {
    const canvas = this.querySelector("canvas");
    if (canvas) this.#observer.observe(canvas);
    this.#draw();
  }

  get #audio(): HTMLAudioElement | null {
    return this.querySelector("audio");
  }

  #go(seconds: number): void {
    if (this.#audio) this.#audio.currentTime = seconds;
    this.at = seconds;
  }

  #toggle(): void {
    const audio = this.#audio;
    if (!audio) return;
    if (audio.paused) audio.play().catch(() => this.#onFailure());
    else audio.pause();
  }

  #onTime(): void {
    const audio = this.#audio;
    if (!audio) return;
    this.playing = !audio.paused && !audio.ended;
    this.at = audio.currentTime;
    this.length = Number.isFinite(audio.duration) ? audio.duration : 0;
  }

  #onFailure(): void {
    this.failed = true;
  }

  #draw(): void {
    const canvas = this.querySelector("canvas");
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen || canvas.clientWidth === 0) return;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) =>
      Math.round(side * devicePixelRatio),
    );
    if (!width || !height) return;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const style = getComputedStyle(canvas);
    pen.clearRect(0, 0, width, height);
    const step = 3 * devicePixelRatio;
    const played = this.length > 0 ? (this.at / this.length) * width : 0;
    for (let x = 0; x < width; x += step) {
      const from = Math.floor((x / width) * this.#peaks.length);
      const end = Math.max(from + 1, Math.floor(((x + step) / width) * this.#peaks.length));
      const peak = Math.max(0, ...this.#peaks.slice(from, end));
      const high = Math.max(devicePixelRatio, peak * height * 0.92);
      pen.fillStyle = x <= played ? style.getPropertyValue("accent-color") : style.color;
      pen.fillRect(x, (height - high) / 2, step - devicePixelRatio, high);
    }
  }
}

customElements.define("easel-audio", AudioView);
