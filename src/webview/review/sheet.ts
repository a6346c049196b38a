import { html, nothing } from "lit";
import type { AssetView, ReviewProtocol, ReviewStrings, ReviewView } from "../../studio/protocol.ts";
import type { Wire } from "../shared/ipc.ts";
import { icon, PageElement } from "../shared/view.ts";
import { actions } from "./actions.ts";
import { facts, failedSlots } from "./failures.ts";
import { form } from "./form.ts";
import { readKey } from "./keys.ts";
import { layerList, stacked } from "./layers.ts";
import "./player.ts";
import type { Stage } from "../shared/stage.ts";
import { about, endedScreen, goneScreen, progress, waitingScreen } from "./screens.ts";
import "../shared/stage.ts";
import { type Mode, ReviewStore } from "./store.ts";
import { isRunning, strip } from "./strip.ts";
import { textStage } from "./textStage.ts";

/** A prompt of so many characters is whole in the heading. */
const shortPrompt = 80;

/** An Enter sooner than this after the sheet came up, or got the focus, was meant for what was there before (ms). */
const glanceMs = 400;

/**
 * The review sheet: looks at a job's results, one or all, and decides on each. Shows nothing until it is given its wire, so that
 * any page can hold it.
 */
export class Review extends PageElement {
  #store: ReviewStore | undefined;
  readonly #hidden = new Set<string>();
  #situation = "";
  #glance: ReturnType<typeof setTimeout> | undefined;
  #shown = false;
  readonly #onFocus = () => this.#lookFirst();
  readonly #onKey = (event: KeyboardEvent) => this.#key(event);

