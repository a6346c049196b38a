import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { OptionView } from "../../../studio/studioViews.ts";
import { icon } from "../../shared/view.ts";
import { settled } from "../settled.ts";
import type { StudioStore } from "../store.ts";
import { sizeControl } from "./sizeControl.ts";

/** One option of one model, and how its value is changed; without a value it goes back to the default. */
export interface Field {
  id: string;
  option: OptionView;
  set(value: string | number | boolean | undefined): void;
  store: StudioStore;
}

type Control<K extends OptionView["control"]["kind"]> = Extract<OptionView["control"], { kind: K }>;

/** So many choices with short names stand side by side; more, or longer ones, in a list. */
const sideBySide = { count: 4, letters: 34 };

/** Seeds are drawn up to here where the model names no bound. */
const largestSeed = 2 ** 31 - 1;

/** An option as its label, its control, what there is to say about it, and the way back to the default. */
export function optionField(field: Field): TemplateResult {
  const { option, id } = field;
  const { control } = option;
  const group = isGroup(option);
  const label = group
    ? html`<span class="label" id=${`${id}-label`}>${option.label}</span>`
    : html`<label for=${id}>${option.label}</label>`;
  return html`<div class="field option-field kind-${control.kind}" data-option=${option.key}>
    ${
      control.kind === "toggle"
        ? html`<div class="field-head">${toggle(field)}${label}${reset(field)}</div>`
        : html`<div class="field-head">${label}${reset(field)}</div>${draw(field)}`
    }
    ${option.detail ? html`<p class="help quiet" id=${`${id}-help`} dir="auto">${option.detail}</p>` : nothing}
    <div class="field-problem" id=${`${id}-problem`}>${
      option.problem ? html`${icon("error")}<span dir="auto">${option.problem}</span>` : nothing
    }</div>
  </div>`;
}

/** Ids of what describes a control. */
export function describedBy({ id, option }: Field): string {
  return option.detail ? `${id}-help ${id}-problem` : `${id}-problem`;
}

function isGroup({ control }: OptionView): boolean {
  return control.kind === "size" || (control.kind === "choice" && standSideBySide(control));
}

function standSideBySide({ choices }: Control<"choice">): boolean {
  const letters = choices.reduce((sum, { label }) => sum + label.length + 2, 0);
  return choices.length <= sideBySide.count && letters <= sideBySide.letters;
}

function draw(field: Field): TemplateResult {
  const { control } = field.option;
  switch (control.kind) {
    case "choice":
      return standSideBySide(control) ? segments(field, control) : list(field, control);
    case "number":
      return number(field, control);
    case "size":
      return sizeControl(field, control);
    case "text":
      return text(field, control);
    case "seed":
      return seed(field, control);
    case "toggle":
      return toggle(field);
  }
}

function reset({ option, set, store }: Field) {
  if (!option.changed) return nothing;
  const words = store.text("reset", option.label);
  const label = option.standard ? `${words} (${store.text("standard", option.standard)})` : words;
  return html`<button type="button" class="tool reset" title=${label} aria-label=${label}
    @click=${() => set(undefined)}>${icon("discard")}</button>`;
}

function toggle(field: Field): TemplateResult {
  const { id, option, set } = field;
  return html`<input type="checkbox" id=${id} .checked=${live(option.value === true)} aria-describedby=${describedBy(field)}
    @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}>`;
}

function segments({ id, option, set }: Field, { choices }: Control<"choice">): TemplateResult {
  return html`<div class="segments" role="radiogroup" aria-labelledby=${`${id}-label`}>
    ${choices.map(
      ({ value, label }) => html`<label class="segment"><input type="radio" name=${id}
        .checked=${live(String(option.value ?? "") === value)} @change=${() => set(value)}><span>${label}</span></label>`,
    )}
  </div>`;
}

