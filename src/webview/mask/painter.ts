import { html, nothing, svg } from "lit";
import type { MaskProtocol } from "../../studio/protocol.ts";
import { arrows, Board, moved } from "../shared/board.ts";
import { RequestError } from "../shared/ipc.ts";
import type { Spot } from "../shared/marks.ts";
import { onThemeChange } from "../shared/theme.ts";
import { fill, icon } from "../shared/view.ts";
import { draw, maskOf, type Stroke } from "./strokes.ts";

type Shown = MaskProtocol["notifications"]["show"];

/** Width of the brush in hundredths of the picture's longer side. */
const brush = { min: 1, max: 40, first: 8 };

/** Lets the user paint over a part of a picture with the mouse or the keyboard, and sends the mask. */
export class Mask extends Board<MaskProtocol> {
  #strokes: Stroke[] = [];
  #erases = false;
  #brush = brush.first;
  #spot: Spot | undefined;
  #isDown = false;
  #problem = "";

  override render() {
    const { shown } = this;
    if (!shown) return nothing;
    const { strings, width, height } = shown;
    const none = this.#strokes.length === 0;
    return html`<main class="picker">
      <section class="place">
        <div class="board" tabindex="0" role="application" aria-label=${strings.picture} aria-describedby="help"
          @pointerdown=${this.#onDown} @pointermove=${this.#onMove} @pointerup=${this.#onUp} @pointercancel=${this.#onUp}
          @pointerleave=${this.#onLeave}>
          <img src=${shown.src} alt="" draggable="false" width=${width} height=${height}>
          <canvas width=${width} height=${height} aria-hidden="true"></canvas>
          ${this.#cursor(shown)}
        </div>
      </section>
      <section class="list">
        <div class="list-scroll">
          <h1>${strings.title}</h1>
          <div id="help" class="quiet"><p>${strings.help}</p><p>${fill(strings.helpKeys, strings.control)}</p></div>
          <div class="size">
            <label for="brush"><span>${strings.brush}</span><span>${this.#width(shown)} px</span></label>
            <input id="brush" type="range" min=${brush.min} max=${brush.max} .value=${String(this.#brush)} @input=${this.#onBrush}>
          </div>
          <div class="tools">
            <button type="button" class="button erase" aria-pressed=${this.#erases} @click=${this.#toggle}>
              ${icon("eraser")}<span>${strings.erase}</span><kbd>E</kbd></button>
            <button type="button" class="button undo" aria-disabled=${none} @click=${this.#undo}>
              ${icon("discard")}<span>${strings.undo}</span></button>
            <button type="button" class="button" aria-disabled=${none} @click=${this.#clear}>${strings.clear}</button>
          </div>
          <p role="status" class="say">${this.#problem || (this.#spot && !this.#isDown ? fill(strings.at, this.#spot.x, this.#spot.y) : "")}</p>
        </div>
        <footer class="buttons">
          <button type="button" class="button primary use" aria-disabled=${none || this.sent} @click=${this.#use}>
            <span>${strings.use}</span><kbd>${strings.control}Enter</kbd></button>
          <button type="button" class="button" @click=${this.cancel}>${strings.cancel}<kbd>Esc</kbd></button>
        </footer>
      </section>
    </main>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    onThemeChange(() => this.requestUpdate());
  }

  protected override updated(): void {
    const context = this.querySelector("canvas")?.getContext("2d");
    const colour = getComputedStyle(this).getPropertyValue("--vscode-button-background").trim();
    if (context) draw(context, this.#strokes, colour || "white");
  }

  #cursor(shown: Shown) {
    const { width, height } = shown;
    const spot = this.#spot;
    return html`<svg viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">${
      spot
        ? ["brush-back", "brush"].map(
            (style) =>
              svg`<circle class=${style} cx=${spot.x} cy=${spot.y} r=${this.#width(shown) / 2}></circle>`,
          )
        : nothing
    }</svg>`;
  }

  #width({ width, height }: Shown): number {
    return Math.max(1, Math.round((Math.max(width, height) * this.#brush) / 100));
  }

  #begin(spot: Spot): void {
    if (!this.shown) return;
    this.#problem = "";
    const stroke = { erases: this.#erases, size: this.#width(this.shown), spots: [spot] };
    this.#strokes = [...this.#strokes, stroke];
    this.requestUpdate();
  }

  #onDown(event: PointerEvent): void {
    const spot = this.spot(event);
    if (event.button !== 0 || !spot) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#isDown = true;
    this.#spot = spot;
    this.#begin(spot);
  }

  #onMove(event: PointerEvent): void {
    const spot = this.spot(event);
    if (!spot) return;
    this.#spot = spot;
    if (this.#isDown) this.#strokes.at(-1)?.spots.push(spot);
    this.requestUpdate();
  }

  #onUp(): void {
    this.#isDown = false;
    this.requestUpdate();
  }

  #onLeave(): void {
    if (!this.#isDown) this.#spot = undefined;
    this.requestUpdate();
  }

  #onBrush(event: Event): void {
    this.#resize(Number((event.target as HTMLInputElement).value) - this.#brush);
  }

  #resize(by: number): void {
    this.#brush = Math.min(brush.max, Math.max(brush.min, this.#brush + by));
    this.requestUpdate();
  }

  #toggle(): void {
    this.#erases = !this.#erases;
    this.requestUpdate();
  }

  #undo(): void {
    this.#strokes = this.#strokes.slice(0, -1);
    this.requestUpdate();
  }

  #clear(): void {
    this.#strokes = [];
    this.requestUpdate();
  }

  async #use(): Promise<void> {
    const { shown } = this;
    if (!shown || this.sent || this.#strokes.length === 0) return;
    this.sent = true;
    const bytes = await maskOf(shown, this.#strokes);
    if (bytes) await this.ipc.request("use", { bytes }).catch((error) => this.#say(error));
    else this.#say(shown.strings.nothing);
  }

  /** What stands in the way; the user can go on painting. */
  #say(error: unknown): void {
    this.#problem = error instanceof RequestError ? error.message : String(error);
    this.sent = false;
    this.requestUpdate();
  }

  protected override onKey(event: KeyboardEvent): void {
    const { shown } = this;
    if (!shown) return;
    const withControl = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" && withControl) void this.#use();
    else if (key === "z" && withControl) this.#undo();
    else if (withControl || event.altKey) return;
    else if (key === "e") this.#toggle();
    else if (key === "[") this.#resize(-1);
    else if (key === "]") this.#resize(1);
    else if (!(event.target as Element).closest(".board") || !this.#paintKey(event, shown)) return;
    event.preventDefault();
    this.requestUpdate();
  }

  /** Arrows move the brush, and with Shift paint on the way; Space and Enter dab. True if it was one of them. */
  #paintKey(event: KeyboardEvent, { width, height }: Shown): boolean {
    const spot = this.#spot ?? { x: Math.floor(width / 2), y: Math.floor(height / 2) };
    const arrow = arrows[event.key];
    if (arrow) {
      const step = Math.max(1, Math.round(Math.max(width, height) / 50));
      const to = moved(spot, arrow, step, { width, height });
      if (event.shiftKey) {
        this.#begin(spot);
        this.#strokes.at(-1)?.spots.push(to);
      }
      this.#spot = to;
      return true;
    }
    if (event.key !== " " && event.key !== "Enter") return false;
    this.#spot = spot;
    this.#begin(spot);
    return true;
  }
}

customElements.define("easel-mask", Mask);