  /** Begins to talk to the host. */
  connect(ipc: Wire<ReviewProtocol>): void {
    this.#store = new ReviewStore(ipc, () => this.requestUpdate());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.#onKey);
    window.addEventListener("focus", this.#onFocus);
    this.#lookFirst();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#onKey);
    window.removeEventListener("focus", this.#onFocus);
    clearTimeout(this.#glance);
  }

  override render() {
    const store = this.#store;
    if (!store?.strings) return nothing;
    const { strings, view, asset, subject } = store;
    if (!view) return goneScreen(strings, store);
    if (asset && subject) return this.#sheet(store, view, strings, asset, subject);
    return isRunning(view) ? waitingScreen(view, strings, store) : endedScreen(view, strings, store);
  }

  override updated(): void {
    if (!this.#store?.strings) return;
    const { view, subject } = this.#store;
    const situation = [view?.state, subject?.id, subject?.state].join();
    if (situation === this.#situation) return;
    this.#situation = situation;
    if (subject && !this.#shown) {
      this.#shown = true;
      this.#lookFirst();
    }
    // What had the focus may be gone now. Where the user has put it somewhere, it stays.
    if (document.activeElement === null || document.activeElement === document.body) void this.#focusFirst();
  }

  #sheet(store: ReviewStore, view: ReviewView, strings: ReviewStrings, asset: AssetView, subject: AssetView) {
    const mode = view.assets.length > 1 ? store.mode : "single";
    const choose = (id: string) => store.select(id);
    return html`<main class="sheet" tabindex="-1">
      <section class="show">
        ${isRunning(view) ? progress(view, strings, store) : nothing}
        ${view.assets.length > 1 ? this.#modes(store, view, strings, mode) : nothing}
        ${mode === "grid" ? strip(view, strings, asset, "grid", choose) : this.#large(store, view, strings, asset, mode)}
        ${mode === "single" && (view.assets.length > 1 || isRunning(view)) ? strip(view, strings, asset, "film", choose) : nothing}
        ${failedSlots(view.failures, strings, store)}
      </section>
      <section class="side">
        <div class="side-scroll">
          <header>
            <h1 dir="auto">${view.prompt || view.operation}</h1>
            ${about(view)}
          </header>
          ${this.#words(view, strings)}
          ${store.canPlace ? form(store, strings, subject) : nothing}
          ${
            mode === "stack"
              ? layerList(view.assets, this.#hidden, strings, (id) => this.#toggle(id))
              : nothing
          }
          <section class="about-asset" aria-label=${strings.details}>
            <h2>${strings.details}</h2>
            ${facts(asset.facts, strings, store)}
          </section>
          ${view.prompt.length > shortPrompt ? html`<section class="asked"><h2>${strings.prompt}</h2><p dir="auto" class="prompt-text">${view.prompt}</p></section>` : nothing}
        </div>
        ${actions(store, strings, view, subject)}
      </section>
    </main>`;
  }

  #modes(store: ReviewStore, view: ReviewView, strings: ReviewStrings, mode: Mode) {
    const button = (value: Mode, name: string, label: string) =>
      html`<button type="button" class="tool" aria-pressed=${mode === value} @click=${() => store.show(value)}>
        ${icon(name)}<span>${label}</span></button>`;
    return html`<div class="modes" role="group" aria-label=${strings.results}>
      ${view.layered ? button("stack", "layers", strings.composite) : nothing}
      ${button("single", "chrome-maximize", strings.single)}
      ${button("grid", "layout", strings.grid)}
    </div>`;
  }

  #large(store: ReviewStore, view: ReviewView, strings: ReviewStrings, asset: AssetView, mode: Mode) {
    if (asset.kind === "text")
      return textStage(asset, strings, () => void store.act({ kind: "copyText", assetId: asset.id }));
    if (asset.kind !== "image") {
      return html`<easel-player class="stage" .asset=${asset} .strings=${strings}
        .openOutside=${() => store.act({ kind: "openOutside", assetId: asset.id })}></easel-player>`;
    }
    const alt = store.draft?.alt || asset.label;
    const base = mode === "stack" ? (store.subject ?? asset) : asset;
    const pictures = mode === "stack" ? stacked(view.assets, this.#hidden, alt) : [{ src: asset.src, alt }];
    const size = base.width && base.height ? { width: base.width, height: base.height } : undefined;
    return html`<easel-stage class="stage" .strings=${strings} .pictures=${pictures} .size=${size}></easel-stage>`;
  }

  /** What the vendor wrote, and what Easel had to change or drop. */
  #words(view: ReviewView, strings: ReviewStrings) {
    return html`
      ${
        view.warnings.length > 0
          ? html`<section class="words warning" aria-label=${strings.warnings}><h2>${icon("warning")}${strings.warnings}</h2>
              <ul>${view.warnings.map((text) => html`<li dir="auto">${text}</li>`)}</ul></section>`
          : nothing
      }
      ${
        view.vendorTexts.length > 0
          ? html`<section class="words" aria-label=${strings.vendorText}><h2>${strings.vendorText}</h2>
              ${view.vendorTexts.map((text) => html`<p dir="auto">${text}</p>`)}</section>`
          : nothing
      }`;
  }

  #toggle(assetId: string): void {
    if (!this.#hidden.delete(assetId)) this.#hidden.add(assetId);
    this.requestUpdate();
  }

  /**
   * Puts the focus on what is looked at, never on a button that pays or stops: an Enter too many from the prompt's input box
   * must not press it.
   */
  async #focusFirst(): Promise<void> {
    await this.querySelector<Stage>("easel-stage")?.updateComplete;
    const discarded = this.#store?.subject?.state === "discarded";
    const places = discarded
      ? [".undo"]
      : [".option[aria-selected=true]", ".stage-port", "audio", "video", ".text-stage pre", "main"];
    const first = places
      .map((place) => this.querySelector<HTMLElement>(place))
      .find((found) => found !== null);
    first?.focus({ preventScroll: true });
  }

  /**
   * A result comes when it comes, in front of somebody who is typing elsewhere: Enter does nothing until what it would insert can have
   * been seen. Marked by `data-seen`.
   */
  #lookFirst(): void {
    clearTimeout(this.#glance);
    this.removeAttribute("data-seen");
    this.#glance = setTimeout(() => this.setAttribute("data-seen", ""), glanceMs);
  }

  #key(event: KeyboardEvent): void {
    // Within a larger page, keys pressed elsewhere are not about this sheet.
    const alone = this.parentElement === document.body;
    if (!alone && !this.contains(event.target as Node)) return;
    const stage = this.querySelector<Stage>("easel-stage");
    const meaning = readKey(event, stage?.scrolls ?? false);
    if (!meaning) {
      // A held Enter must not press a button again and again.
      if (event.key === "Enter" && event.repeat && event.target instanceof HTMLButtonElement)
        event.preventDefault();
      return;
    }
    if (meaning.kind === "move" && !this.#move(meaning.by, meaning.row)) return;
    event.preventDefault();
    if (meaning.kind === "close") this.#store?.close();
    const blind = alone && !this.hasAttribute("data-seen");
    if (meaning.kind === "insert" && !blind) void this.#store?.place("insert");
    if (meaning.kind === "zoom") stage?.zoom(meaning.key);
  }

  /** Chooses the next result, or the one in the next row of the grid; the focus goes along if it is among them. */
  #move(by: 1 | -1, row: boolean): boolean {
    const store = this.#store;
    if (!store) return false;
    const { mode, view } = store;
    const several = (view?.assets.length ?? 0) > 1;
    if (!several || mode === "stack" || (row && mode !== "grid")) return false;
    const options = [...this.querySelectorAll<HTMLElement>(".option")];
    const top = options[0]?.offsetTop;
    const columns = row ? options.filter(({ offsetTop }) => offsetTop === top).length : 1;
    const focused = options.some((option) => option === document.activeElement);
    store.step(by * columns);
    void this.updateComplete.then(() => {
      const chosen = this.querySelector<HTMLElement>(".option[aria-selected=true]");
      if (focused) chosen?.focus();
      chosen?.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    return true;
  }
}

customElements.define("easel-review", Review);
