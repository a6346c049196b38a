import type { OptionValues } from "../../../model/options.ts";
import { type BodyObject, fileFields } from "../../wire/body.ts";
import * as option from "../options.ts";
import { perImage } from "../prices.ts";
import type { Product } from "../product.ts";
import {
  countOption,
  elementList,
  maxReferences,
  profileOf,
  referenceCheck,
  referenceSlot,
  sizeFields,
} from "./shared.ts";

/** Pictures from text and from one picture (contract §5, generations). */
export const generationProducts: readonly Product[] = [
  {
    id: "kling-v3",
    name: "Kling 3.0",
    each: { text: 8, image: 8 },
    elements: maxReferences,
    faithful: false,
  },
  { id: "kling-v2-1", name: "Kling 2.1", each: { text: 4, image: 8 }, elements: 0, faithful: true },
].flatMap(({ id, name, each, elements, faithful }) =>
  (["text-to-image", "image-to-image"] as const).map((operation): Product => {
    const isFromImage = operation === "image-to-image";
    return {
      unit: "imageUnits",
      model: { id, name },
      operation,
      ...(elements > 0 ? { mentions: true, elements: isFromImage ? elements - 1 : elements } : {}),
      profile: profileOf({
        options: option.schemaOf({
          ratio: option.ratio(option.imageRatios),
          resolution: option.imageResolution(["1k", "2k"]),
          count: option.imageCount(),
          negativePrompt: !isFromImage && option.negativePrompt(),
          ...(isFromImage && faithful ? fidelity() : {}),
          elements: elements > 0 && option.elements(),
          ...option.watermark(),
        }),
        inputs: isFromImage ? [referenceSlot(1, 1)] : [],
        prompt: "required",
        check: referenceCheck,
        estimate: ({ options }) => perImage(isFromImage ? each.image : each.text, countOption(options)),
      }),
      legacy: {
        path: "/v1/images/generations",
        body: (ask) => ({
          model_name: ask.model,
          prompt: ask.prompt,
          ...(ask.options.negativePrompt ? { negative_prompt: String(ask.options.negativePrompt) } : {}),
          ...fileFields("image", ask.files("reference")),
          ...fidelityFields(ask.options),
          ...elementList(ask.elements),
          ...sizeFields(ask.options),
          n: countOption(ask.options),
        }),
      },
    };
  }),
);

function fidelity() {
  return {
    imageReference: option.choice("imageReference", ["none", "subject", "face"], "none"),
    imageFidelity: option.fraction("imageFidelity", 0.5),
    humanFidelity: option.fraction("humanFidelity", 0.45),
  };
}

function fidelityFields({ imageReference, imageFidelity, humanFidelity }: OptionValues): BodyObject {
  return {
    ...(imageReference !== undefined && imageReference !== "none" ? { image_reference: imageReference } : {}),
    ...(imageFidelity === undefined ? {} : { image_fidelity: imageFidelity }),
    ...(humanFidelity === undefined ? {} : { human_fidelity: humanFidelity }),
  };
}
