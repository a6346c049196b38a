/** From here on up a picture is in the higher of two price tiers, where a model has two (contract §6). */
const tierPixels = 2_610_000;

/** What one picture costs at one price list, in major units. */
export interface ImagePrice {
  currency: "CNY" | "USD";
  /** Per picture of at most 2.61 million pixels. */
  low: number;
  /** Per larger picture, where that differs. */
  high?: number;
  /** Per input picture beyond the first `free` ones. */
  input?: { each: number; free: number };
  /** Per layer; absent: not known. */
  layer?: { low: number; high: number };
}

/** Prices of a model by price list; a list that is absent was not found. */
export type ImagePrices = { readonly cn?: ImagePrice; readonly intl?: ImagePrice };

/** Price of one picture with that many pixels. */
export function perImage(price: ImagePrice, pixels: number): number {
  return tier(price, pixels);
}

/** Price of one layer when the picture has that many pixels; undefined where it is not known. */
export function perLayer(price: ImagePrice, pixels: number): number | undefined {
  return price.layer && tier(price.layer, pixels);
}

function tier(price: { low: number; high?: number }, pixels: number): number {
  return pixels > tierPixels ? (price.high ?? price.low) : price.low;
}

/** Price of the input pictures of one call. */
export function forInputs(price: ImagePrice, count: number): number {
  return price.input ? Math.max(0, count - price.input.free) * price.input.each : 0;
}

/** Free of the noise of binary fractions: prices have at most four decimals. */
export function rounded(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}
