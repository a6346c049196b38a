import { html } from "lit";
import { clock } from "../../shared/clock.ts";
import { onThemeChange } from "../../shared/theme.ts";
import { MediaView, mediaTool } from "./media.ts";
import { type Peaks, readPeaks } from "./peaks.ts";

/** Plays a sound and draws its waveform, which is also what one scrubs along. */
export class AudioView extends MediaView {
  #peaks: Peaks = [];
  #stop = new AbortController();
  readonly #observer = new ResizeObserver(() => this.#draw());
  #themes: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#themes = onThemeChange(() => this.#draw());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#themes?.();
    this.#stop.abort();
    this.#observer.disconnect();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    super.willUpdate(changed);
    if (!changed.has("src")) return;
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
    if (this.failed) return this.broken("unmute");
    return html`<div class="media sound">
      <audio preload="auto" src=${this.src} aria-label=${this.label} @error=${this.onFailure} @loadedmetadata=${this.onTime}
        @timeupdate=${this.onTime} @seeked=${this.onTime} @play=${this.onTime} @pause=${this.onTime} @ended=${this.onTime}></audio>
      <div class="wave"><canvas aria-hidden="true"></canvas>
        <input type="range" class="scrub" min="0" max=${this.length} step="0.01" .value=${String(this.at)} aria-label=${words.waveform}
          aria-valuetext=${clock(this.at)} @input=${(event: Event) => this.#go((event.target as HTMLInputElement).valueAsNumber)}></div>
      <div class="media-tools">${mediaTool(this.playing ? "debug-pause" : "play", this.playing ? words.pause : words.play, () => this.toggle())}
        <span class="number quiet">${clock(this.at)} / ${clock(this.length)}</span></div>
      ${this.noted()}
    </div>`;
  }

  override updated(): void {
    const canvas = this.querySelector("canvas");
    if (canvas) this.#observer.observe(canvas);
    this.#draw();
  }

  #go(seconds: number): void {
    if (this.player) this.player.currentTime = seconds;
    this.at = seconds;
  }

  protected override onTime(): void {
    super.onTime();
    this.onLength();
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
    // Quiet sounds are drawn as high as loud ones; near silence stays flat.
    const loudest = Math.max(0.1, ...this.#peaks);
    const played = this.length > 0 ? (this.at / this.length) * width : 0;
    for (let x = 0; x < width; x += step) {
      const from = Math.floor((x / width) * this.#peaks.length);
      const end = Math.max(from + 1, Math.floor(((x + step) / width) * this.#peaks.length));
      const peak = Math.max(0, ...this.#peaks.slice(from, end));
      const high = Math.max(devicePixelRatio, (peak / loudest) * height * 0.92);
      pen.fillStyle = x <= played ? style.getPropertyValue("accent-color") : style.color;
      pen.fillRect(x, (height - high) / 2, step - devicePixelRatio, high);
    }
  }
}

customElements.define("easel-audio", AudioView);
