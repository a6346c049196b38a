import { html, nothing, svg, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { OptionView, SizeChoiceView } from "../../../studio/studioViews.ts";
import { settled } from "../settled.ts";
import { describedBy, type Field } from "./controls.ts";

type SizeControl = Extract<OptionView["control"], { kind: "size" }>;

/** Side of the square that a ratio is drawn in (px). */
const drawn = 18;

/** At most so many sizes stand in one row. */
const mostColumns = 6;

/** A name with more letters than this takes the room of two. */
const longName = 6;

/** Sizes by their ratio, drawn small, with the real pixels; and free width and height where the model takes them. */
export function sizeControl(field: Field, control: SizeControl): TemplateResult {
  const { id, option, set, store } = field;
  const value = String(option.value ?? "");
  const chosen = control.choices.find((choice) => choice.value === value);
  const [width, height] = pixelsOf(value, chosen);
  const apply = (event: Event) => {
    const row = (event.target as Element).closest(".size-free");
    const [w, h] = [...(row?.querySelectorAll("input") ?? [])].map((input) => input.valueAsNumber);
    if (w && h) set(`${Math.round(w)}x${Math.round(h)}`);
  };
  const side = (name: "widthLabel" | "heightLabel", pixels: number | undefined) =>
    html`<label class="side-of"><span class="quiet">${store.text(name)}</span><input type="number" min=${control.free?.minSide ?? 1}
      max=${control.free?.maxSide ?? nothing} step="1" .value=${settled(pixels === undefined ? "" : String(pixels))}
      aria-describedby=${describedBy(field)} aria-invalid=${option.problem !== undefined} @change=${apply}></label>`;
  return html`<div class="sizes" .style=${`--columns: ${columnsFor(control.choices)}`} role="radiogroup" aria-labelledby=${`${id}-label`} aria-describedby=${describedBy(field)}>
      ${control.choices.map((choice) => sizeChoice(choice, id, choice === chosen, () => set(choice.value)))}
    </div>
    ${
      control.free
        ? html`<div class="size-free" role="group" aria-label=${store.text("sizeCustom")}>
            ${side("widthLabel", width)}<span class="quiet" aria-hidden="true">×</span>${side("heightLabel", height)}<span class="affix">px</span>
          </div>`
        : width && height
          ? html`<p class="quiet pixels">${width} × ${height} px</p>`
          : nothing
    }`;
}

/** As many columns as make rows of about the same length. */
function columnsFor(choices: readonly SizeChoiceView[]): number {
  const cells = choices.reduce((sum, choice) => sum + (isLong(choice) ? 2 : 1), 0);
  return Math.ceil(cells / Math.ceil(cells / mostColumns));
}

function isLong({ ratio, label }: SizeChoiceView): boolean {
  return (ratio ?? label).length > longName;
}

function sizeChoice(
  choice: SizeChoiceView,
  name: string,
  chosen: boolean,
  choose: () => void,
): TemplateResult {
  const { width, height, label, ratio } = choice;
  const pixels = width && height ? `${width} × ${height} px` : "";
  // The label may say the pixels already.
  const words = ratio ?? label;
  return html`<label class="size ${isLong(choice) ? "long" : ""}" title=${pixels ? `${label} ${pixels}` : label}>
    <input type="radio" name=${name} .checked=${live(chosen)} @change=${choose} aria-label=${pixels ? `${words} · ${pixels}` : words}>
    ${shape(ratio ?? (width && height ? `${width}:${height}` : undefined))}<span>${words}</span>
  </label>`;
}

/** A ratio as a small frame; where there is none, a dashed one. */
function shape(ratio: string | undefined): TemplateResult {
  const [wide = 1, high = 1] = (ratio ?? "1:1").split(":").map(Number);
  const scale = (drawn - 2) / Math.max(wide, high);
  const [w, h] = [Math.max(3, wide * scale), Math.max(3, high * scale)];
  return html`<svg class="shape" width=${drawn} height=${drawn} viewBox="0 0 ${drawn} ${drawn}" aria-hidden="true">${svg`<rect
    x=${(drawn - w) / 2} y=${(drawn - h) / 2} width=${w} height=${h} rx="1.5" class=${ratio ? "" : "free"}></rect>`}</svg>`;
}

function pixelsOf(value: string, chosen: SizeChoiceView | undefined): [number?, number?] {
  if (chosen?.width && chosen.height) return [chosen.width, chosen.height];
  const [, width, height] = /^(\d+)[x×*](\d+)$/i.exec(value) ?? [];
  return width && height ? [Number(width), Number(height)] : [];
}
