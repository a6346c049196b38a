import { html, nothing, type TemplateResult } from "lit";
import type { ReviewStrings, ReviewView } from "../../studio/protocol.ts";
import { icon } from "../shared/view.ts";
import { facts, failedSlots, steps } from "./failures.ts";
import type { ReviewStore } from "./store.ts";

/** The bar and the sentence that say how far a running job is, and the button that stops it. */
export function progress(view: ReviewView, strings: ReviewStrings, store: ReviewStore): TemplateResult {
  const text = view.progress?.text ?? strings.working;
  const fraction = view.progress?.fraction;
  return html`<div class="progress">
    ${
      fraction === undefined
        ? html`<div class="bar endless" role="progressbar" aria-label=${text}><span></span></div>`
        : html`<progress class="bar" max="1" .value=${fraction} aria-label=${text}></progress>`
    }
    <div class="progress-line">
      <span role="status" dir="auto">${text}</span>
      ${
        view.canCancel
          ? html`<button type="button" class="button" aria-disabled=${store.busy !== undefined}
              @click=${() => store.act({ kind: "cancel" })}>${strings.cancel}</button>`
          : nothing
      }
    </div>
  </div>`;
}

/** Who makes it, and what was asked. */
export function about(view: ReviewView): TemplateResult {
  return html`<p class="about quiet">${[...new Set([view.vendor, view.model, view.operation])].join(" · ")}</p>`;
}

/** Shown until the first result is there. */
export function waitingScreen(view: ReviewView, strings: ReviewStrings, store: ReviewStore): TemplateResult {
  return html`<main class="screen waiting" tabindex="-1">
    <div class="easel" aria-hidden="true"><span class="sheen"></span>${icon("sparkle")}</div>
    <h1 class="prompt" dir="auto">${view.prompt || view.operation}</h1>
    ${about(view)}
    ${progress(view, strings, store)}
    ${failedSlots(view.failures, strings, store)}
  </main>`;
}

/** Shown when a job ended without any result: what happened, why, and what to do next. */
export function endedScreen(view: ReviewView, strings: ReviewStrings, store: ReviewStore): TemplateResult {
  const main = view.failures.find(({ index }) => index === undefined) ?? view.failures[0];
  const rest = view.failures.filter((failure) => failure !== main);
  const hasSteps = (main?.steps ?? []).length > 0;
  return html`<main class="screen ended" tabindex="-1">
    <div class="mark ${main ? "error" : ""}">${icon(main ? "error" : "circle-slash")}</div>
    <h1 dir="auto">${main?.title ?? (view.state === "cancelled" ? strings.cancelled : strings.noResults)}</h1>
    ${main ? html`<p dir="auto">${main.detail}</p><p dir="auto" class="next">${main.next}</p>` : nothing}
    <div class="buttons">
      ${steps(main, store, true)}
      ${
        view.canAgain
          ? html`<button type="button" class="button ${hasSteps ? "" : "primary"}" aria-disabled=${store.busy !== undefined}
              @click=${() => store.act({ kind: "again" })}>${strings.retry}${estimate(view)}</button>`
          : nothing
      }
      <button type="button" class="button" @click=${() => store.close()}>${strings.close}<kbd>Esc</kbd></button>
    </div>
    ${notice(store)}
    ${failedSlots(rest, strings, store)}
    <section class="asked">
      ${main?.facts ? facts(main.facts, strings, store) : nothing}
      <h2>${strings.prompt}</h2>
      <p dir="auto" class="prompt-text">${view.prompt}</p>
      ${about(view)}
    </section>
  </main>`;
}

/** Shown when the job is no longer there. */
export function goneScreen(strings: ReviewStrings, store: ReviewStore): TemplateResult {
  return html`<main class="screen ended" tabindex="-1">
    <div class="mark">${icon("pass")}</div>
    <h1>${strings.gone}</h1>
    <p>${strings.goneDetail}</p>
    <div class="buttons">
      <button type="button" class="button primary" @click=${() => store.close()}>${strings.close}<kbd>Esc</kbd></button>
    </div>
  </main>`;
}

/** What "Again" will cost, on its button. */
export function estimate(view: ReviewView): TemplateResult | typeof nothing {
  return view.againEstimate ? html`<span class="estimate">${view.againEstimate}</span>` : nothing;
}

/** What an action came to; always there, so that a screen reader hears it change. */
export function notice(store: ReviewStore): TemplateResult {
  const { notice: said } = store;
  const error = said?.kind === "error";
  return html`<div class="notice ${error ? "error" : ""}">
    <div role="status">${said && !error ? html`${icon("check")}<span dir="auto">${said.text}</span>` : nothing}</div>
    <div role="alert">${said && error ? html`${icon("error")}<span dir="auto">${said.text}</span>` : nothing}</div>
  </div>`;
}
