import { html, nothing, type TemplateResult } from "lit";
import type { FactView, FailureView, ReviewStrings } from "../../studio/protocol.ts";
import { fill, icon } from "../shared/view.ts";
import type { ReviewStore } from "./store.ts";

/** Facts as pairs; those worth it with a button that copies the value. */
export function facts(
  list: readonly FactView[],
  strings: Pick<ReviewStrings, "copy">,
  store: Pick<ReviewStore, "copy">,
): TemplateResult {
  return html`<dl class="facts">
    ${list.map(
      ({ label, value, copy }) =>
        html`<div><dt>${label}</dt><dd><span dir="auto">${value}</span>${
          copy
            ? html`<button type="button" class="tool" title=${fill(strings.copy, label)}
              aria-label=${fill(strings.copy, label)} @click=${() => store.copy(value)}>${icon("copy")}</button>`
            : nothing
        }</dd></div>`,
    )}
  </dl>`;
}

/** The buttons that are a failure's next steps. */
export function steps(failure: FailureView | undefined, store: ReviewStore, primary: boolean) {
  return (failure?.steps ?? []).map(
    (
      { id, label },
      index,
    ) => html`<button type="button" class="button ${primary && index === 0 ? "primary" : ""}"
      aria-disabled=${store.busy !== undefined} @click=${() => store.act({ kind: "step", step: id })}>${label}</button>`,
  );
}

/** Results that failed while others did not: each with its reason. */
export function failedSlots(
  failures: readonly FailureView[],
  strings: ReviewStrings,
  store: ReviewStore,
): TemplateResult | typeof nothing {
  if (failures.length === 0) return nothing;
  return html`<section class="failed" aria-label=${strings.failedResults}>
    <h2>${strings.failedResults}</h2>
    <ul>${failures.map(
      (failure) => html`<li>
        ${icon("error")}
        <div>
          <h3 dir="auto">${failure.title}</h3>
          <p dir="auto">${failure.detail}</p>
          <p dir="auto" class="quiet">${failure.next}</p>
          ${failure.facts ? facts(failure.facts, strings, store) : nothing}
          <div class="buttons">${steps(failure, store, false)}</div>
        </div>
      </li>`,
    )}</ul>
  </section>`;
}
