import { html, nothing } from "lit";
import type { StudioProtocol, StudioSection } from "../../studio/studioProtocol.ts";
import type { Wire } from "../shared/ipc.ts";
import { icon, PageElement } from "../shared/view.ts";
import { compose } from "./compose/compose.ts";
import { detail } from "./detail/detail.ts";
import { gallery } from "./gallery/gallery.ts";
import type { Grid } from "./grid/grid.ts";
import { pressed } from "./keys.ts";
import { runningList } from "./running/running.ts";
import { setup } from "./setup/setup.ts";
import { StudioStore } from "./store.ts";

/** From this width on (CSS px) Compose stands beside the rest; below, one of them is seen at a time. */
const wide = window.matchMedia("(min-width: 760px)");

/** Things to say that need no answer leave after this (ms). */
const noticeMs = 8_000;

/** Asking, waiting, choosing and finding again, side by side. Shows nothing until it is given its wire. */
export class Studio extends PageElement {
  #store: StudioStore | undefined;
  #filtersOpen = false;
  /** The item that was shown large last: where the focus goes back to. */
  #left: string | undefined;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  #noticed: unknown;
  readonly #onKey = (event: KeyboardEvent) => {
    if (this.#store && pressed(event, this.#store, (by) => void this.#step(by))) event.preventDefault();
  };
  /** A page that is hidden may be gone at once. */
  readonly #onHide = () => this.#store?.draft.flush();
  readonly #onWidth = () => this.requestUpdate();

