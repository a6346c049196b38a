import type { InputSlot } from "./catalog.ts";
import type { InputRole, InputSource } from "./request.ts";

/** What kind of media an input is. */
export type InputKind = InputSlot["kind"];

/** Something given to a request, before it is known which of the model's slots it goes to. */
export interface GivenInput {
  kind: InputKind;
  source: Pick<InputSource, "kind">;
  /** What it is meant to be used for, if that was said or asked. */
  role?: InputRole;
}

/** An input with the role it has in the request. */
export type Assigned<T extends GivenInput> = T & { role: InputRole };

/**
 * Gives inputs to slots: one that names a slot of its kind goes there while there is room, the others in their order to the first
 * slot of their kind that still needs one, else to the first with room. `used` is in the order of the slots, and within a slot in
 * the order given; `left` have no place. A picture is a mask only if that was said.
 */
export function assignInputs<T extends GivenInput>(
  slots: readonly InputSlot[],
  given: readonly T[],
): { used: Assigned<T>[]; left: T[] } {
  const places = slots.map((slot) => ({ slot, held: new Set<T>() }));
  const left = new Set(given);
  const put = (item: T, accepts: (place: (typeof places)[number]) => boolean) => {
    const place = places.find((one) => fits(one.slot, item.kind) && accepts(one));
    if (place && left.delete(item)) place.held.add(item);
  };
  for (const item of given) put(item, ({ slot, held }) => slot.role === item.role && held.size < slot.max);
  const isOpen = ({ slot }: (typeof places)[number]) => slot.role !== "mask";
  for (const item of given)
    if (left.has(item)) put(item, (place) => isOpen(place) && place.held.size < place.slot.min);
  for (const item of given)
    if (left.has(item)) put(item, (place) => isOpen(place) && place.held.size < place.slot.max);
  const used = places.flatMap(({ slot, held }) =>
    given.filter((item) => held.has(item)).map((item) => ({ ...item, role: slot.role })),
  );
  return { used, left: given.filter((item) => left.has(item)) };
}

/** Every kind of media that can stand in a slot. */
export function kindsOf({ kind, also = [] }: Pick<InputSlot, "kind" | "also">): readonly InputKind[] {
  return [kind, ...also];
}

/** True if media of this kind can stand in the slot. */
export function fits(slot: Pick<InputSlot, "kind" | "also">, kind: string): boolean {
  return kindsOf(slot).some((each) => each === kind);
}

/** True if the slot cannot take this input as it is: the vendor fetches it from a public link, and this is a file. */
export function needsLink(slot: InputSlot, input: GivenInput): boolean {
  return slot.takes === "link" && input.source.kind !== "link";
}

/** How well inputs suit an operation's slots, worst thing first: those with no place, those missing, those that must be links. */
export function misfit(slots: readonly InputSlot[], given: readonly GivenInput[]): [number, number, number] {
  const { used, left } = assignInputs(slots, given);
  const missing = slots.map(({ role, min }) =>
    Math.max(0, min - used.filter((one) => one.role === role).length),
  );
  const blocked = used.filter((one) => slots.some((slot) => slot.role === one.role && needsLink(slot, one)));
  return [left.length, missing.reduce((sum, count) => sum + count, 0), blocked.length];
}
