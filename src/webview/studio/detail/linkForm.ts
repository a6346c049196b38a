import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { DetailView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import type { StudioStore } from "../store.ts";

/** For a file that has landed: what a link to it would say, exactly, and the button that inserts it. */
export function linkForm(store: StudioStore, view: DetailView): TemplateResult | typeof nothing {
  if (!view.actions.some(({ id }) => id === "insertLink")) return nothing;
  const { link, alt } = store.detail;
  const words = store.review;
  return html`<section class="link-form"><h3>${store.text("insertLink")}</h3>
    <div class="field"><label for="link-alt">${view.item.kind === "image" ? words?.altText : words?.mediaName}</label>
      <input type="text" id="link-alt" dir="auto" .value=${live(alt)} @input=${(event: Event) => store.detail.write((event.target as HTMLInputElement).value)}></div>
    <div class="preview" role="group" aria-label=${words?.preview} aria-busy=${link === undefined && view.place !== undefined}>
      ${link?.markup !== undefined ? html`<pre dir="ltr" tabindex="0"><code>${link.markup}</code></pre>` : html`<p class="quiet">${view.place === undefined ? store.text("noPlace") : ""}</p>`}
      ${link?.where ? html`<p class="quiet"><bdi>${link.where}</bdi></p>` : nothing}
      <ul class="problems" aria-live="polite">${(link?.problems ?? []).map(({ severity, text }) => html`<li class=${severity}>${icon(severity)}<span dir="auto">${text}</span></li>`)}</ul>
    </div>
    <button type="button" class="button primary" aria-disabled=${!link?.canInsert} @click=${(
      event: MouseEvent,
    ) =>
      event.detail <= 1 && link?.canInsert && void store.detail.insertLink()}>${store.text("insert")}</button>
  </section>`;
}