  /** Begins to talk to the host. */
  connect(wire: Wire<StudioProtocol>): void {
    this.#store = new StudioStore(wire, () => this.requestUpdate());
    this.#store.onShow = (section) => this.#focus(section);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.#onKey);
    document.addEventListener("visibilitychange", this.#onHide);
    wide.addEventListener("change", this.#onWidth);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#onKey);
    document.removeEventListener("visibilitychange", this.#onHide);
    wide.removeEventListener("change", this.#onWidth);
  }

  override render() {
    const store = this.#store;
    if (!store?.words) return nothing;
    const section = wide.matches && store.section === "compose" ? "gallery" : store.section;
    const main = html`<div class="region main" role="tabpanel" id="panel-main" aria-labelledby=${`tab-${section}`}>
      ${section === "setup" ? setup(store) : this.#results(store)}</div>`;
    return html`<main class="studio ${wide.matches ? "wide" : "narrow"}" >
      <h1 class="unseen">${store.text("studio")}</h1>
      ${
        wide.matches
          ? html`<section class="region ask" aria-label=${store.text("compose")}>${compose(store)}</section>
              <div class="rest">${this.#tabs(store, ["gallery", "setup"], section)}${main}</div>`
          : html`${this.#tabs(store, ["compose", "gallery", "setup"], section)}
              ${section === "compose" ? html`<div class="region ask" role="tabpanel" id="panel-main" aria-labelledby="tab-compose">${compose(store)}</div>` : main}`
      }
      ${this.#notice(store)}
    </main>`;
  }

  override updated(): void {
    const store = this.#store;
    if (!store?.words) return;
    const { item, compared } = store.detail;
    const shown = compared ? "compare" : item;
    if (shown !== this.#left) this.#moveFocus(shown, this.#left);
    this.#left = shown;
    if (store.notice !== this.#noticed) {
      this.#noticed = store.notice;
      clearTimeout(this.#noticeTimer);
      const { severity, undo, batch } = store.notice ?? {};
      if (severity === "info" && !undo && !batch)
        this.#noticeTimer = setTimeout(() => store.say(undefined), noticeMs);
    }
  }

  #results(store: StudioStore) {
    const { item, compared } = store.detail;
    if (item !== undefined || compared) return detail(store, (by) => void this.#step(by));
    return html`${runningList(store)}${gallery(store, this.#filtersOpen, () => {
      this.#filtersOpen = !this.#filtersOpen;
      this.requestUpdate();
    })}`;
  }

  #tabs(store: StudioStore, sections: readonly StudioSection[], shown: StudioSection) {
    const marks: Partial<Record<StudioSection, number>> = { gallery: store.summary?.waiting ?? 0 };
    const icons: Record<StudioSection, string> = { compose: "edit", gallery: "layout", setup: "gear" };
    return html`<div class="bar-top"><div class="tabs" role="tablist" aria-label=${store.text("studio")} @keydown=${this.#onTabKey}>
      ${sections.map(
        (
          section,
        ) => html`<button type="button" class="tab" role="tab" id=${`tab-${section}`} aria-selected=${section === shown}
          aria-controls="panel-main" tabindex=${section === shown ? 0 : -1} @click=${() => store.goTo(section)}>
          ${icon(icons[section])}<span>${store.text(section)}</span>${marks[section] ? html`<span class="count">${marks[section]}</span>` : nothing}
          ${section === "gallery" && store.running.some(({ running }) => running) ? icon("loading", true) : nothing}</button>`,
      )}</div>
      ${
        store.place === "sidebar"
          ? html`<button type="button" class="tool" title=${store.text("openPanel")} aria-label=${store.text("openPanel")}
              @click=${() => store.wire.command("openPanel", {})}>${icon("link-external")}</button>`
          : nothing
      }</div>`;
  }

  #onTabKey(event: KeyboardEvent): void {
    const tabs = [...this.querySelectorAll<HTMLElement>(".tab")];
    const at = tabs.indexOf(event.target as HTMLElement);
    const steps: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    next?.click();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`#${next?.id}`)?.focus());
  }

  #notice(store: StudioStore) {
    const { notice } = store;
    const error = notice?.severity === "error";
    const words =
      notice &&
      html`${icon(notice.severity === "info" ? "check" : notice.severity)}<span dir="auto">${notice.text}</span>`;
    return html`<div class="said ${notice ? notice.severity : "nothing"}">
      <div role="status">${notice && !error ? words : nothing}</div><div role="alert">${notice && error ? words : nothing}</div>
      ${
        notice?.undo
          ? html`<button type="button" class="button small" @click=${() => {
              const { undo = [] } = notice;
              store.say(undefined);
              void store.act(undo, { kind: "undoDiscard" });
            }}>${icon("discard")}<span>${store.text("undo")}</span></button>`
          : nothing
      }
      ${
        notice?.batch
          ? html`<button type="button" class="button small" @click=${() => {
              const { batch = "" } = notice;
              store.say(undefined);
              void store.showBatch(batch);
            }}>${icon("split-horizontal")}<span>${store.text("compare")}</span></button>`
          : nothing
      }
      ${notice ? html`<button type="button" class="tool" title=${store.text("close")} aria-label=${store.text("close")} @click=${() => store.say(undefined)}>${icon("close")}</button>` : nothing}
    </div>`;
  }

  /** The next or the previous item of the gallery as it stands. */
  async #step(by: 1 | -1): Promise<void> {
    const store = this.#store;
    const item = store?.detail.item;
    if (!store || item === undefined) return;
    const at = await store.attempt(store.gallery.indexOf(item));
    if (at === undefined || at < 0 || at + by < 0 || at + by >= store.gallery.count) return;
    const [next] = (await store.attempt(store.gallery.ids(at + by, at + by + 1))) ?? [];
    if (next !== undefined) store.detail.open(next);
  }

  /** Into the large view when it opens, and back to its tile when it closes. */
  #moveFocus(shown: string | undefined, before: string | undefined): void {
    const focused = document.activeElement;
    const lost = focused === null || focused === document.body;
    if (shown !== undefined && before === undefined)
      this.querySelector<HTMLElement>(".detail-head h2")?.focus();
    else if (shown === undefined && lost) void this.#toTile(before);
  }

  async #toTile(item: string | undefined): Promise<void> {
    const store = this.#store;
    const grid = this.querySelector<Grid>("easel-grid");
    await grid?.updateComplete;
    if (!store || !grid) return;
    const at =
      item === undefined || item === "compare" ? -1 : await store.gallery.indexOf(item).catch(() => -1);
    grid.goTo(at < 0 ? grid.active : at, true);
  }

  #focus(section: StudioSection): void {
    if (!wide.matches && this.#store && this.#store.section !== section) this.#store.goTo(section);
    void this.updateComplete.then(() => {
      const places: Record<StudioSection, string> = {
        compose: "#prompt",
        gallery: ".tile[tabindex='0']",
        setup: "#tab-setup",
      };
      this.querySelector<HTMLElement>(places[section])?.focus();
    });
  }
}

customElements.define("easel-studio", Studio);
