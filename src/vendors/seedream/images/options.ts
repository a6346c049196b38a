import { z } from "zod";
import type { OptionMeta, OptionsSchema } from "../../../model/options.ts";
import type { ImageProfile } from "./profiles.ts";
import { sizeRule } from "./sizes.ts";

/** What is done with pictures, as far as the vendor's rules tell it apart. */
export type ImageOperation = "text-to-image" | "image-to-image" | "images-to-image" | "layers";

/** References and generated pictures together are at most this many in a group (contract §2.1). */
export const groupLimit = 15;

/** Where the vendor's own seeds end. -1 leaves the choice to the vendor. */
const maxSeed = 2_147_483_647;

function meta<T extends z.ZodType>(schema: T, about: OptionMeta): T {
  return schema.meta({ ...about });
}

/**
 * Options of a model for one operation (contract §2.1, §2.2, §2.4): exactly those it takes. `seed` is in the vendor's schema but
 * not in its documentation, so it is a best effort and sent only when it is 0 or more.
 */
export function imageOptions(profile: ImageProfile, operation: ImageOperation): OptionsSchema {
  return operation === "layers" ? layerOptions(profile) : pictureOptions(profile, operation);
}

function pictureOptions(profile: ImageProfile, operation: Exclude<ImageOperation, "layers">): OptionsSchema {
  const size = sizeRule(profile.presets, profile.pixels.min, profile.pixels.max);
  const fields: Record<string, z.ZodType> = {
    size: meta(z.string().default("2K"), { text: "size", level: "basic", size, cost: true }),
  };
  if (profile.groups) {
    const most = groupLimit - { "text-to-image": 0, "image-to-image": 1, "images-to-image": 2 }[operation];
    const count = z.int().min(1).max(most).default(1);
    fields.count = meta(count, { text: "groupCount", level: "basic", unit: "images", cost: true });
  }
  if (takesBackground(profile, operation)) {
    const values =
      profile.transparent === "any" ? ["auto", "opaque", "transparent"] : ["opaque", "transparent"];
    const background = z.enum(values).default(profile.defaultBackground ?? "opaque");
    fields.background = meta(background, { text: "background", level: "basic" });
  }
  if (profile.fast) {
    const mode = z.enum(["standard", "fast"]).default("standard");
    fields.promptOptimization = meta(mode, { text: "promptOptimization" });
  }
  if (profile.webSearch)
    fields.webSearch = meta(z.boolean().default(false), { text: "webSearch", cost: true });
  return z.object({ ...fields, ...deliveryOptions(profile), seed: seedOption() });
}

function layerOptions(profile: ImageProfile): OptionsSchema {
  const presets = ["auto", ...profile.presets.map(({ name }) => name)];
  return z.object({
    size: meta(z.string().default("auto"), {
      text: "layersSize",
      level: "basic",
      size: { presets, sizes: [] },
      cost: true,
    }),
    ...deliveryOptions(profile),
  });
}

function deliveryOptions(profile: ImageProfile): Record<string, z.ZodType> {
  const fields: Record<string, z.ZodType> = {};
  if (profile.defaultFormat) {
    fields.format = meta(z.enum(["png", "jpeg"]).default(profile.defaultFormat), { text: "format" });
  }
  fields.watermark = meta(z.boolean().default(false), { text: "watermark", cost: true });
  fields.delivery = meta(z.enum(["url", "b64_json"]).default("url"), { text: "delivery" });
  return fields;
}

function seedOption(): z.ZodType {
  return meta(z.int().min(-1).max(maxSeed).default(-1), { text: "seed" });
}

/** Whether the model can be asked for a transparent background here: it wants one input, or none where it can do without. */
function takesBackground(profile: ImageProfile, operation: ImageOperation): boolean {
  if (operation === "image-to-image") return profile.transparent !== undefined;
  return operation === "text-to-image" && profile.transparent === "any";
}
