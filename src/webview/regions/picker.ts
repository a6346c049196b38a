import { html, nothing, svg } from "lit";
import type { PictureRegion } from "../../model/regions.ts";
import type { RegionStrings, RegionsProtocol } from "../../studio/protocol.ts";
import { arrows, Board, moved } from "../shared/board.ts";
import { boxOf, clickSlack, coordinates, type Spot } from "../shared/marks.ts";
import { fill, icon } from "../shared/view.ts";

type Shown = RegionsProtocol["notifications"]["show"];

/** Lets the user set points and boxes on a picture with the mouse or the keyboard, and sends them in the order they were set. */
export class Regions extends Board<RegionsProtocol> {
  #marks: PictureRegion[] = [];
  /** Where the keyboard's crosshair is; undefined until a key moves it. */
  #cross: Spot | undefined;
  /** First corner of a box being drawn, and where the mouse went down in CSS pixels. */
  #corner: Spot | undefined;
  #down: { x: number; y: number } | undefined;

  override render() {
    const { shown } = this;
    if (!shown) return nothing;
    const { strings } = shown;
    const full = this.#marks.length >= shown.max;
    return html`<main class="picker">
      <section class="place">
        <div class="board" tabindex="0" role="application" aria-label=${strings.picture} aria-describedby="help"
          @pointerdown=${this.#onDown} @pointermove=${this.#onMove} @pointerup=${this.#onUp} @pointercancel=${this.#onLost}>
          <img src=${shown.src} alt="" draggable="false" width=${shown.width} height=${shown.height}>
          ${this.#drawing(shown)}
        </div>
      </section>
      <section class="list">
        <div class="list-scroll">
          <h1>${strings.title}</h1>
          <div id="help" class="quiet"><p>${strings.help}</p><p>${strings.helpKeys}</p></div>
          <div class="marks-head"><h2>${strings.marks}</h2>
            <button type="button" class="button small ghost" aria-disabled=${this.#marks.length === 0} @click=${this.#clear}>${strings.clear}</button></div>
          ${
            this.#marks.length === 0
              ? html`<p class="quiet">${strings.none}</p>`
              : html`<ol>${this.#marks.map((mark, index) => this.#entry(mark, index, strings))}</ol>`
          }
          <p role="status" class="say">${full ? strings.full : this.#cross ? fill(strings.crosshair, this.#cross.x, this.#cross.y) : ""}</p>
        </div>
        <footer class="buttons">
          <button type="button" class="button primary use" aria-disabled=${this.#marks.length === 0} @click=${this.#use}>
            <span>${strings.use}</span><kbd>${strings.control}Enter</kbd></button>
          <button type="button" class="button" @click=${this.cancel}>${strings.cancel}<kbd>Esc</kbd></button>
        </footer>
      </section>
    </main>`;
  }

  #name(mark: PictureRegion, index: number, strings: RegionStrings): string {
    return fill(mark.kind === "point" ? strings.pointName : strings.boxName, index + 1);
  }

  #entry(mark: PictureRegion, index: number, strings: RegionStrings) {
    const name = this.#name(mark, index, strings);
    const remove = fill(strings.remove, name);
    return html`<li><span class="number" aria-hidden="true">${index + 1}</span>
      <span class="name">${name} <span class="quiet">${coordinates(mark)}</span></span>
      <button type="button" class="tool" title=${remove} aria-label=${remove} @click=${() => this.#remove(index)}>${icon("trash")}</button></li>`;
  }

  /** The marks as a drawing over the picture, in its pixels; numbers are kept readable whatever the picture's size. */
  #drawing({ width, height }: Shown) {
    const unit = Math.max(width, height) / 100;
    const pending = this.#corner && this.#cross ? boxOf(this.#corner, this.#cross) : undefined;
    return html`<svg viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">
      ${this.#marks.map((mark, index) => drawMark(mark, index + 1, unit))}
      ${pending ? drawMark(pending, undefined, unit) : nothing}
      ${
        this.#cross && !this.#down
          ? svg`<path class="cross-back" d=${crossPath(this.#cross, width, height)}></path>
              <path class="cross" d=${crossPath(this.#cross, width, height)}></path>`
          : nothing
      }
    </svg>`;
  }

  #add(mark: PictureRegion): void {
    this.#corner = undefined;
    if (this.shown && this.#marks.length < this.shown.max) this.#marks = [...this.#marks, mark];
    this.requestUpdate();
  }

  #remove(index: number): void {
    this.#marks = this.#marks.filter((_, each) => each !== index);
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const next = this.querySelectorAll<HTMLElement>("ol .tool");
      (next[Math.min(index, next.length - 1)] ?? this.querySelector<HTMLElement>(".board"))?.focus();
    });
  }

  #clear(): void {
    this.#marks = [];
    this.requestUpdate();
  }

  #use(): void {
    if (this.sent || this.#marks.length === 0) return;
    this.sent = true;
    this.ipc.command("use", { regions: this.#marks });
  }

  #onDown(event: PointerEvent): void {
    const spot = this.spot(event);
    if (event.button !== 0 || !spot) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#down = { x: event.clientX, y: event.clientY };
    this.#corner = spot;
    this.#cross = spot;
  }

  #onMove(event: PointerEvent): void {
    const spot = this.spot(event);
    if (!this.#down || !spot) return;
    this.#cross = spot;
    this.requestUpdate();
  }

  #onUp(event: PointerEvent): void {
    const { x, y } = this.#down ?? { x: event.clientX, y: event.clientY };
    const corner = this.#corner;
    const spot = this.spot(event);
    const dragged = Math.hypot(event.clientX - x, event.clientY - y) > clickSlack;
    const wasDown = this.#down !== undefined;
    this.#onLost();
    if (!wasDown || !corner || !spot) return;
    this.#add(dragged ? boxOf(corner, spot) : { kind: "point", ...corner });
  }

  #onLost(): void {
    this.#down = undefined;
    this.#corner = undefined;
    this.#cross = undefined;
    this.requestUpdate();
  }

  protected override onKey(event: KeyboardEvent): void {
    const { shown } = this;
    if (!shown) return;
    if (event.key === "Escape") {
      event.preventDefault();
      // While a box is being drawn, Escape takes back its first corner.
      if (this.#corner) this.#onLost();
      else this.cancel();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#use();
      return;
    }
    if (!(event.target as Element).closest(".board")) return;
    const cross = this.#cross ?? { x: Math.floor(shown.width / 2), y: Math.floor(shown.height / 2) };
    const arrow = arrows[event.key];
    if (arrow) this.#cross = moved(cross, arrow, stepOf(event.shiftKey, shown), shown);
    else if (event.key === "Enter" && !event.repeat) {
      if (this.#corner) this.#add(boxOf(this.#corner, cross));
      else this.#add({ kind: "point", ...cross });
      this.#cross = cross;
    } else if (event.key.toLowerCase() === "b" && !event.repeat) {
      if (this.#corner) this.#add(boxOf(this.#corner, cross));
      else this.#corner = cross;
      this.#cross = cross;
    } else if (event.key === "Delete" || event.key === "Backspace") this.#marks = this.#marks.slice(0, -1);
    else return;
    event.preventDefault();
    this.requestUpdate();
  }
}

/** How far one key moves the crosshair: a hundredth of the picture, with Shift a tenth; with small pictures a pixel at least. */
function stepOf(far: boolean, { width, height }: Shown): number {
  return Math.max(1, Math.round(Math.max(width, height) / (far ? 10 : 100)));
}

function crossPath({ x, y }: Spot, width: number, height: number): string {
  return `M0 ${y}H${width}M${x} 0V${height}`;
}

function drawMark(mark: PictureRegion, number: number | undefined, unit: number) {
  const at = mark.kind === "point" ? mark : { x: mark.left, y: mark.top };
  const shape =
    mark.kind === "box"
      ? ["mark-back", "mark"].map(
          (style) => svg`<rect class=${style} x=${mark.left} y=${mark.top}
            width=${mark.right - mark.left + 1} height=${mark.bottom - mark.top + 1}></rect>`,
        )
      : nothing;
  return svg`${shape}${
    number === undefined
      ? nothing
      : svg`<circle class="dot" cx=${at.x} cy=${at.y} r=${unit * 2}></circle>
          <text class="dot-number" x=${at.x} y=${at.y} font-size=${unit * 2.4} text-anchor="middle" dominant-baseline="central">${number}</text>`
  }`;
}

customElements.define("easel-regions", Regions);
