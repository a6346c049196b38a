import type { InputSlot, ModelOperation, Problem } from "../../../model/catalog.ts";
import type { OptionValues } from "../../../model/options.ts";
import { type BodyObject, Digits } from "../../wire/body.ts";
import { pictures } from "../inputs.ts";
import { listed } from "../names.ts";
import { type Check, countOf, problem } from "../product.ts";
import { promptProblems } from "../shots.ts";

/** Longest a picture may take, queue included (contract §2). */
const imageDeadlineMs = 30 * 60_000;

/** Pictures and elements together (contract §5). */
export const maxReferences = 10;

/** A profile of a picture product: its prompt is checked like any other. */
export function profileOf(
  parts: Pick<ModelOperation, "options" | "inputs" | "prompt" | "estimate"> & { check?: Check },
): ModelOperation {
  const { check, ...rest } = parts;
  return {
    ...rest,
    deadlineMs: imageDeadlineMs,
    check: (request) => [...promptProblems(request), ...(check?.(request) ?? [])],
  };
}

/** How many pictures are asked for. */
export const countOption = ({ count }: OptionValues) => Number(count ?? 1);
/** Reference pictures, in the order the prompt counts them. */
export const referenceSlot = (min: number, max: number): InputSlot => pictures("reference", min, max);

/** Pictures and elements together are limited. */
export function referenceCheck(request: Parameters<Check>[0]): Problem[] {
  const actual = countOf(request, "reference") + listed(request.options.elements).length;
  return actual > maxReferences
    ? [problem("tooManyReferences", "elements", { limit: maxReferences, actual })]
    : [];
}

/** `element_list`, where there are any. */
export function elementList(elements: readonly string[]): BodyObject {
  return elements.length > 0 ? { element_list: elements.map((id) => ({ element_id: new Digits(id) })) } : {};
}

/** `resolution` and `aspect_ratio`, where the product has them. */
export function sizeFields({ ratio, resolution }: OptionValues): BodyObject {
  return {
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { aspect_ratio: ratio }),
  };
}
