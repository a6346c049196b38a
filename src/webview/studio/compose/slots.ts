import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { InputRole } from "../../../model/request.ts";
import type { ComposeView, InputView, SlotView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import { kindIcons } from "../grid/tile.ts";
import type { StudioStore } from "../store.ts";
import { inputType, takes } from "./dropped.ts";

/** Everything the request is given: a place for each role, in order, and what has no place. */
export function slots(store: StudioStore, view: ComposeView): TemplateResult | typeof nothing {
  const { uploading } = store.intake;
  if (view.slots.length === 0 && view.left.length === 0 && uploading.length === 0) return nothing;
  return html`<section class="slots" aria-label=${store.text("references")}>
    ${repeat(
      view.slots,
      ({ role }) => role,
      (slot) => slotView(store, slot),
    )}
    ${
      view.left.length > 0
        ? html`<div class="slot left"><h2 class="block-title">${store.text("left")}</h2>
            <ul class="inputs">${view.left.map((input) => inputCard(store, input, undefined, 0))}</ul></div>`
        : nothing
    }
    ${uploading.length > 0 ? html`<p class="quiet uploading">${icon("loading", true)}<span>${store.text("uploading", uploading.join(", "))}</span></p>` : nothing}
    ${view.slots.some((slot) => slot.takes !== "link") ? html`<p class="quiet hint">${store.text("pasteHint")} · ${store.text("dropHint")}</p>` : nothing}
  </section>`;
}

function slotView(store: StudioStore, slot: SlotView): TemplateResult {
  const { role, label, detail, inputs, min, max, problem } = slot;
  const over = store.intake.over === role;
  const id = `slot-${role}`;
  return html`<div class="slot ${over ? "over" : ""}" role="group" aria-labelledby=${id} data-role=${role}
    @dragenter=${(event: DragEvent) => hover(store, event, role)} @dragover=${(event: DragEvent) => hover(store, event, role)}
    @dragleave=${(event: DragEvent) => leave(store, event)} @drop=${(event: DragEvent) => drop(store, event, role)}>
    <h2 class="block-title" id=${id}><span class="grow" id=${`${id}-name`}>${label}</span><span class="quiet number">${inputs.length} / ${max}</span></h2>
    <ul class="inputs">
      ${repeat(
        inputs,
        (input) => input.id,
        (input, index) => inputCard(store, input, slot, index),
      )}
      ${
        inputs.length < max
          ? html`<li class="add"><button type="button" class="add-input" @click=${() => store.wire.command("browse", { role })} id=${`${id}-add`} aria-labelledby=${`${id}-add ${id}-name`}>${icon("add")}<span>${over ? store.text("dropHere") : store.text("addInput")}</span>
              ${min === 0 && inputs.length === 0 ? html`<span class="quiet">${store.text("optional")}</span>` : nothing}</button></li>`
          : nothing
      }
    </ul>
    <p class="quiet help">${detail}</p>
    ${problem ? html`<p class="field-problem">${icon("error")}<span dir="auto">${problem}</span></p>` : nothing}
  </div>`;
}

function inputCard(
  store: StudioStore,
  input: InputView,
  slot: SlotView | undefined,
  index: number,
): TemplateResult {
  const { id, name, src, facts, problem, kind } = input;
  const last = (slot?.inputs.length ?? 1) - 1;
  const move = (to: number) =>
    slot && store.wire.command("moveInput", { input: id, role: slot.role, index: to });
  const tool = (label: string, name: string, act: () => void) =>
    html`<button type="button" class="tool" title=${label} aria-label=${label} @click=${act}>${icon(name)}</button>`;
  return html`<li class="input ${problem ? "bad" : ""}" draggable="true" data-input=${id}
    @dragstart=${(event: DragEvent) => event.dataTransfer?.setData(inputType, id)}
    @drop=${(event: DragEvent) => slot && drop(store, event, slot.role, index)}>
    <span class="input-picture">${
      src && kind === "image"
        ? html`<img src=${src} alt="" draggable="false" decoding="async">`
        : icon(kindIcons[kind])
    }${slot && slot.max > 1 ? html`<span class="order" aria-hidden="true">${index + 1}</span>` : nothing}</span>
    <span class="input-words"><bdi class="input-name" title=${name}>${name}</bdi><span class="quiet input-facts">${facts}</span>
      ${problem ? html`<span class="field-problem">${icon("error")}<span dir="auto">${problem}</span></span>` : nothing}</span>
    <span class="input-tools">
      ${slot && index > 0 ? tool(store.text("labelled", store.text("moveUp"), name), "arrow-up", () => move(index - 1)) : nothing}
      ${slot && index < last ? tool(store.text("labelled", store.text("moveDown"), name), "arrow-down", () => move(index + 2)) : nothing}
      ${roleMenu(store, input)}
      ${tool(store.text("remove", name), "close", () => store.wire.command("removeInput", { input: id }))}
    </span>
  </li>`;
}

/** Other places it could stand in. */
function roleMenu(store: StudioStore, { id, roles }: InputView): TemplateResult[] {
  return roles.map(({ role, label }) => {
    const inputs = store.compose?.slots.find((slot) => slot.role === role)?.inputs ?? [];
    const words = store.text("moveTo", label);
    return html`<button type="button" class="tool" title=${words} aria-label=${words}
      @click=${() => store.wire.command("moveInput", { input: id, role, index: inputs.length })}>${icon("arrow-swap")}</button>`;
  });
}

/** Something is dragged over a slot, or over the whole of Compose. */
export function hover(store: StudioStore, event: DragEvent, role: InputRole | "any"): void {
  if (!event.dataTransfer || !takes(event.dataTransfer)) return;
  event.preventDefault();
  event.stopPropagation();
  event.dataTransfer.dropEffect = event.dataTransfer.effectAllowed === "move" ? "move" : "copy";
  store.intake.hover(role);
}

/** It has left again; going on to a part of the same place is not leaving. */
export function leave(store: StudioStore, event: DragEvent): void {
  const inside = event.currentTarget as Element;
  if (!inside.contains(event.relatedTarget as Node | null)) store.intake.hover(undefined);
}

/** It was let go. */
export function drop(store: StudioStore, event: DragEvent, role?: InputRole, index?: number): void {
  if (!event.dataTransfer || !takes(event.dataTransfer)) return;
  event.preventDefault();
  event.stopPropagation();
  void store.intake.drop(event.dataTransfer, role, index);
}
