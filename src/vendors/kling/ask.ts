import type { InputRole } from "../../model/request.ts";
import type { VendorContext, VendorRequest } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { idOf } from "./inputs.ts";
import { listElements } from "./library/elements.ts";
import { listVoices } from "./library/voices.ts";
import { hasNames, isId, listed, mention } from "./names.ts";
import type { Ask, Product } from "./product.ts";

/** An ask whose prompt still names things as the user wrote them. `write` says how either generation of the API names them. */
export interface OpenAsk extends Omit<Ask, "prompt"> {
  prompt(write: (name: string) => string): string;
}

/** How a legacy request and a newer one name the first element: `<<<element_1>>>`, `@element_1` (contract §3). */
export const legacyMention = (name: string) => `<<<${name}>>>`;
export const newerMention = (name: string) => `@${name}`;

/** What a request asks for, with the names in it looked up: free reads, and only where there are names. */
export async function askOf(
  request: VendorRequest,
  product: Product,
  context: VendorContext,
): Promise<OpenAsk> {
  checkIds(request, product);
  const files = (role: InputRole) => request.inputs.filter((input) => input.role === role);
  const asked = {
    model: request.modelOverride ?? request.model,
    options: request.options,
    voices: await voicesOf(request, context),
    files,
  };
  if (!product.mentions) return { ...asked, elements: [], prompt: () => request.prompt };
  const limit = product.elements ?? 0;
  const ids = limit > 0 ? await elementIds(request, context) : new Map<string, string>();
  const first = limit > 0 ? listed(request.options.elements) : [];
  const missing = first.find((name) => !ids.has(name));
  const { found, unknown } = mention(request.prompt, [...ids.keys()], first, legacyMention);
  const astray = limit > 0 ? (missing ?? unknown) : undefined;
  if (astray !== undefined) throw refused("unknownElement", astray);
  if (found.length > limit) throw refused("tooManyElements", found[limit]);
  return {
    ...asked,
    elements: found.map((name) => ids.get(name) ?? ""),
    prompt: (write) => mention(request.prompt, [...ids.keys()], first, write).prompt,
  };
}

/** Name -> id of the elements a request may mean; an id stands for itself. */
async function elementIds(
  { options, prompt }: VendorRequest,
  context: VendorContext,
): Promise<Map<string, string>> {
  const given = listed(options.elements);
  const ids = new Map(given.filter(isId).map((id) => [id, id]));
  if (given.every(isId) && !hasNames(prompt, given)) return ids;
  for (const { name, id } of await listElements(context)) if (!ids.has(name)) ids.set(name, id);
  return ids;
}

async function voicesOf({ options }: VendorRequest, context: VendorContext): Promise<string[]> {
  const given = listed(options.voices);
  if (given.every(isId)) return given;
  const known = await listVoices(context);
  return given.map((name) => {
    const id = isId(name) ? name : known.find((voice) => voice.name === name)?.id;
    if (id === undefined) throw refused("unknownVoice", name);
    return id;
  });
}

/** Where only an id of the vendor's own can stand, anything else is refused before it is sent. */
function checkIds({ inputs }: VendorRequest, { profile }: Product): void {
  for (const slot of profile.inputs) {
    for (const input of inputs.filter(({ role }) => role === slot.role)) {
      if (slot.takes === "link" && input.url === undefined) throw refused("needsVendorId", input.name);
      const id = idOf(input.url);
      if (slot.ids === "only" && id === undefined) throw refused("needsVendorId", input.name);
    }
  }
}

function refused(
  next: "unknownElement" | "unknownVoice" | "tooManyElements" | "needsVendorId",
  field = "",
): VendorError {
  return new VendorError({
    reason: "invalid",
    sent: "no",
    retryable: false,
    next,
    ...(field ? { field } : {}),
  });
}
