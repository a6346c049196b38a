import type { Links } from "../links.ts";
import { invalid, Refusal } from "./errors.ts";
import { type Body, MOST_IMAGES } from "./fields.ts";
import type { ImageModel } from "./models.ts";
import { hasTransparentPixel, type Reference, readReference } from "./references.ts";

/** Total pixels of an image to be taken apart (contract ark §2.4). */
const LAYER_PIXELS = { least: 512 ** 2, most: 6000 ** 2 };

/** The input images of a request, decoded, and everything that is wrong with them (contract ark §2.3, §2.4). */
export function readInputs(body: Body, model: ImageModel, links: Links) {
  const refusals: Refusal[] = [];
  const references: Reference[] = [];
  const texts = listOf(body.image);
  if (texts === undefined) refusals.push(invalid("image", "expected a string or an array of strings"));
  else if (texts.length > model.references)
    refusals.push(invalid("image", `number of reference images cannot exceed ${model.references}`));
  else
    for (const text of texts)
      try {
        references.push(readReference(text, links));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refusals.push(error);
      }
  if (refusals.length === 0)
    for (const rule of [groupTotal, layerInput, transparency]) {
      const refusal = rule(body, model, references);
      if (refusal !== undefined) refusals.push(refusal);
    }
  return { references, refusals };
}

function listOf(image: unknown): string[] | undefined {
  if (image === undefined) return [];
  const list: unknown[] = Array.isArray(image) ? image : [image];
  return list.length > 0 && list.every((text) => typeof text === "string") ? list : undefined;
}

type InputRule = (body: Body, model: ImageModel, references: Reference[]) => Refusal | undefined;

const groupTotal: InputRule = (body, _model, references) => {
  const options = body.sequential_image_generation_options;
  const asked = (options as { max_images?: unknown } | undefined | null)?.max_images;
  return typeof asked === "number" && references.length + asked > MOST_IMAGES
    ? invalid(
        "sequential_image_generation_options.max_images",
        `the number of reference images and generated images cannot exceed ${MOST_IMAGES}`,
      )
    : undefined;
};

const layerInput: InputRule = (body, _model, references) => {
  if (body.layer_decomposition !== true) return undefined;
  const [image, another] = references;
  if (image === undefined || another !== undefined)
    return invalid("image", "layer decomposition requires exactly one input image");
  if (image.format !== "png" && image.format !== "jpeg")
    return invalid("image", "layer decomposition requires a png or jpeg image");
  const pixels = image.width * image.height;
  return pixels < LAYER_PIXELS.least || pixels > LAYER_PIXELS.most
    ? invalid("image", `image must have ${LAYER_PIXELS.least} to ${LAYER_PIXELS.most} pixels`)
    : undefined;
};

const transparency: InputRule = (body, model, references) => {
  if (body.background !== "transparent" || model.backgrounds?.includes("transparent") !== true)
    return undefined;
  const format = body.output_format;
  if (format !== undefined && format !== "png")
    return invalid("output_format", "must be png when background is transparent");
  if (model.freeTransparency) return undefined;
  const [image, another] = references;
  if (image === undefined || another !== undefined)
    return invalid("background", "transparent background requires exactly one input image");
  return hasTransparentPixel(image)
    ? undefined
    : invalid("image", "transparent background requires a PNG input with at least one transparent pixel");
};
