import { html, nothing } from "lit";
import { icon, PageElement } from "./view.ts";

/** One picture on the stage. `box` (left, top, right, bottom in pixels of the first) for a layer above the first. */
export interface StagePicture {
  src: string;
  alt: string;
  box?: readonly [number, number, number, number];
  /** Part of its width, from the left, that is not drawn (0 to 1). */
  cut?: number;
}

/** The words on the stage. */
export type StageStrings = Readonly<
  Record<"fit" | "keyZoom" | "picture" | "realSize" | "zoomIn" | "zoomOut", string>
>;

/** A key that changes the zoom. */
export type ZoomKey = "+" | "-" | "0" | "1";

const smallest = 0.02;
const largest = 32;
const factor = 1.25;
/** From this scale on single pixels are meant to be seen. */
const pixelated = 3;

/**
 * Shows a picture (or layers of one) fitted or at any scale; scrolls when larger than its place. A scale of 1 is one picture pixel
 * for one CSS pixel, as in the editor's own image preview.
 */
export class Stage extends PageElement {
  static override properties = {
    pictures: { attribute: false },
    size: { attribute: false },
    strings: { attribute: false },
    scale: { state: true },
    natural: { state: true },
  };
  declare pictures: readonly StagePicture[];
  /** Width and height in pixels, if known before the picture is loaded. */
  declare size: { width: number; height: number } | undefined;
  declare strings: StageStrings;
  /** Undefined: fitted. */
  declare scale: number | undefined;
  declare natural: { width: number; height: number } | undefined;
  #observer: ResizeObserver | undefined;
  #shown: string | undefined;
  #drag: { x: number; y: number } | undefined;

