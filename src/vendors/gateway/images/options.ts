import type { z } from "zod";
import type { OptionsSchema } from "../../../model/options.ts";
import * as option from "../options.ts";
import type { ImageField, ImageForm, ImageProfile } from "./profiles.ts";

/** Most pictures of a sequence (contract §5, wan2.7-image). */
const sequenceLimit = 12;

const sourceLanguages = ["auto", "zh", "en", "ja", "ko", "fr", "de", "es", "it", "pt", "ru", "vi", "th"];

/** Options of a model for one of its forms: exactly the parameters it takes (contract §5), and how to wait where there is a choice. */
export function imageOptions(profile: ImageProfile, form: ImageForm): OptionsSchema {
  const most = form.fields.includes("sequential") ? sequenceLimit : form.count;
  const fields: Record<string, z.ZodType | false> = {
    size: form.sizes !== undefined && option.size(form.sizes.rule, form.sizes.otherwise),
    count: form.count > 1 && option.count(most),
  };
  for (const field of form.fields) Object.assign(fields, fieldOptions(field, profile));
  fields.asTask = form.families.length > 1 && option.flag("asTask", true);
  return option.schemaOf(fields);
}

function fieldOptions(field: ImageField, profile: ImageProfile): Record<string, z.ZodType> {
  switch (field) {
    case "negativePrompt":
      return { negativePrompt: option.negativePrompt() };
    case "promptExtension":
      return { promptExtension: option.promptExtension(!profile.extensionDoubles) };
    case "watermark":
      return { watermark: option.watermark() };
    case "seed":
      return { seed: option.seed() };
    case "thinking":
      return { thinking: option.flag("thinking", true) };
    case "sequential":
      return { sequential: option.flag("sequential", false, { level: "basic", cost: true }) };
    case "maxImages":
      return { maxImages: option.maxImages() };
    case "languages":
      return {
        sourceLanguage: option.choice("sourceLanguage", sourceLanguages, "auto", { level: "basic" }),
        targetLanguage: option.choice("targetLanguage", sourceLanguages.slice(1), "en", { level: "basic" }),
      };
  }
}
