import type { z } from "zod";
import type { OptionsSchema } from "../../../model/options.ts";
import * as option from "../options.ts";
import type { VideoField, VideoForm } from "./form.ts";
import { sizeRule, wide } from "./sizes.ts";

/** Options of a model for one operation: exactly the parameters it takes (contract §6). */
export function videoOptions(form: VideoForm): OptionsSchema {
  const { by, values } = form.fineness;
  const [first = "720P"] = values;
  const { ratio, duration } = form;
  const fields: Record<string, z.ZodType | false | undefined> = {
    size: by === "size" && option.size(sizeRule(values), wide(first)),
    resolution: by === "resolution" && values.length > 1 && option.resolution(values, first),
    ratio: ratio && option.ratio(ratio.values, ratio.otherwise),
    duration: duration && option.duration(duration, duration.text),
  };
  for (const field of form.fields) fields[field] = fieldOption(field);
  return option.schemaOf(fields);
}

function fieldOption(field: VideoField): z.ZodType {
  switch (field) {
    case "negativePrompt":
      return option.negativePrompt();
    case "promptExtension":
      return option.promptExtension(true);
    case "watermark":
      return option.watermark();
    case "seed":
      return option.seed();
    case "sound":
      return option.flag("sound", true, { level: "basic", cost: true });
    case "shotType":
      return option.choice("shotType", ["single", "multi"], "single");
    case "template":
      return option.words("videoTemplate", 100);
    case "audioSetting":
      return option.choice("audioSetting", ["auto", "origin"], "auto", { level: "basic" });
  }
}
