import type { Model } from "../../../model/catalog.ts";
import type { ImagePrices } from "./prices.ts";
import { litePresets, type Preset, proPresets, seedream40Presets, seedream45Presets } from "./sizes.ts";

/**
 * What one Seedream model takes, as data (contract §1.1, §2.1, §2.2, §2.4, §6). A field that the profile does not grant is
 * never sent: newer models refuse it even with its default value.
 */
export interface ImageProfile {
  id: string;
  name: string;
  /** What is sent as the model, by price list: the Chinese and the international service name them differently. */
  ids: { readonly cn: string; readonly intl: string };
  preview?: boolean;
  retires?: NonNullable<Model["retires"]>;
  presets: readonly Preset[];
  pixels: { readonly min: number; readonly max: number };
  maxReferences: number;
  /** Groups of pictures in one call, and with them streaming. */
  groups?: boolean;
  /** Whether the output format can be chosen, and the vendor's default. 4.x always answers JPEG and takes no such field. */
  defaultFormat?: "png" | "jpeg";
  /** Whether prompt optimisation can be made `fast`. */
  fast?: boolean;
  webSearch?: boolean;
  /** `edit`: only of one PNG that is transparent somewhere; `any`: also from text. */
  transparent?: "edit" | "any";
  defaultBackground?: "opaque" | "auto";
  /** Most layers beside the base picture. */
  layers?: number;
  /** Points and boxes can be written into the prompt. */
  regions?: boolean;
  prices: ImagePrices;
}

/**
 * Every Seedream model that serves. The first is what a new user gets: in service without a doubt, with known prices and with
 * groups; second-hand knowledge comes last. Seedream 3.0 and SeedEdit 3.0 are shut (they answer 404 and their limits
 * are not documented any more), so they are not in the list.
 */
export const imageProfiles: readonly ImageProfile[] = [
  {
    id: "seedream-4-5",
    name: "Seedream 4.5",
    ids: { cn: "doubao-seedream-4-5-251128", intl: "seedream-4-5-251128" },
    presets: seedream45Presets,
    pixels: { min: 3_686_400, max: 16_777_216 },
    maxReferences: 14,
    groups: true,
    prices: { cn: { currency: "CNY", low: 0.25 }, intl: { currency: "USD", low: 0.04 } },
  },
  {
    id: "seedream-5-0-lite",
    name: "Seedream 5.0 lite",
    ids: { cn: "doubao-seedream-5-0-lite-260128", intl: "seedream-5-0-lite-260128" },
    ...lite(),
  },
  {
    id: "seedream-5-0-pro",
    name: "Seedream 5.0 pro",
    ids: { cn: "doubao-seedream-5-0-pro-260628", intl: "dola-seedream-5-0-pro-260628" },
    presets: proPresets,
    pixels: { min: 921_600, max: 4_624_220 },
    maxReferences: 10,
    defaultFormat: "jpeg",
    fast: true,
    transparent: "edit",
    defaultBackground: "opaque",
    layers: 16,
    regions: true,
    prices: {
      cn: { currency: "CNY", low: 0.3, high: 0.6, input: { each: 0.02, free: 1 } },
      intl: {
        currency: "USD",
        low: 0.045,
        high: 0.09,
        input: { each: 0.003, free: 1 },
        layer: { low: 0.0225, high: 0.045 },
      },
    },
  },
  {
    id: "seedream-5-0-flash",
    name: "Seedream 5.0 flash",
    ids: { cn: "doubao-seedream-5-0-flash-260915", intl: "dola-seedream-5-0-flash-260915" },
    presets: proPresets,
    pixels: { min: 921_600, max: 4_624_220 },
    maxReferences: 10,
    defaultFormat: "jpeg",
    transparent: "edit",
    defaultBackground: "opaque",
    layers: 16,
    regions: true,
    prices: { intl: { currency: "USD", low: 0.018 } },
  },
  {
    id: "seedream-4-0",
    name: "Seedream 4.0",
    ids: { cn: "doubao-seedream-4-0-250828", intl: "seedream-4-0-250828" },
    presets: seedream40Presets,
    pixels: { min: 921_600, max: 16_777_216 },
    maxReferences: 14,
    groups: true,
    fast: true,
    prices: { cn: { currency: "CNY", low: 0.2 }, intl: { currency: "USD", low: 0.03 } },
  },
  {
    // The same model under its first id. Kept because a key can be limited to it, and because the day it ends is only
    // a reseller's word; whether the id above ends with it is not known.
    id: "seedream-5-0",
    name: "Seedream 5.0 lite (5-0-260128)",
    ids: { cn: "doubao-seedream-5-0-260128", intl: "seedream-5-0-260128" },
    retires: { on: "2026-11-24", source: "reported" },
    ...lite(),
  },
  {
    id: "seedream-5-5",
    name: "Seedream 5.5",
    ids: { cn: "doubao-seedream-5-5-261028", intl: "dola-seedream-5-5-261028" },
    preview: true,
    presets: proPresets,
    pixels: { min: 921_600, max: 4_624_220 },
    maxReferences: 10,
    defaultFormat: "png",
    transparent: "any",
    defaultBackground: "auto",
    layers: 99,
    prices: { intl: { currency: "USD", low: 0.02, high: 0.035, input: { each: 0.008, free: 0 } } },
  },
];

function lite() {
  return {
    presets: litePresets,
    pixels: { min: 3_686_400, max: 16_777_216 },
    maxReferences: 14,
    groups: true,
    defaultFormat: "jpeg",
    webSearch: true,
    prices: { cn: { currency: "CNY", low: 0.22 }, intl: { currency: "USD", low: 0.035 } },
  } as const satisfies Partial<ImageProfile>;
}
