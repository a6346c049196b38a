import type { Estimate, EstimateInput } from "../../../model/catalog.ts";
import type { BodyObject } from "../../wire/body.ts";
import { named, productOf, promptField, sizeFields } from "../build.ts";
import { linkedReferences } from "../inputs.ts";
import * as option from "../options.ts";
import { perImage } from "../prices.ts";
import type { Ask, Product } from "../product.ts";
import { areas, largeSizes } from "./sizes.ts";

/** Pictures that come and go together are at most so many (contract §6.1). */
const maxTogether = 15;

const models = [
  { id: "jimeng-4.0", name: "Jimeng 4.0", key: "jimeng_t2i_v40", references: 10, scale: [0, 1, 0.5] },
  {
    id: "jimeng-4.6",
    name: "Jimeng 4.6",
    key: "jimeng_seedream46_cvtob",
    references: 14,
    scale: [1, 100, 50],
  },
] as const;

const operations = ["text-to-image", "image-to-image", "images-to-image"] as const;

/** The newest generation: from words, and from pictures, which it takes as links only (contract §4, §6.1). */
export const jimeng4Products: readonly Product[] = models.flatMap(({ id, name, key, references, scale }) =>
  operations.map((operation) => {
    const [low, high] = {
      "text-to-image": [0, 0],
      "image-to-image": [1, 1],
      "images-to-image": [2, references],
    }[operation] as [number, number];
    const [min, max, otherwise] = scale;
    return productOf({
      model: { id, name },
      operation,
      key,
      call: { pair: "sync2async" },
      result: ["return_url", "logo_info", "aigc_meta"],
      prompt: "required",
      inputs: high > 0 ? [linkedReferences(low, high)] : [],
      options: {
        size: option.size(largeSizes, "2K"),
        onlyOne: option.flag("onlyOne", true, { level: "basic", cost: true }),
        scale:
          id === "jimeng-4.6"
            ? option.integer("scale", min, max, otherwise)
            : option.scale(min, max, otherwise),
        narrowest: option.number("narrowest", 1 / 3, 1, 1 / 3),
        widest: option.number("widest", 1, 3, 3),
      },
      body,
      estimate,
    });
  }),
);

function body(ask: Ask): BodyObject {
  const { options } = ask;
  const references = ask.files("reference").flatMap(({ url }) => url ?? []);
  const area = areas[String(options.size)];
  return {
    ...promptField(ask),
    ...(references.length > 0 ? { image_urls: references } : {}),
    ...(area === undefined ? sizeFields(options) : { size: area }),
    ...named(options, {
      scale: "scale",
      onlyOne: "force_single",
      narrowest: "min_ratio",
      widest: "max_ratio",
    }),
  };
}

function estimate({ options, inputCount }: EstimateInput): Estimate {
  return options.onlyOne === false ? perImage("picture", 1, maxTogether - inputCount) : perImage("picture");
}
