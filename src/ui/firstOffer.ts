import type { ChosenInput } from "../inputs.ts";
import { misfit } from "../model/assign.ts";
import type { OperationId } from "../model/operations.ts";
import type { Keyring } from "../secrets/keyring.ts";
import type { Choices } from "./choices.ts";
import { keyedEntries } from "./credentialSteps.ts";
import type { Offer } from "./offers.ts";

/** Ids of the vendors that a key is kept of. */
export async function keyedVendors(keyring: Pick<Keyring, "has">): Promise<Set<string>> {
  const keyed = new Set<string>();
  for (const entry of keyedEntries) if (await keyring.has(entry)) keyed.add(entry.id);
  return keyed;
}

/** Ids of the vendors that can be asked as things stand: those a key is kept of, and without trust none of them. */
export async function usableVendors(keyring: Pick<Keyring, "has">, isTrusted: boolean): Promise<Set<string>> {
  return isTrusted ? keyedVendors(keyring) : new Set();
}

/** True for an offer of a vendor that needs no key. */
export function isFree({ entry }: Offer): boolean {
  return entry.credentials.length === 0;
}

/**
 * What suits the inputs best, of a `usable` vendor or one that needs no key if there is one; of those, in the order of the
 * operations, what was used last, else the first that is usable, else what needs no key.
 */
export function firstOffer(
  choices: Choices,
  usable: ReadonlySet<string>,
  operations: readonly OperationId[],
  offers: readonly Offer[],
  inputs: readonly ChosenInput[],
): Offer | undefined {
  const [best] = offers.map(({ profile }) => misfit(profile.inputs, inputs)).sort(compare);
  const suitable = offers.filter(({ profile }) => compare(misfit(profile.inputs, inputs), best ?? []) === 0);
  const ready = suitable.filter((offer) => isFree(offer) || usable.has(offer.entry.id));
  const pool = ready.length > 0 ? ready : suitable;
  const operation = operations.find((one) => pool.some((offer) => offer.operation === one));
  if (operation === undefined) return undefined;
  const fitting = pool.filter((offer) => offer.operation === operation);
  const remembered = choices.offer(operation, fitting);
  return (
    remembered ?? fitting.find(({ entry }) => usable.has(entry.id)) ?? fitting.find(isFree) ?? fitting[0]
  );
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((count, index) => count - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
