import { html, nothing, type TemplateResult } from "lit";
import type { MediaKind, OperationId } from "../../../model/operations.ts";
import type { ComposeView, OperationView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import type { StudioStore } from "../store.ts";
import { lackIcon, lackText, modelChooser } from "./models.ts";
import { optionForms } from "./optionForm.ts";
import { promptBox } from "./prompt.ts";
import { drop, hover, leave, slots } from "./slots.ts";

/** Where a request is written. */
export function compose(store: StudioStore): TemplateResult {
  const view = store.compose;
  if (!view)
    return html`<div class="region-empty quiet">${icon("loading", true)}<span>${store.text("loading")}</span></div>`;
  return html`<div class="compose ${store.intake.over === "any" ? "over" : ""}"
    @dragenter=${(event: DragEvent) => hover(store, event, "any")} @dragover=${(event: DragEvent) => hover(store, event, "any")}
    @dragleave=${(event: DragEvent) => leave(store, event)} @drop=${(event: DragEvent) => drop(store, event)}
    @paste=${(event: ClipboardEvent) => paste(store, event)} @focusout=${() => store.redraw()}>
    <div class="compose-scroll">
      ${operationChooser(store, view)}
      ${promptBox(store, view)}
      ${slots(store, view)}
      ${modelChooser(store, view)}
      ${optionForms(store, view)}
    </div>
    ${sendBar(store, view)}
  </div>`;
}

const outputs: readonly MediaKind[] = ["image", "video", "audio", "text"];

function operationChooser(store: StudioStore, view: ComposeView): TemplateResult {
  const { operations } = view;
  const chosen = operations.find(({ id }) => id === view.operation);
  const groups = outputs.map((output) => operations.filter((each) => each.output === output));
  const option = ({ id, label, can }: OperationView) =>
    html`<option value=${id} ?selected=${id === view.operation}>${can ? label : `${label} – ${lackText(store)}`}</option>`;
  const name: Record<MediaKind, string> = {
    image: store.text("images"),
    video: store.text("video"),
    audio: store.text("audio"),
    text: store.text("texts"),
  };
  return html`<div class="field operation">
    <label for="operation">${store.text("operation")}</label>
    <select id="operation" aria-describedby="operation-help" @change=${(event: Event) => {
      store.draft.flush();
      const operation = (event.target as HTMLSelectElement).value as OperationId;
      store.wire.command("setOperation", { operation });
    }}>
      ${groups.map((group, index) =>
        group.length > 0
          ? html`<optgroup label=${name[outputs[index] ?? "image"]}>${group.map(option)}</optgroup>`
          : nothing,
      )}
    </select>
    <p class="quiet help" id="operation-help">${chosen?.detail ?? ""}</p>
  </div>`;
}

/** What stands in the way, where the result goes, what it costs, and the button that sends it. */
function sendBar(store: StudioStore, view: ComposeView): TemplateResult {
  const { sending } = store.draft;
  const isLacking = view.offers.some(({ id, usable }) => !usable && view.chosen.includes(id));
  return html`<footer class="send">
    <ul class="send-problems" id="send-problems" aria-live="polite">${problemTexts(store, view).map(
      (text) => html`<li>${icon("info")}<span dir="auto">${text}</span></li>`,
    )}</ul>
    <div class="send-line"><p class="send-place quiet">${view.place ? html`${icon("target")}<span>${store.text("place", view.place)}</span>` : store.text("noPlace")}</p>
      <p class="send-cost" role="status" aria-label=${store.text("labelled", store.text("cost"), view.cost)}>${view.cost}</p></div>
    <button type="button" class="button primary generate" aria-disabled=${!view.ready || sending} aria-describedby="send-problems"
      @click=${(event: MouseEvent) => event.detail <= 1 && generate(store)}>
      ${sending ? icon("loading", true) : isLacking ? icon(lackIcon(store)) : nothing}<span>${store.text("generate")}</span><kbd>${store.text("control")}Enter</kbd></button>
  </footer>`;
}

/** What is wrong, each thing once; what is wrong with only one of several models says with which. */
function problemTexts(store: StudioStore, { forms }: ComposeView): string[] {
  const texts = forms.flatMap(({ title, problems }) =>
    problems.map(({ text }) => {
      const everywhere = forms.every((form) => form.problems.some((each) => each.text === text));
      return everywhere ? text : store.text("labelled", title, text);
    }),
  );
  return [...new Set(texts)];
}

/** Sends the draft, if nothing stands in the way. */
export function generate(store: StudioStore): void {
  if (store.compose?.ready) void store.draft.generate();
}

function paste(store: StudioStore, event: ClipboardEvent): void {
  const files = [...(event.clipboardData?.files ?? [])];
  // Where there is text as well, such as from a word processor, a text field wants that.
  const words =
    event.clipboardData?.types.includes("text/plain") && event.target instanceof HTMLTextAreaElement;
  if (files.length === 0 || words) return;
  event.preventDefault();
  void store.intake.take(files);
}
