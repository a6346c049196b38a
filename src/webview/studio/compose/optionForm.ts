import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { ComposeView, OfferFormView, OptionView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import type { StudioStore } from "../store.ts";
import { optionField } from "./controls.ts";

/** The options of every chosen model; of several, each under its name. */
export function optionForms(store: StudioStore, view: ComposeView): TemplateResult | typeof nothing {
  const shown = view.forms.filter(({ options }) => options.length > 0);
  if (shown.length === 0) return nothing;
  const several = view.forms.length > 1;
  return html`<section class="options-of" aria-label=${store.text("options")}>
    ${repeat(
      shown,
      ({ offer }) => offer,
      (form, index) =>
        several
          ? html`<details class="block" ?open=${index === 0}>
              <summary>${icon("chevron-right")}<span class="grow" dir="auto">${form.title}</span><span class="quiet">${form.cost}</span></summary>
              ${fields(store, form)}
            </details>`
          : html`<div class="block"><h2 class="block-title"><span class="grow">${store.text("options")}</span>${resetAll(store, form)}</h2>${fields(store, form)}</div>`,
    )}
  </section>`;
}

function resetAll(store: StudioStore, { offer, options }: OfferFormView) {
  if (!options.some(({ changed }) => changed)) return nothing;
  return html`<button type="button" class="link" @click=${() => store.wire.command("resetOptions", { offer })}>${store.text("resetAll")}</button>`;
}

function fields(store: StudioStore, form: OfferFormView): TemplateResult {
  const basic = form.options.filter(({ level }) => level === "basic");
  const more = form.options.filter(({ level }) => level === "more");
  const changed = more.filter(({ changed }) => changed).length;
  const broken = more.some(({ problem }) => problem !== undefined);
  return html`<div class="fields">
    ${basic.map((option) => field(store, form, option))}
    ${
      more.length > 0
        ? html`<details class="more" ?open=${broken || basic.length === 0}>
            <summary>${icon("chevron-right")}<span>${store.text("moreOptions")}</span>${
              changed > 0 ? html`<span class="count">${changed}</span>` : nothing
            }</summary>
            <div class="fields">${more.map((option) => field(store, form, option))}</div>
          </details>`
        : nothing
    }
  </div>`;
}

function field(store: StudioStore, { offer }: OfferFormView, option: OptionView): TemplateResult {
  return optionField({
    id: `option-${offer.replace(/[^\w-]/g, "_")}-${option.key}`,
    option,
    store,
    set: (value) =>
      store.wire.command("setOption", { offer, key: option.key, ...(value !== undefined && { value }) }),
  });
}
