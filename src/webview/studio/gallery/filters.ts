import { html, nothing, type TemplateResult } from "lit";
import type { StudioStringKey } from "../../../studio/studioStrings.ts";
import type { FacetId, FacetView, GalleryQuery } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import type { StudioStore } from "../store.ts";

const facetIds: readonly (readonly [FacetId, StudioStringKey])[] = [
  ["state", "filterState"],
  ["kind", "filterKind"],
  ["operation", "filterOperation"],
  ["vendor", "filterVendor"],
  ["folder", "filterFolder"],
];

const dayMs = 86_400_000;

/** How many values the filters hold. */
export function filterCount({ where, from, to, batch }: GalleryQuery): number {
  const values = Object.values(where ?? {}).reduce((sum, each) => sum + (each?.length ?? 0), 0);
  return values + [from, to, batch].filter((each) => each !== undefined).length;
}

/** What to filter by, with how many items have it. */
export function filterPanel(store: StudioStore): TemplateResult {
  const { facets } = store.summary ?? {};
  const { query, count } = store.gallery;
  return html`<div class="filters" role="group" aria-label=${store.text("filter")}>
    ${facetIds.map(([id, words]) => {
      const values = facets?.[id] ?? [];
      return values.length > 0
        ? html`<fieldset class="facet"><legend>${store.text(words)}</legend>${values.map((each) => value(store, id, each))}</fieldset>`
        : nothing;
    })}
    <fieldset class="facet dates"><legend>${store.text("date")}</legend>
      ${day(store, "dateFrom", query.from, (start) => ask(store, { from: start }))}
      ${day(store, "dateTo", query.to, (start) => ask(store, { to: start === undefined ? undefined : start + dayMs - 1 }))}
    </fieldset>
    ${filterCount(query) > 0 && count > 0 ? clearButton(store) : nothing}
  </div>`;
}

function value(store: StudioStore, id: FacetId, { value, label, count }: FacetView): TemplateResult {
  const chosen = store.gallery.query.where?.[id] ?? [];
  const on = chosen.includes(value);
  const toggle = () =>
    ask(store, { where: { [id]: on ? chosen.filter((each) => each !== value) : [...chosen, value] } });
  return html`<label class="facet-value"><input type="checkbox" .checked=${on} @change=${toggle}><bdi class="grow">${label}</bdi><span class="quiet number">${count}</span></label>`;
}

function day(
  store: StudioStore,
  words: "dateFrom" | "dateTo",
  at: number | undefined,
  set: (start: number | undefined) => void,
): TemplateResult {
  return html`<label class="facet-value"><span class="grow">${store.text(words)}</span><input type="date" .value=${at === undefined ? "" : isoDay(at)}
    @change=${(event: Event) => {
      const { value } = event.target as HTMLInputElement;
      set(value ? new Date(`${value}T00:00`).getTime() : undefined);
    }}></label>`;
}

/** The day of a moment, as the user's calendar has it. */
function isoDay(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Changes the query: values of a facet are replaced, undefined takes a bound away. */
export function ask(
  store: StudioStore,
  { where, ...part }: { [K in keyof GalleryQuery]?: GalleryQuery[K] | undefined },
): void {
  const query = { ...store.gallery.query, ...part, where: { ...store.gallery.query.where, ...where } };
  const facets = Object.entries(query.where).filter(([, values]) => values && values.length > 0);
  const { where: _, ...rest } = query;
  const kept = Object.entries({ ...rest, ...(facets.length > 0 && { where: Object.fromEntries(facets) }) });
  store.gallery.ask(
    Object.fromEntries(kept.filter(([, each]) => each !== undefined && each !== "")) as never,
  );
  store.keep(0);
}

/** Takes all filters and the search away. */
export function clearButton(store: StudioStore): TemplateResult {
  return html`<button type="button" class="button small" @click=${() => {
    store.gallery.ask({ sort: store.gallery.query.sort });
    store.keep(0);
  }}>${icon("clear-all")}<span>${store.text("clearFilters")}</span></button>`;
}
