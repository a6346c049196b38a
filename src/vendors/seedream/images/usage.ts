import { z } from "zod";
import type { EstimateInput } from "../../../model/catalog.ts";
import type { Usage } from "../../contract.ts";
import type { ImageOperation } from "./options.ts";
import { forInputs, type ImagePrice, perImage, perLayer, rounded } from "./prices.ts";
import type { ImageProfile } from "./profiles.ts";

const count = z.number().optional().catch(undefined);

const usageSchema = z.object({
  generated_images: count,
  total_tokens: count,
  input_images: count,
  tool_usage: z.object({ web_search: count }).optional().catch(undefined),
});

/** A picture that came back: its pixels if the vendor stated them, and whether it is a layer above the base. */
export interface Delivered {
  pixels: number | undefined;
  layer: boolean;
}

/**
 * What a call used (contract §2.5, §6): counts as the vendor states them, money from the price of each picture that came. No money where a
 * price is not known. `stated` may be absent: a broken stream has no counts, but its pictures are billed all the same.
 */
export function usageOf(
  stated: unknown,
  delivered: readonly Delivered[],
  profile: ImageProfile,
  operation: ImageOperation,
  call: { region: EstimateInput["region"]; inputCount: number },
): Usage {
  const usage = usageSchema.safeParse(stated).data ?? {};
  const units: Record<string, number> = {
    images: usage.generated_images ?? delivered.length,
    inputImages: usage.input_images ?? 0,
    tokens: usage.total_tokens ?? 0,
    webSearches: usage.tool_usage?.web_search ?? 0,
  };
  const known = Object.fromEntries(
    Object.entries(units).filter(([name, value]) => name === "images" || value > 0),
  );
  const price = call.region === "other" ? undefined : profile.prices[call.region];
  if (!price || (units.webSearches ?? 0) > 0) return { units: known };
  const amount = billFor(price, delivered, units.images ?? 0, operation);
  if (amount === undefined) return { units: known };
  const inputs = delivered.length > 0 ? forInputs(price, call.inputCount) : 0;
  return { units: known, money: { amount: rounded(amount + inputs), currency: price.currency } };
}

function billFor(
  price: ImagePrice,
  delivered: readonly Delivered[],
  billed: number,
  operation: ImageOperation,
): number | undefined {
  // The vendor bills by its own count; when that is not what arrived, nothing is claimed.
  if (billed !== delivered.length) return undefined;
  const base = delivered.find(({ layer }) => !layer);
  let total = 0;
  for (const { pixels, layer } of delivered) {
    const tiered = operation === "layers" ? base?.pixels : pixels;
    if (tiered === undefined && price.high !== undefined) return undefined;
    const each = layer ? perLayer(price, tiered ?? 0) : perImage(price, tiered ?? 0);
    if (each === undefined) return undefined;
    total += each;
  }
  return total;
}