function list(field: Field, { choices }: Control<"choice">): TemplateResult {
  const { id, option, set } = field;
  const chosen = String(option.value ?? "");
  const known = choices.some(({ value }) => value === chosen);
  return html`<select id=${id} aria-describedby=${describedBy(field)} aria-invalid=${option.problem !== undefined}
    @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
    ${known ? nothing : html`<option value="" selected>–</option>`}
    ${choices.map(({ value, label }) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
  </select>`;
}

function number(field: Field, control: Control<"number">): TemplateResult {
  const { id, option, set } = field;
  const { min, max, unit, range } = control;
  const step = control.step ?? (control.integer ? 1 : undefined);
  const value = option.value === undefined ? "" : String(option.value);
  const change = (event: Event) => {
    const input = event.target as HTMLInputElement;
    set(input.value === "" || Number.isNaN(input.valueAsNumber) ? undefined : input.valueAsNumber);
  };
  // A slider helps where there is a scale to slide along, not between two values or along millions.
  const steps = min !== undefined && max !== undefined ? (max - min) / (step ?? 0.05) : 0;
  return html`<div class="number-row">
    ${
      steps >= 3 && steps <= 500
        ? html`<input type="range" min=${min ?? nothing} max=${max ?? nothing} step=${step ?? 0.05}
            .value=${settled(value === "" ? String(min) : value)} aria-label=${option.label} @change=${change}>`
        : nothing
    }
    <input type="number" id=${id} min=${min ?? nothing} max=${max ?? nothing} step=${step ?? "any"} .value=${settled(value)}
      aria-describedby=${describedBy(field)} aria-invalid=${option.problem !== undefined} @change=${change}>
    ${unit ? html`<span class="affix">${unit}</span>` : nothing}
    ${range ? html`<span class="quiet range-words">${range}</span>` : nothing}
  </div>`;
}

function text(field: Field, { multiline, maxLength, suggestions = [] }: Control<"text">): TemplateResult {
  const { id, option, set } = field;
  const value = String(option.value ?? "");
  const change = (event: Event) => set((event.target as HTMLInputElement).value || undefined);
  return multiline
    ? html`<textarea id=${id} rows="2" dir="auto" maxlength=${maxLength ?? nothing} .value=${settled(value)}
        aria-describedby=${describedBy(field)} aria-invalid=${option.problem !== undefined} @change=${change}></textarea>`
    : html`<input type="text" id=${id} dir="auto" maxlength=${maxLength ?? nothing} .value=${settled(value)} autocomplete="off"
        list=${suggestions.length > 0 ? `${id}-suggestions` : nothing}
        aria-describedby=${describedBy(field)} aria-invalid=${option.problem !== undefined} @change=${change}>
        ${
          suggestions.length > 0
            ? html`<datalist id=${`${id}-suggestions`}>${suggestions.map((each) => html`<option value=${each}></option>`)}</datalist>`
            : nothing
        }`;
}

function seed(field: Field, { min = 0, max = largestSeed }: Control<"seed">): TemplateResult {
  const { id, option, set, store } = field;
  // The standard one is none: left out, or -1 where a vendor writes it so.
  const locked = option.changed;
  const label = store.text(locked ? "unlockSeed" : "lockSeed");
  const least = Math.max(0, min);
  const draw = () => Math.floor(least + Math.random() * (max - least + 1));
  return html`<div class="number-row">
    <input type="number" id=${id} class="seed" min=${min} max=${max} step="1" placeholder=${store.text("seedRandom")}
      .value=${settled(locked ? String(option.value) : "")} aria-describedby=${describedBy(field)} aria-invalid=${option.problem !== undefined}
      @change=${(event: Event) => {
        const { valueAsNumber } = event.target as HTMLInputElement;
        set(Number.isNaN(valueAsNumber) ? undefined : valueAsNumber);
      }}>
    <button type="button" class="tool lock" aria-pressed=${locked} title=${label} aria-label=${store.text("lockSeed")}
      @click=${() => set(locked ? undefined : draw())}>${icon(locked ? "lock" : "unlock")}</button>
  </div>`;
}
