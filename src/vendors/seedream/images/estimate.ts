import type { Estimate, EstimateInput } from "../../../model/catalog.ts";
import type { ImageOperation } from "./options.ts";
import { forInputs, type ImagePrice, perImage, perLayer, rounded } from "./prices.ts";
import type { ImageProfile } from "./profiles.ts";
import { pixelRange } from "./sizes.ts";

/**
 * What a request will cost (contract §6). `low` to `high` because the model may return fewer pictures of a group than asked
 * for, because layers are not known before, and because `auto` does not say the size.
 */
export function estimateImages(
  profile: ImageProfile,
  operation: ImageOperation,
  { options, inputCount, region }: EstimateInput,
): Estimate {
  const price = region === "other" ? undefined : profile.prices[region];
  // What a web search costs was not found, so nothing is claimed about a request that may make some.
  if (!price || options.webSearch === true) return { kind: "unknown" };
  const pixels = pixelRange(String(options.size), profile.presets) ?? {
    least: profile.pixels.min,
    most: profile.pixels.max,
  };
  const inputs = forInputs(price, inputCount);
  const range =
    operation === "layers"
      ? layerRange(price, profile.layers ?? 0, pixels)
      : groupRange(price, Number(options.count ?? 1), pixels);
  if (!range) return { kind: "unknown" };
  return {
    kind: "money",
    low: rounded(range.low + inputs),
    high: rounded(range.high + inputs),
    currency: price.currency,
    basis: { unitPrice: perImage(price, pixels.most), per: "image", count: range.count },
  };
}

interface Pixels {
  least: number;
  most: number;
}

function groupRange(price: ImagePrice, count: number, pixels: Pixels) {
  return { low: perImage(price, pixels.least), high: count * perImage(price, pixels.most), count };
}

function layerRange(price: ImagePrice, layers: number, pixels: Pixels) {
  const [cheap, dear] = [perLayer(price, pixels.least), perLayer(price, pixels.most)];
  if (cheap === undefined || dear === undefined) return undefined;
  return {
    low: perImage(price, pixels.least) + cheap,
    high: perImage(price, pixels.most) + layers * dear,
    count: layers + 1,
  };
}
