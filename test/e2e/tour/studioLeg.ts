import { vendorEntry } from "../../../src/vendors/catalog.ts";
import { linkFor, pasted } from "./givens.ts";
import type { Given, Leg } from "./legs.ts";
import type { Tour } from "./tour.ts";

/** Whether an operation of a vendor takes words. */
async function takesWords({ operation, vendors: [vendor] }: Leg): Promise<boolean> {
  const { models = [] } = (await vendorEntry(vendor)?.load()) ?? {};
  return models.find((model) => model.operations[operation])?.operations[operation]?.prompt !== "none";
}

/** Writes a leg in the Studio and sends it; what comes of it is not waited for. `earlier`: the prompt of an earlier leg. */
export async function sendFromStudio(
  tour: Tour,
  leg: Leg,
  prompt: string,
  earlier: (leg: Given & { by: "earlier" }) => string,
): Promise<void> {
  const { studio } = tour;
  const [first, ...others] = leg.vendors.map((id) => tour.vendor(id));
  await studio.fresh();
  await studio.operation(leg.operation);
  await studio.vendors(first ?? "", ...others);
  for (const [index, given] of (leg.given ?? []).entries()) {
    if (given.by === "paste") await studio.paste(...given.files.map(pasted));
    if (given.by === "link") await studio.link(given.role, linkFor(leg, given.ending, index));
    if (given.by === "earlier") await studio.earlier(given.role, earlier(given));
  }
  if (await takesWords(leg)) await studio.prompt(prompt);
  await tour.lookAtPage(`the Studio: ${leg.operation}`, await studio.frame());
  await studio.send();
}
