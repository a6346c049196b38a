import { html, nothing, type TemplateResult } from "lit";
import type { StudioStringKey } from "../../../studio/studioStrings.ts";
import type { GalleryQuery } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import type { Grid } from "../grid/grid.ts";
import "../grid/grid.ts";
import type { StudioStore } from "../store.ts";
import { ask, clearButton, filterCount, filterPanel } from "./filters.ts";

const sorts: readonly (readonly [GalleryQuery["sort"], StudioStringKey])[] = [
  ["newest", "sortNewest"],
  ["oldest", "sortOldest"],
  ["name", "sortName"],
  ["largest", "sortLargest"],
];

/** Typing rests this long before the search is asked (ms). */
const typingPauseMs = 180;

let typing: ReturnType<typeof setTimeout> | undefined;

/** Everything that came back: to search, filter, sort, choose and open. */
export function gallery(store: StudioStore, filtersOpen: boolean, toggleFilters: () => void): TemplateResult {
  const { query, loaded, count, failure } = store.gallery;
  return html`<section class="gallery" aria-label=${store.text("gallery")}>
    <div class="gallery-tools">
      <label class="search">${icon("search")}<input type="search" placeholder=${store.text("search")} aria-label=${store.text("search")}
        .value=${query.text ?? ""} @input=${(event: Event) => {
          const text = (event.target as HTMLInputElement).value.trim();
          clearTimeout(typing);
          typing = setTimeout(() => ask(store, { text: text || undefined }), typingPauseMs);
        }}></label>
      <button type="button" class="tool worded" aria-expanded=${filtersOpen} aria-pressed=${filtersOpen} @click=${toggleFilters}>
        ${icon("filter")}<span>${store.text("filter")}</span>${filterCount(query) > 0 ? html`<span class="count">${filterCount(query)}</span>` : nothing}</button>
      <select class="sort" aria-label=${store.text("sort")} @change=${(event: Event) =>
        ask(store, { sort: (event.target as HTMLSelectElement).value as GalleryQuery["sort"] })}>
        ${sorts.map(([value, words]) => html`<option value=${value} ?selected=${query.sort === value}>${store.text(words)}</option>`)}
      </select>
      <span class="quiet total" role="status">${loaded ? (count === 1 ? store.text("totalOne") : store.text("total", count.toLocaleString())) : ""}</span>
    </div>
    ${filtersOpen ? filterPanel(store) : nothing}
    ${loaded && count > 0 ? grid(store) : nothing}
    ${loaded && count === 0 ? empty(store) : nothing}
    ${loaded === undefined ? html`<div class="region-empty quiet">${icon("loading", true)}<span>${store.text("loading")}</span></div>` : nothing}
    ${loaded === false ? broken(store, failure ?? "") : nothing}
  </section>`;
}

function grid(store: StudioStore): TemplateResult {
  return html`<easel-grid .source=${store.gallery} .version=${store.gallery.version} .chosen=${store.chosen} .start=${store.offset} .label=${store.text("gallery")} .wish=${132}
      @open=${({ detail }: CustomEvent<number>) => {
        const item = store.gallery.view(detail);
        if (item) store.detail.open(item.id);
      }}
      @choose=${(event: Event) => store.choose((event.target as Grid).selection.ids)}
      @rest=${(event: Event) => store.keep((event.target as Grid).firstSeen)}
      @remove=${() => void store.discardChosen()}></easel-grid>
    ${selectionBar(store)}`;
}

/** What can be done with the items that are chosen. */
function selectionBar(store: StudioStore): TemplateResult | typeof nothing {
  const { chosen } = store;
  if (chosen.size === 0)
    return html`<p class="grid-keys quiet">
    <span><kbd>Enter</kbd> ${store.text("keyOpen")}</span><span><kbd>Space</kbd> ${store.text("keySelect")}</span><span><kbd>${store.text("control")}A</kbd> ${store.text("selectAll")}</span></p>`;
  const known = store.gallery.known(chosen);
  const pictures = known.filter(({ kind }) => kind === "image");
  const [one, other] = pictures;
  const tool = (name: string, label: string, act: () => unknown, key = "") =>
    html`<button type="button" class="tool worded" @click=${act}>${icon(name)}<span>${label}</span>${key ? html`<kbd>${key}</kbd>` : nothing}</button>`;
  const batch = one && store.gallery.batchOf(one);
  const undone = known.length > 0 && known.every(({ state }) => state === "discarded");
  return html`<div class="selection" role="toolbar" aria-label=${store.text("itemsSelected", chosen.size)}>
    <strong>${store.text("itemsSelected", chosen.size.toLocaleString())}</strong>
    ${chosen.size === 2 && one && other ? tool("split-horizontal", store.text("compare"), () => store.detail.compare(one, other)) : nothing}
    ${chosen.size === 1 && batch !== undefined ? tool("split-horizontal", store.text("compare"), () => store.showBatch(batch)) : nothing}
    ${tool("references", store.text("useAsReference"), () => store.useChosen())}
    ${
      undone
        ? tool("discard", store.text("undo"), () => store.act([...chosen], { kind: "undoDiscard" }))
        : known.some(({ state }) => state === "waiting")
          ? tool("trash", store.review?.discard ?? "", () => store.discardChosen(), "Del")
          : nothing
    }
    <span class="grow"></span>
    ${tool("close", store.text("selectNone"), () => store.choose(new Set()), "Esc")}
  </div>`;
}

function empty(store: StudioStore): TemplateResult {
  const filtered = filterCount(store.gallery.query) > 0 || store.gallery.query.text !== undefined;
  return filtered
    ? html`<div class="region-empty">${icon("filter")}<p>${store.text("galleryNone")}</p>${clearButton(store)}</div>`
    : html`<div class="region-empty">${icon("file-media")}<h2>${store.text("galleryEmpty")}</h2><p class="quiet">${store.text("galleryEmptyDetail")}</p></div>`;
}

function broken(store: StudioStore, failure: string): TemplateResult {
  return html`<div class="region-empty" role="alert">${icon("error")}<h2>${store.text("error")}</h2><p dir="auto">${failure}</p>
    <button type="button" class="button" @click=${() => store.gallery.ask(store.gallery.query)}>${store.text("retry")}</button></div>`;
}
