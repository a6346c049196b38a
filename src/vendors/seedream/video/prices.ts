/** Price of a million tokens at one resolution, in major units; absent: not known. */
interface TokenPrice {
  /** Of a clip with sound, or of any where sound does not matter. */
  plain: number;
  /** Where no sound is made, if that is cheaper. */
  silent?: number;
  /** Where a video goes in. */
  video?: number;
}

/** What a model costs on one price list, by resolution (contract §6). */
export interface VideoPrice {
  currency: "CNY" | "USD";
  tokens: Readonly<Record<string, TokenPrice>>;
}

/** Prices of a model by price list; a list that is absent was not found. */
export type VideoPrices = { readonly cn?: VideoPrice; readonly intl?: VideoPrice };

/** What decides the price of a clip's tokens. */
export interface Billed {
  resolution: string;
  /** Made with sound. */
  sound: boolean;
  /** A video goes in. */
  video: boolean;
  /** On the offline tier, at half the price. */
  flex: boolean;
}

/** Price of a million tokens; undefined where it is not known. */
export function tokenPrice(price: VideoPrice, billed: Billed): number | undefined {
  const tier = price.tokens[billed.resolution];
  if (!tier) return undefined;
  const each = billed.video ? tier.video : billed.sound ? tier.plain : (tier.silent ?? tier.plain);
  return each === undefined ? undefined : each * (billed.flex ? 0.5 : 1);
}

/** The same price at several resolutions. */
export function alike(
  price: TokenPrice,
  ...resolutions: readonly string[]
): Readonly<Record<string, TokenPrice>> {
  return Object.fromEntries(resolutions.map((resolution) => [resolution, price]));
}
