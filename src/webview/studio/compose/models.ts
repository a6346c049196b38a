import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { maxChosen } from "../../../studio/studioProtocol.ts";
import type { ComposeView, OfferView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import type { StudioStore } from "../store.ts";

/** Which model makes it, or which several do for one prompt: what each can do and costs. */
export function modelChooser(store: StudioStore, view: ComposeView): TemplateResult {
  const chosen = view.chosen.flatMap((id) => view.offers.find((offer) => offer.id === id) ?? []);
  return html`<section class="models">
    <h2 class="block-title" id="models-title">${store.text("model")}</h2>
    <details class="chooser" @keydown=${closeOnEscape}>
      <summary aria-labelledby="models-title models-chosen"><span class="grow" id="models-chosen">${
        chosen.length > 0
          ? chosen.map(
              (offer) => html`<span class="chosen"><bdi>${offer.model}</bdi> ${vendorName(offer)}</span>`,
            )
          : store.text("chooseModels")
      }</span>${icon("chevron-down")}</summary>
      <div class="offers">
        <p class="quiet">${store.text("moreModels")}</p>
        <ul>${view.offers.map((offer) => offerRow(store, view, offer))}</ul>
      </div>
    </details>
  </section>`;
}

/** The vendor of an offer; the built-in one is vendor and model in one. */
function vendorName({ vendor }: OfferView) {
  return vendor ? html`<span class="quiet">${vendor}</span>` : nothing;
}

/** Why a vendor cannot be asked as things stand, in few words. */
export function lackText(store: StudioStore): string {
  return store.text(isTrusted(store) ? "needsKey" : "needsTrust");
}

/** The same as an icon. */
export function lackIcon(store: StudioStore): string {
  return isTrusted(store) ? "key" : "shield";
}

function isTrusted({ setup }: StudioStore): boolean {
  return setup?.trusted !== false;
}

function offerRow(store: StudioStore, view: ComposeView, offer: OfferView): TemplateResult {
  const { id, model, vendor, notes, cost, usable } = offer;
  const on = view.chosen.includes(id);
  const toggle = () => {
    const { chosen } = store.compose ?? view;
    const offers = chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id];
    if (offers.length > maxChosen)
      store.say({ severity: "warning", text: store.text("tooManyModels", maxChosen) });
    else if (offers.length > 0) store.chooseModels(offers);
    // One has to stay, also where the tick is.
    else store.redraw();
  };
  const only = (event: Event) => {
    store.chooseModels([id]);
    const details = (event.target as Element).closest("details");
    details?.removeAttribute("open");
    details?.querySelector("summary")?.focus();
  };
  return html`<li class="offer ${on ? "on" : ""}">
    <input type="checkbox" .checked=${live(on)} aria-label=${vendor ? `${model}, ${vendor}` : model} @change=${toggle}>
    <button type="button" class="offer-only" @click=${only} aria-current=${on}>
      <span class="offer-name"><bdi>${model}</bdi> ${vendorName(offer)}</span>
      <span class="quiet offer-notes">${[...notes, ...(usable ? [] : [lackText(store)])].join(" · ")}</span>
      <span class="offer-cost">${usable ? nothing : icon(lackIcon(store))}${cost}</span>
    </button>
  </li>`;
}

function closeOnEscape(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key !== "Escape" || !details.open) return;
  event.preventDefault();
  event.stopPropagation();
  details.open = false;
  details.querySelector("summary")?.focus();
}
