import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { AssetView, PreviewProblem, ReviewStrings } from "../../studio/protocol.ts";
import { icon } from "../shared/view.ts";
import type { ReviewStore } from "./store.ts";

/** What the user can say about an asset: alt text (of a video or sound its name), file name, folder. */
export function form(store: ReviewStore, strings: ReviewStrings, subject: AssetView): TemplateResult {
  const draft = store.draft;
  const layered = store.view?.layered === true;
  const picture = subject.kind === "image";
  const folder = store.preview?.folder ?? "";
  return html`<form class="form" @submit=${(event: Event) => event.preventDefault()}>
    <div class="field">
      <div class="labelled">
        <label for="alt">${picture ? strings.altText : strings.mediaName}</label>
        ${picture && !layered ? describe(store, strings) : nothing}
      </div>
      <textarea id="alt" rows="2" dir="auto" aria-describedby="alt-help alt-problems" .value=${live(draft?.alt ?? "")}
        aria-invalid=${invalid(store, "alt")}
        @input=${(event: Event) => store.edit({ alt: (event.target as HTMLTextAreaElement).value })}></textarea>
      <p id="alt-help" class="quiet help">${picture ? strings.altHelp : strings.mediaNameHelp} <span class="key"><kbd>${strings.control}Enter</kbd> ${strings.keyInsert}</span></p>
      ${problems(store, "alt")}
    </div>
    <div class="field">
      <label for="file-name">${layered ? strings.folderName : strings.fileName}</label>
      <div class="affixed">
        <input id="file-name" type="text" dir="auto" spellcheck="false" autocomplete="off" .value=${live(draft?.fileName ?? "")}
          aria-describedby="fileName-problems" aria-invalid=${invalid(store, "fileName")}
          @input=${(event: Event) => store.edit({ fileName: (event.target as HTMLInputElement).value })}>
        <span class="affix">${layered ? "/" : subject.extension}</span>
      </div>
      ${problems(store, "fileName")}
    </div>
    <div class="field">
      <span class="label" id="folder-label">${strings.folder}</span>
      <div class="folder">
        ${icon("folder")}<bdi class="path" title=${folder}>${folder}</bdi>
        <button type="button" class="button small" aria-describedby="folder-label" aria-disabled=${store.busy !== undefined}
          @click=${() => draft && store.act({ kind: "chooseFolder", draft })}>${strings.changeFolder}</button>
      </div>
      ${problems(store, "folder")}
    </div>
  </form>`;
}

function describe(store: ReviewStore, strings: ReviewStrings): TemplateResult {
  return html`<button type="button" class="button small describe" title=${strings.describeHelp} aria-disabled=${store.busy !== undefined}
    @click=${() => store.draft && store.act({ kind: "describe", draft: store.draft })}>
    ${icon(store.busy === "describe" ? "loading" : "sparkle", store.busy === "describe")}<span>${strings.describe}</span></button>`;
}

/** Exactly what Insert would put where. */
export function preview(store: ReviewStore, strings: ReviewStrings): TemplateResult {
  const seen = store.preview;
  return html`<section class="preview" aria-label=${strings.preview} aria-busy=${seen === undefined}>
    <h2><span>${strings.preview}</span>${seen?.where ? html`<bdi class="where">${seen.where}</bdi>` : nothing}</h2>
    ${
      seen?.markup !== undefined
        ? html`<pre dir="ltr" tabindex="0" role="group" aria-label=${strings.preview}><code>${seen.markup}</code></pre>`
        : html`<p class="quiet">${seen ? strings.noPlace : ""}</p>`
    }
    ${seen ? html`<p class="lands">${icon("file-media")}<bdi>${seen.fileName}</bdi></p>` : nothing}
    ${(seen?.also ?? []).map((name) => html`<p class="lands also">${icon("add")}<bdi>${name}</bdi></p>`)}
    ${problems(store, "place")}${problems(store, undefined)}
  </section>`;
}

function invalid(store: ReviewStore, field: PreviewProblem["field"]): boolean {
  return store.preview?.problems.some((each) => each.field === field && each.severity === "error") ?? false;
}

function problems(store: ReviewStore, field: PreviewProblem["field"]): TemplateResult {
  const mine = store.preview?.problems.filter((each) => each.field === field) ?? [];
  return html`<ul class="problems" id=${field ? `${field}-problems` : "other-problems"} aria-live="polite">
    ${mine.map(({ severity, text }) => html`<li class=${severity}>${icon(severity)}<span dir="auto">${text}</span></li>`)}
  </ul>`;
}
