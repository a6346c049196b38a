import type { OptionValues } from "../../../model/options.ts";
import { FilePart, fileFields } from "../../wire/body.ts";
import * as option from "../options.ts";
import { perImage } from "../prices.ts";
import { countOf, type Product, problem } from "../product.ts";
import { countOption, profileOf, referenceSlot, sizeFields } from "./shared.ts";

const roleChoices = ["subjects", "scene", "style", "sceneAndStyle"] as const;

/** Up to four subjects in one picture; the last of the pictures can be its scene or its style (contract §5). */
export const multiImageProduct: Product = {
  unit: "imageUnits",
  model: { id: "kling-v2-1", name: "Kling 2.1" },
  operation: "images-to-image",
  profile: profileOf({
    options: option.schemaOf({
      ratio: option.ratio(option.imageRatios),
      count: option.imageCount(),
      lastPictures: option.choice("lastPictures", roleChoices, "subjects", { level: "basic" }),
      ...option.watermark(),
    }),
    inputs: [referenceSlot(2, 6)],
    prompt: "optional",
    check: (request) => {
      const actual = countOf(request, "reference") - apart(request.options);
      if (actual > 4) return [problem("tooManySubjects", "reference", { limit: 4, actual })];
      return actual < 1 ? [problem("noSubject", "lastPictures")] : [];
    },
    estimate: ({ options }) => perImage(16, countOption(options)),
  }),
  legacy: {
    path: "/v1/images/multi-image2image",
    body: (ask) => {
      const files = ask.files("reference");
      const subjects = files.slice(0, files.length - apart(ask.options));
      const rest = files.slice(subjects.length);
      const scene = ask.options.lastPictures === "style" ? [] : rest.slice(0, 1);
      const style = rest.slice(scene.length);
      return {
        model_name: ask.model,
        ...(ask.prompt === "" ? {} : { prompt: ask.prompt }),
        subject_image_list: subjects.map((file) => ({ subject_image: new FilePart(file) })),
        ...fileFields("scene_image", scene),
        ...fileFields("style_image", style),
        n: countOption(ask.options),
        ...sizeFields(ask.options),
      };
    },
  },
};

/** How many of the last pictures are no subjects. */
function apart({ lastPictures }: OptionValues): number {
  if (lastPictures === "sceneAndStyle") return 2;
  return lastPictures === "scene" || lastPictures === "style" ? 1 : 0;
}
