import { html } from "lit";
import type { StudioStrings } from "../../../studio/studioStrings.ts";
import type { ItemView } from "../../../studio/studioViews.ts";
import type { Stage, StagePicture, StageStrings } from "../../shared/stage.ts";
import "../../shared/stage.ts";
import { icon, PageElement } from "../../shared/view.ts";

/** Two pictures side by side, which zoom and scroll as one; or one above the other with a divider to draw across. */
export class Compare extends PageElement {
  static override properties = {
    items: { attribute: false },
    words: { attribute: false },
    stageWords: { attribute: false },
    mode: { state: true },
    divider: { state: true },
  };
  declare items: readonly [ItemView, ItemView];
  declare words: StudioStrings;
  declare stageWords: StageStrings;
  declare mode: "side" | "slider";
  /** Where the divider stands, in percent of the width. */
  declare divider: number;

  constructor() {
    super();
    this.mode = "side";
    this.divider = 50;
  }

  override render() {
    const { words, items } = this;
    const button = (mode: "side" | "slider", name: string, label: string) =>
      html`<button type="button" class="tool worded" aria-pressed=${this.mode === mode} @click=${() => {
        this.mode = mode;
      }}>${icon(name)}<span>${label}</span></button>`;
    return html`<div class="compare">
      <div class="compare-modes" role="group" aria-label=${words.compare}>
        ${button("side", "split-horizontal", words.compareSideBySide)}
        ${button("slider", "arrow-swap", words.compareSlider)}
      </div>
      ${this.mode === "side" ? html`<div class="compare-pair" @zoomed=${this.#onZoom}>${items.map((item) => this.#one(item))}</div>` : this.#slider()}
    </div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Scrolling does not bubble, but it can be caught on its way down.
    this.addEventListener("scroll", (event) => this.#follow(event.target as HTMLElement), true);
  }

  get #ports(): HTMLElement[] {
    return this.mode === "side" ? [...this.querySelectorAll<HTMLElement>(".stage-port")] : [];
  }

  #one(item: ItemView) {
    return html`<figure class="compared"><easel-stage class="stage" .strings=${this.stageWords} .pictures=${[picture(item)]} .size=${sizeOf(item)}></easel-stage>
      <figcaption title=${item.detail}><bdi class="clip">${item.label}</bdi><span class="quiet clip">${item.detail}</span></figcaption></figure>`;
  }

  #slider() {
    const [left, right] = this.items;
    const over: StagePicture = { ...picture(right), cut: this.divider / 100 };
    return html`<figure class="compared">
      <easel-stage class="stage" .strings=${this.stageWords} .pictures=${[picture(left), over]} .size=${sizeOf(left)}></easel-stage>
      <div class="divider-row"><bdi class="clip">${left.label}</bdi>
        <input type="range" min="0" max="100" step="1" .value=${String(this.divider)} aria-label=${this.words.slider}
          @input=${(event: Event) => {
            this.divider = (event.target as HTMLInputElement).valueAsNumber;
          }}><bdi class="clip">${right.label}</bdi></div>
    </figure>`;
  }

  #onZoom(event: Event): void {
    const from = event.target as Stage;
    for (const stage of this.querySelectorAll<Stage>("easel-stage"))
      if (stage !== from) stage.scale = from.scale;
  }

  #follow(from: HTMLElement): void {
    const part = (at: number, whole: number, seen: number) => (whole > seen ? at / (whole - seen) : 0);
    const x = part(from.scrollLeft, from.scrollWidth, from.clientWidth);
    const y = part(from.scrollTop, from.scrollHeight, from.clientHeight);
    for (const port of this.#ports) {
      if (port === from) continue;
      const left = Math.round(x * (port.scrollWidth - port.clientWidth));
      const top = Math.round(y * (port.scrollHeight - port.clientHeight));
      // Set only if it moves: the other one follows in turn.
      if (Math.abs(port.scrollLeft - left) > 1) port.scrollLeft = left;
      if (Math.abs(port.scrollTop - top) > 1) port.scrollTop = top;
    }
  }
}

function picture({ src = "", label }: ItemView): StagePicture {
  return { src, alt: label };
}

function sizeOf({ width, height }: ItemView): { width: number; height: number } | undefined {
  return width && height ? { width, height } : undefined;
}

customElements.define("easel-compare", Compare);