  constructor() {
    super();
    this.pictures = [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  /** True if the picture is larger than its place, so that arrow keys scroll it. */
  get scrolls(): boolean {
    const port = this.#port;
    return port !== null && (port.scrollWidth > port.clientWidth || port.scrollHeight > port.clientHeight);
  }

  zoom(key: ZoomKey): void {
    if (key === "0") this.#scaleTo(undefined);
    else if (key === "1") this.#scaleTo(1);
    else this.#scaleTo(this.#current() * (key === "+" ? factor : 1 / factor));
  }

  override willUpdate(): void {
    const src = this.pictures[0]?.src;
    if (src === this.#shown) return;
    this.#shown = src;
    this.natural = undefined;
  }

  override render() {
    const { strings } = this;
    const percent = `${Math.round(this.#current() * 100)}%`;
    return html`
      <div class="stage-port" tabindex="0" role="group" aria-label=${strings.picture}
        @wheel=${this.#onWheel} @pointerdown=${this.#onGrab} @pointermove=${this.#onDrag}
        @pointerup=${this.#onRelease} @pointercancel=${this.#onRelease}>
        <div class="stage-canvas">
          ${this.pictures.map(
            (picture, index) => html`<img src=${picture.src} alt=${picture.alt} draggable="false"
              class=${picture.box ? "layer" : "base"} @load=${index === 0 ? this.#onLoad : nothing}>`,
          )}
          ${this.pictures.some(({ cut }) => cut !== undefined) ? html`<span class="stage-cut"></span>` : nothing}
        </div>
      </div>
      <div class="stage-tools" role="group" aria-label=${strings.keyZoom}>
        ${this.#tool("-", "zoom-out", strings.zoomOut)}
        <button type="button" class="tool scale" aria-pressed=${this.scale === 1} title=${`${strings.realSize} (1)`}
          aria-label=${`${strings.realSize} · ${percent}`} @click=${() => this.zoom("1")}>${percent}</button>
        ${this.#tool("+", "zoom-in", strings.zoomIn)}
        <button type="button" class="tool" aria-pressed=${this.scale === undefined} title=${`${strings.fit} (0)`}
          aria-label=${strings.fit} @click=${() => this.zoom("0")}>${icon("screen-full")}</button>
      </div>`;
  }

  override updated(): void {
    const port = this.#port;
    if (!this.#observer && port) {
      this.#observer = new ResizeObserver(() => this.requestUpdate());
      this.#observer.observe(port);
    }
    this.#layOut();
  }

  get #port(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".stage-port");
  }

  get #pixels(): { width: number; height: number } | undefined {
    return this.size ?? this.natural;
  }

  #tool(key: ZoomKey, name: string, label: string) {
    return html`<button type="button" class="tool" title=${`${label} (${key})`} aria-label=${label}
      @click=${() => this.zoom(key)}>${icon(name)}</button>`;
  }

  #current(): number {
    if (this.scale !== undefined) return this.scale;
    const { width, height } = this.#pixels ?? { width: 0, height: 0 };
    const port = this.#port;
    if (!port || width <= 0 || height <= 0) return 1;
    const style = getComputedStyle(port);
    const room = (size: number, ...sides: string[]) =>
      size - sides.reduce((sum, side) => sum + Number.parseFloat(side), 0);
    const wide = room(port.offsetWidth, style.paddingLeft, style.paddingRight);
    const high = room(port.offsetHeight, style.paddingTop, style.paddingBottom);
    return Math.max(0.001, Math.min(1, wide / width, high / height));
  }

  /** Keeps the point in the middle of the port where it is. */
  #scaleTo(scale: number | undefined): void {
    const port = this.#port;
    const centre = port && {
      x: (port.scrollLeft + port.clientWidth / 2) / port.scrollWidth,
      y: (port.scrollTop + port.clientHeight / 2) / port.scrollHeight,
    };
    this.scale = scale === undefined ? undefined : Math.min(largest, Math.max(smallest, scale));
    this.dispatchEvent(new CustomEvent("zoomed", { bubbles: true }));
    void this.updateComplete.then(() => {
      if (!port || !centre) return;
      port.scrollLeft = centre.x * port.scrollWidth - port.clientWidth / 2;
      port.scrollTop = centre.y * port.scrollHeight - port.clientHeight / 2;
    });
  }

  #layOut(): void {
    const canvas = this.querySelector<HTMLElement>(".stage-canvas");
    const pixels = this.#pixels;
    if (!canvas || !pixels) return;
    const scale = this.#current();
    this.#port?.classList.toggle("fitted", this.scale === undefined);
    canvas.classList.toggle("pixelated", scale >= pixelated);
    canvas.style.width = `${pixels.width * scale}px`;
    canvas.style.height = `${pixels.height * scale}px`;
    for (const [index, image] of [...canvas.querySelectorAll("img")].entries()) {
      const box = this.pictures[index]?.box ?? [0, 0, pixels.width, pixels.height];
      const [left, top, right, bottom] = box;
      image.style.left = `${(left / pixels.width) * 100}%`;
      image.style.top = `${(top / pixels.height) * 100}%`;
      image.style.width = `${((right - left) / pixels.width) * 100}%`;
      image.style.height = `${((bottom - top) / pixels.height) * 100}%`;
      const cut = this.pictures[index]?.cut;
      image.style.clipPath = cut === undefined ? "" : `inset(0 0 0 ${cut * 100}%)`;
      const line = canvas.querySelector<HTMLElement>(".stage-cut");
      if (line && cut !== undefined) line.style.left = `${cut * 100}%`;
    }
    const scale100 = this.querySelector(".scale");
    const percent = `${Math.round(scale * 100)}%`;
    // The first rendering measures a port that is not there yet.
    if (scale100 && scale100.textContent !== percent) this.requestUpdate();
  }

  #onLoad(event: Event): void {
    const image = event.target as HTMLImageElement;
    this.natural = { width: image.naturalWidth || 300, height: image.naturalHeight || 150 };
  }

  #onWheel(event: WheelEvent): void {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoom(event.deltaY < 0 ? "+" : "-");
  }

  #onGrab(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType !== "mouse" || !this.scrolls) return;
    this.#drag = { x: event.clientX, y: event.clientY };
    this.#port?.setPointerCapture(event.pointerId);
  }

  #onDrag(event: PointerEvent): void {
    if (!this.#drag) return;
    this.#port?.scrollBy(this.#drag.x - event.clientX, this.#drag.y - event.clientY);
    this.#drag = { x: event.clientX, y: event.clientY };
  }

  #onRelease(): void {
    this.#drag = undefined;
  }
}

customElements.define("easel-stage", Stage);
