import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { FailureView, ReviewAction } from "../../../studio/protocol.ts";
import type { RunningView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import { kindIcons } from "../grid/tile.ts";
import type { StudioStore } from "../store.ts";

/** Empty places are drawn for at most so many results. */
const mostPlaces = 12;

/** Every job on its way and every one that needs the user; those of one press of Generate stand together. */
export function runningList(store: StudioStore): TemplateResult | typeof nothing {
  if (store.running.length === 0) return nothing;
  return html`<section class="running" aria-label=${store.text("running")}>
    <h2 class="region-title"><span>${store.text("running")}</span><span class="count">${store.running.length}</span></h2>
    <ul class="jobs">${repeat(
      groups(store.running),
      ([first]) => first?.batch ?? first?.jobId,
      (jobs) =>
        jobs.length > 1 ? together(store, jobs) : jobs.map((job) => html`<li>${card(store, job)}</li>`),
    )}</ul>
  </section>`;
}

/** Jobs in their order, those of one batch as one. */
function groups(jobs: readonly RunningView[]): RunningView[][] {
  const found = new Map<string, RunningView[]>();
  for (const job of jobs) {
    const key = job.batch ?? job.jobId;
    found.set(key, [...(found.get(key) ?? []), job]);
  }
  return [...found.values()];
}

function together(store: StudioStore, jobs: readonly RunningView[]): TemplateResult {
  const [{ prompt = "", operation = "", batch } = {}] = jobs;
  return html`<li class="batch"><div role="group" aria-label=${prompt || operation}>
    <p class="batch-title"><bdi class="grow clip">${prompt || operation}</bdi>
      ${batch ? html`<button type="button" class="link" @click=${() => store.showBatch(batch)}>${store.text("compare")}</button>` : nothing}</p>
    <ul class="jobs">${repeat(
      jobs,
      ({ jobId }) => jobId,
      (job) => html`<li>${card(store, job)}</li>`,
    )}</ul>
  </div></li>`;
}

function card(store: StudioStore, job: RunningView): TemplateResult {
  const { jobId, prompt, operation, maker, age, stage, fraction, running, failures, cost } = job;
  const act = (action: ReviewAction) => store.actOnJob(jobId, action);
  return html`<article class="job ${running ? "" : "ended"}" aria-label=${prompt || operation} data-job=${jobId}>
    ${pictures(store, job)}
    <div class="job-words">
      <p class="job-prompt" dir="auto" title=${prompt}>${prompt || operation}</p>
      <p class="quiet job-about">${[maker, operation, age, cost].filter(Boolean).join(" · ")}</p>
      ${
        running
          ? html`<div class="job-stage"><span dir="auto">${stage}</span></div>${bar(stage, fraction)}`
          : failures.length === 0
            ? html`<div class="job-stage">${icon("warning")}<span dir="auto">${stage}</span></div>`
            : nothing
      }
      ${failures.map((failure) => failed(failure, act))}
    </div>
    ${
      job.canCancel
        ? html`<button type="button" class="tool job-cancel" title=${store.text("cancel")} aria-label=${store.text("labelled", store.text("cancel"), prompt || operation)}
            @click=${() => act({ kind: "cancel" })}>${icon("stop-circle")}</button>`
        : nothing
    }
  </article>`;
}

function pictures(store: StudioStore, { pictures: come, expected = 1, running }: RunningView) {
  const coming = running ? Math.min(mostPlaces, Math.max(0, expected - come.length)) : 0;
  if (come.length === 0 && coming === 0) return nothing;
  return html`<div class="job-pictures">
    ${come.slice(0, mostPlaces).map(
      ({
        item,
        index,
        kind,
        src,
      }) => html`<button type="button" class="job-picture" aria-label=${`${store.text("results")} ${index + 1}`}
        @click=${() => store.look(item)}>${kind === "image" ? html`<img src=${src} alt="" decoding="async">` : icon(kindIcons[kind])}</button>`,
    )}
    ${Array.from({ length: coming }, () => html`<span class="job-picture coming" aria-hidden="true"></span>`)}
  </div>`;
}

function bar(stage: string, fraction: number | undefined): TemplateResult {
  return fraction === undefined
    ? html`<div class="bar endless" role="progressbar" aria-label=${stage}><span></span></div>`
    : html`<progress class="bar" max="1" .value=${fraction} aria-label=${stage}></progress>`;
}

function failed(failure: FailureView, act: (action: ReviewAction) => unknown): TemplateResult {
  return html`<div class="job-failure" role="group" aria-label=${failure.title}>
    <p class="field-problem">${icon("error")}<span dir="auto">${failure.title}</span></p>
    <p dir="auto">${failure.detail}</p><p class="quiet" dir="auto">${failure.next}</p>
    <div class="buttons">${(failure.steps ?? []).map(
      ({ id, label }) =>
        html`<button type="button" class="button small" @click=${() => act({ kind: "step", step: id })}>${label}</button>`,
    )}</div>
  </div>`;
}
