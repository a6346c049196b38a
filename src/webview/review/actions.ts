import { html, nothing, type TemplateResult } from "lit";
import type { AssetView, ReviewStrings, ReviewView } from "../../studio/protocol.ts";
import { icon } from "../shared/view.ts";
import { preview as shownPreview } from "./form.ts";
import { estimate, notice } from "./screens.ts";
import type { PlacingKind, ReviewStore } from "./store.ts";
import { stateBadge } from "./strip.ts";

/** The buttons: what can be done with the chosen asset, and with the job. */
export function actions(
  store: ReviewStore,
  strings: ReviewStrings,
  view: ReviewView,
  subject: AssetView,
): TemplateResult {
  const busy = store.busy !== undefined;
  const { preview } = store;
  const placing = (kind: PlacingKind, label: string, on: boolean, { look = "", mark = "" } = {}) =>
    html`<button type="button" class="button ${kind} ${look}" aria-disabled=${busy || !on}
      @click=${(event: MouseEvent) => onlyFirst(event, () => on && void store.place(kind))}>
      ${store.busy === kind ? icon("loading", true) : mark ? icon(mark) : nothing}<span>${label}</span>${look === "primary" ? html`<kbd>Enter</kbd>` : nothing}
    </button>`;
  const waits = subject.state === "waiting";
  const canSave = preview?.canSave ?? false;
  return html`<footer class="actions">
    ${waits ? shownPreview(store, strings) : nothing}
    ${notice(store)}
    ${
      waits
        ? html`<div class="buttons first">
            ${placing("insert", strings.insert, preview?.canInsert ?? false, { look: "primary" })}
            ${placing("saveOnly", strings.saveOnly, canSave)}
          </div>`
        : html`<div class="decided">
            ${subject.state === "discarded" ? html`${icon("trash")}<span>${strings.discarded}</span>` : stateBadge(subject.state, strings)}
          </div>`
    }
    <div class="buttons last">
      ${
        waits
          ? html`${placing("saveAs", strings.saveAs, canSave, { look: "ghost", mark: "save-as" })}
            ${placing("copyMarkup", strings.copyMarkup, canSave, { look: "ghost", mark: "copy" })}`
          : nothing
      }
      ${
        view.canAgain
          ? html`<button type="button" class="button ghost again" aria-disabled=${busy}
              @click=${(event: MouseEvent) => onlyFirst(event, () => store.act({ kind: "again" }))}>
              ${icon("refresh")}<span>${strings.again}</span>${estimate(view)}</button>`
          : nothing
      }
      ${(subject.steps ?? []).map(
        ({
          id,
          label,
          cost,
        }) => html`<button type="button" class="button ghost asset-step" aria-disabled=${busy}
          @click=${(event: MouseEvent) => onlyFirst(event, () => store.act({ kind: "assetStep", assetId: subject.id, step: id }))}>
          ${icon("play")}<span>${label}</span>${cost ? html`<span class="estimate">${cost}</span>` : nothing}</button>`,
      )}
      ${
        subject.link
          ? html`<button type="button" class="button ghost copy-link" aria-disabled=${busy}
              @click=${(event: MouseEvent) => onlyFirst(event, () => store.act({ kind: "copyLink", assetId: subject.id }))}>
              ${icon("link")}<span>${strings.copyLink}</span><span class="estimate">${subject.link}</span></button>`
          : nothing
      }
      ${
        view.hasAnswer
          ? html`<button type="button" class="button ghost open-answer" aria-disabled=${busy}
              @click=${(event: MouseEvent) => onlyFirst(event, () => store.act({ kind: "openAnswer" }))}>
              ${icon("json")}<span>${strings.openAnswer}</span></button>`
          : nothing
      }
      <span class="gap"></span>
      ${discard(store, strings, subject, busy)}
    </div>
    <p class="keys quiet">
      ${view.assets.length > 1 ? html`<span><kbd>←</kbd><kbd>→</kbd> ${strings.keyChoose}</span>` : nothing}
      ${subject.kind === "image" ? html`<span><kbd>+</kbd><kbd>-</kbd><kbd>0</kbd><kbd>1</kbd> ${strings.keyZoom}</span>` : nothing}
      <button type="button" class="plain" @click=${() => store.close()}><kbd>Esc</kbd> ${strings.keyClose}</button>
    </p>
  </footer>`;
}

function discard(store: ReviewStore, strings: ReviewStrings, { id, state }: AssetView, busy: boolean) {
  if (state === "discarded") {
    return html`<button type="button" class="button undo" aria-disabled=${busy}
      @click=${() => store.act({ kind: "undoDiscard", assetId: id })}>${icon("discard")}<span>${strings.undo}</span></button>`;
  }
  if (state !== "waiting") return nothing;
  return html`<button type="button" class="button ghost discard" aria-disabled=${busy}
    @click=${(event: MouseEvent) => onlyFirst(event, () => store.act({ kind: "discard", assetId: id }))}>
    ${icon("trash")}<span>${strings.discard}</span></button>`;
}

/** Runs on the first click only: the second of a double click would act on what the first one left. */
function onlyFirst(event: MouseEvent, act: () => unknown): void {
  if (event.detail <= 1) act();
}
