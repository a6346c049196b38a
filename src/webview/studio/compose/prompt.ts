import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { ComposeView, HistoryView, ImproveView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import type { StudioStore } from "../store.ts";

/** What is asked for, in words; with what was asked earlier, and with help. */
export function promptBox(store: StudioStore, view: ComposeView): TemplateResult {
  const { rule, problem } = view.prompt;
  const { output } = view.operations.find(({ id }) => id === view.operation) ?? { output: "image" };
  const hint = store.text(output === "audio" ? "promptPlaceholderSound" : "promptPlaceholder");
  const improving = store.improve?.state === "running";
  return html`<section class="prompt-box">
    <div class="field-head"><label for="prompt">${store.text("prompt")}</label>
      ${rule === "optional" ? html`<span class="quiet">${store.text("optional")}</span>` : nothing}</div>
    <textarea id="prompt" rows="4" dir="auto" placeholder=${hint} .value=${live(store.draft.prompt)} spellcheck="true"
      aria-describedby="prompt-problem" aria-invalid=${problem !== undefined} ?disabled=${rule === "none"}
      @input=${(event: Event) => store.draft.write((event.target as HTMLTextAreaElement).value)} @blur=${() => store.draft.flush()}></textarea>
    <div class="field-problem" id="prompt-problem">${problem ? html`${icon("error")}<span dir="auto">${problem}</span>` : nothing}</div>
    <div class="prompt-tools">
      <button type="button" class="tool worded" aria-disabled=${!view.improve.enabled || improving} title=${view.improve.why ?? ""}
        @click=${() => {
          if (!view.improve.enabled || improving) return;
          store.draft.flush();
          store.wire.command("improve", {});
        }}>${icon(improving ? "loading" : "sparkle", improving)}<span>${store.text("improve")}</span></button>
      ${history(store, view.history)}
      <span class="grow"></span>
      <button type="button" class="tool" title=${store.text("clear")} aria-label=${store.text("clear")}
        @click=${() => store.wire.command("clear", {})}>${icon("clear-all")}</button>
    </div>
    ${improvement(store, store.improve)}
  </section>`;
}

/** The prompts of this session; choosing one brings its whole draft back. */
function history(store: StudioStore, entries: readonly HistoryView[]): TemplateResult {
  const restore = (event: Event, id: string) => {
    (event.target as Element).closest("details")?.removeAttribute("open");
    store.wire.command("restore", { id });
  };
  return html`<details class="drop-down" @keydown=${closeOnEscape} @focusout=${closeOnLeave}>
    <summary class="tool worded">${icon("history")}<span>${store.text("history")}</span></summary>
    <div class="pop">
      ${
        entries.length === 0
          ? html`<p class="quiet">${store.text("historyEmpty")}</p>`
          : html`<ul>${entries.map(
              ({
                id,
                prompt,
                operation,
                at,
                kind,
              }) => html`<li><button type="button" class="row" @click=${(event: Event) => restore(event, id)}>
                <span class="row-title" dir="auto">${prompt || operation}</span>
                <span class="quiet">${operation} · ${store.text(kind === "sent" ? "historySent" : "historyAside")} · ${time(at)}</span>
              </button></li>`,
            )}</ul>`
      }
    </div>
  </details>`;
}

/** The improved prompt beside what was written: what is new, and what is gone. */
function improvement(store: StudioStore, view: ImproveView | undefined): TemplateResult {
  const shown = view && view.state !== "off";
  return html`<div class="improvement" ?hidden=${!shown} role="group" aria-label=${store.text("difference")} aria-busy=${view?.state === "running"}>
    ${
      shown
        ? html`${view.message ? html`<p class=${view.state === "failed" ? "field-problem" : "quiet"}>${view.state === "failed" ? icon("error") : nothing}<span dir="auto">${view.message}</span></p>` : nothing}
          ${
            view.state === "failed"
              ? nothing
              : html`<p class="difference" dir="auto" tabindex="0">${view.parts ? view.parts.map(piece) : view.text || store.text("improving")}</p>`
          }
          <div class="buttons">
            ${view.state === "done" ? html`<button type="button" class="button small primary" @click=${() => use(store, view.text)}>${store.text("improveUse")}</button>` : nothing}
            <button type="button" class="button small" @click=${() => store.wire.command("improveDrop", {})}>${store.text(view.state === "running" ? "cancel" : "improveDrop")}</button>
          </div>`
        : nothing
    }
  </div>`;
}

/** Takes the improved words as if they had been typed, so that Undo in the field takes them back. */
function use(store: StudioStore, text: string): void {
  store.draft.flush();
  store.wire.command("improveUse", { text });
  const field = document.querySelector<HTMLTextAreaElement>("#prompt");
  field?.focus();
  field?.select();
  // Deprecated, but nothing else changes a field in a way that can be undone.
  document.execCommand("insertText", false, text);
}

function piece({ kind, text }: { kind: "same" | "added" | "removed"; text: string }) {
  if (kind === "added") return html`<ins>${text}</ins>`;
  return kind === "removed" ? html`<del>${text}</del>` : html`<span>${text}</span>`;
}

function time(at: number): string {
  return new Date(at).toLocaleTimeString(document.documentElement.lang || undefined, { timeStyle: "short" });
}

function closeOnEscape(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key !== "Escape" || !details.open) return;
  event.preventDefault();
  event.stopPropagation();
  details.open = false;
  details.querySelector("summary")?.focus();
}

function closeOnLeave(event: FocusEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.relatedTarget && !details.contains(event.relatedTarget as Node)) details.open = false;
}
