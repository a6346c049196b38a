import { html, type TemplateResult } from "lit";
import type { AssetState } from "../../model/job.ts";
import type { AssetView, ReviewStrings, ReviewView } from "../../studio/protocol.ts";
import { fill, icon } from "../shared/view.ts";

const stateIcons: Record<AssetState, string> = {
  waiting: "circle-large-outline",
  placed: "pass-filled",
  saved: "save",
  discarded: "trash",
};

const kindIcons: Record<AssetView["kind"], string> = {
  image: "file-media",
  video: "play",
  audio: "unmute",
  text: "output",
};

const unfinished = new Set(["intent", "sent", "running", "downloading"]);

/** True while more can still come of the job. */
export function isRunning(view: ReviewView): boolean {
  return unfinished.has(view.state);
}

/** How many results are still to come, as far as is known. */
function comingCount(view: ReviewView): number {
  if (!isRunning(view)) return 0;
  const failed = view.failures.filter(({ index }) => index !== undefined).length;
  return Math.max(0, (view.expected ?? 0) - view.assets.length - failed);
}

/** An asset's state as an icon and a word. */
export function stateBadge(state: AssetState, strings: ReviewStrings): TemplateResult {
  return html`<span class="badge state-${state}">${icon(stateIcons[state])}<span>${strings.states[state]}</span></span>`;
}

/** All results to choose from: a film strip under the large one, or a grid side by side. */
export function strip(
  view: ReviewView,
  strings: ReviewStrings,
  chosen: AssetView | undefined,
  layout: "film" | "grid",
  choose: (assetId: string) => void,
): TemplateResult {
  const coming = comingCount(view);
  return html`<div class="strip ${layout}">
    <div class="options" role="listbox" aria-orientation="horizontal"
      aria-label=${view.layered ? strings.layers : strings.results}>
      ${view.assets.map((asset) => option(asset, strings, asset.id === chosen?.id, choose))}
    </div>
    ${Array.from({ length: coming }, () => html`<div class="coming" aria-hidden="true"></div>`)}
    ${coming > 0 ? html`<p class="quiet">${fill(strings.stillComing, coming)}</p>` : ""}
  </div>`;
}

function option(
  asset: AssetView,
  strings: ReviewStrings,
  chosen: boolean,
  choose: (assetId: string) => void,
) {
  const name = asset.layer?.name ?? asset.label;
  return html`<div class="option state-${asset.state}" role="option" aria-selected=${chosen} tabindex=${chosen ? 0 : -1} data-asset=${asset.id} @click=${() => choose(asset.id)}
    @focus=${() => choose(asset.id)}>
    <span class="thumb">${
      asset.kind === "image"
        ? html`<img src=${asset.src} alt="" decoding="async" draggable="false">`
        : icon(kindIcons[asset.kind])
    }</span>
    <span class="caption"><span class="name">${name}</span>${stateBadge(asset.state, strings)}</span>
  </div>`;
}
