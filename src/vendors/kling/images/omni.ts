import type { OptionValues } from "../../../model/options.ts";
import { type BodyObject, FilePart } from "../../wire/body.ts";
import * as option from "../options.ts";
import { perImage } from "../prices.ts";
import { type Product, problem } from "../product.ts";
import {
  countOption,
  elementList,
  maxReferences,
  profileOf,
  referenceCheck,
  referenceSlot,
  sizeFields,
} from "./shared.ts";

const seriesChoices = ["off", "auto", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Pictures from text, pictures and elements together, single or as a series that belongs together (contract §5, omni-image). */
export const omniImageProducts: readonly Product[] = [
  { id: "kling-v3-omni", name: "Kling 3.0 Omni", resolutions: ["1k", "2k", "4k"], series: true },
  { id: "kling-image-o1", name: "Kling Image O1", resolutions: ["1k", "2k"], series: false },
].flatMap(({ id, name, resolutions, series }) =>
  (["text-to-image", "image-to-image", "images-to-image"] as const).map((operation): Product => {
    const [min, max] = { "text-to-image": [0, 0], "image-to-image": [1, 1], "images-to-image": [2, 10] }[
      operation
    ];
    return {
      unit: "imageUnits",
      model: { id, name },
      operation,
      mentions: true,
      elements: maxReferences - (min ?? 0),
      profile: profileOf({
        options: option.schemaOf({
          ratio: option.ratio(["auto", ...option.imageRatios]),
          resolution: option.imageResolution(resolutions),
          count: option.imageCount(),
          series: series && option.choice("series", seriesChoices, "off"),
          elements: option.elements(),
          ...option.watermark(),
        }),
        inputs: max ? [referenceSlot(min ?? 0, max)] : [],
        prompt: "required",
        check: (request) => [
          ...referenceCheck(request),
          ...((request.options.series ?? "off") !== "off" && countOption(request.options) > 1
            ? [problem("seriesOrCount", "count")]
            : []),
        ],
        estimate: ({ options }) => {
          const each = options.resolution === "4k" ? 16 : 8;
          if (options.series !== "auto") return perImage(each, seriesLength(options));
          const [least, most] = [perImage(each, 2), perImage(each, 9)];
          return least.kind === "units" && most.kind === "units" ? { ...most, low: least.low } : most;
        },
      }),
      legacy: {
        path: "/v1/images/omni-image",
        body: (ask) => ({
          model_name: ask.model,
          prompt: ask.prompt,
          ...(ask.files("reference").length > 0
            ? { image_list: ask.files("reference").map((file) => ({ image: new FilePart(file) })) }
            : {}),
          ...elementList(ask.elements),
          ...sizeFields(ask.options),
          ...seriesFields(ask.options),
        }),
      },
    };
  }),
);

function seriesLength(options: OptionValues): number {
  return Number(options.series) || countOption(options);
}

/** `n` counts for single pictures, `series_amount` for a series. */
function seriesFields(options: OptionValues): BodyObject {
  const { series } = options;
  if (series === undefined) return { n: countOption(options) };
  if (series === "off") return { result_type: "single", n: countOption(options) };
  return { result_type: "series", series_amount: series === "auto" ? "auto" : Number(series) };
}
