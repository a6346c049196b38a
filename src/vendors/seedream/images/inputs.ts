import type { InputLimits, InputSlot } from "../../../model/catalog.ts";
import type { ImageOperation } from "./options.ts";
import type { ImageProfile } from "./profiles.ts";

/** What a reference picture must be like (contract §2.3). */
const referenceLimits: InputLimits = {
  types: [
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/bmp",
    "image/tiff",
    "image/gif",
    "image/heic",
    "image/heif",
  ],
  maxBytes: 30 * 1024 * 1024,
  minSide: 15,
  minPixels: 196,
  maxPixels: 36_000_000,
  minRatio: 1 / 16,
  maxRatio: 16,
};

/** What a picture to be taken apart into layers must be like (contract §2.4). */
const layerSourceLimits: InputLimits = {
  ...referenceLimits,
  types: ["image/png", "image/jpeg"],
  minSide: 512,
  maxSide: 6000,
};

/** The pictures an operation takes, in the order the prompt counts them: Image 1, Image 2… */
export function inputSlots(profile: ImageProfile, operation: ImageOperation): InputSlot[] {
  const picture = { kind: "image", takes: "either" } as const;
  switch (operation) {
    case "text-to-image":
      return [];
    case "image-to-image":
      return [{ ...picture, role: "reference", min: 1, max: 1, limits: referenceLimits }];
    case "images-to-image":
      return [{ ...picture, role: "reference", min: 2, max: profile.maxReferences, limits: referenceLimits }];
    case "layers":
      return [{ ...picture, role: "source", min: 1, max: 1, limits: layerSourceLimits }];
  }
}
