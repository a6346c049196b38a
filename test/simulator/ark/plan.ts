import type { Picture, PictureFormat } from "../media/picture.ts";
import type { Size } from "../media/scene.ts";
import { type Body, MOST_IMAGES } from "./fields.ts";
import type { Markers } from "./markers.ts";
import type { ImageModel } from "./models.ts";
import type { Reference } from "./references.ts";
import { outputSize } from "./size.ts";

/** Where a layer lies on its base. */
type Layer = {
  z_index: number;
  name?: string;
  description?: string;
  bounding_box?: { absolute: number[]; normalized: number[] };
};

/** One slot of the answer: a picture to be made, or the code it failed with. */
export type Slot = { picture: Picture; layer?: Layer } | { failed: string };

/** What a request that was accepted will bring, all of it decided before the first picture. */
export type Plan = {
  model: ImageModel;
  /** Model id as the answer gives it. */
  modelId: string;
  operation: string;
  slots: Slot[];
  references: number;
  background: string | undefined;
  webSearch: boolean;
  inBase64: boolean;
};

export type Accepted = {
  body: Body;
  model: ImageModel;
  modelId: string;
  references: Reference[];
  markers: Markers;
  /** Tells apart the pictures of requests without a seed. */
  serial: number;
};

/** The parts a picture is taken apart into, as shares of a base of 2048 by 2048. */
const PARTS = [
  { name: "title", description: "large white headline text", box: [404, 120, 1644, 530], scale: 1 },
  { name: "bottle", description: "green glass bottle", box: [720, 600, 1340, 1910], scale: 1 },
  {
    name: "leaves",
    description: "two leaves, smaller than where they go",
    box: [100, 1400, 500, 1800],
    scale: 0.5,
  },
];

export function plan(accepted: Accepted): Plan {
  const { body, model, references } = accepted;
  const layered = body.layer_decomposition === true;
  const slots = layered ? layerSlots(accepted) : pictureSlots(accepted);
  return {
    model,
    modelId: accepted.markers.undated ? model.family : accepted.modelId,
    operation: layered ? "layers" : operation(references.length),
    slots,
    references: references.length,
    background: body.background === "transparent" ? "transparent" : "opaque",
    webSearch: Array.isArray(body.tools) && body.tools.length > 0,
    inBase64: body.response_format === "b64_json",
  };
}

function operation(references: number): string {
  if (references === 0) return "text-to-image";
  return references === 1 ? "image-to-image" : "images-to-image";
}

function pictureSlots(accepted: Accepted): Slot[] {
  const { body, markers } = accepted;
  const slots: Slot[] = [];
  const transparent = body.background === "transparent" && accepted.model.backgrounds !== null;
  const base = basePicture(accepted, transparent ? "png" : undefined);
  for (let index = 0; index < count(accepted); index += 1) {
    const failed = markers.allFail ? "OutputImageSensitiveContentDetected" : markers.fail.get(index);
    slots.push(failed === undefined ? { picture: { ...base, index, transparent } } : { failed });
    // An internal error ends a group; a content rejection does not (contract ark §2.5).
    if (failed === "InternalServiceError") break;
  }
  return slots;
}

/** Groups bring `max_images`, or as many as the references leave room for; a marker may ask for fewer. */
function count({ body, references, markers }: Accepted): number {
  if (body.sequential_image_generation !== "auto") return 1;
  const options = body.sequential_image_generation_options as { max_images?: number } | undefined;
  const most = Math.min(options?.max_images ?? MOST_IMAGES, MOST_IMAGES - references.length);
  return Math.min(markers.group ?? most, most);
}

function basePicture(accepted: Accepted, forced: PictureFormat | undefined): Picture {
  const { body, model, references, markers, serial } = accepted;
  const text = (field: string) => (typeof body[field] === "string" ? body[field] : undefined);
  const seed = typeof body.seed === "number" && body.seed >= 0 ? `seed ${body.seed}` : `call ${serial}`;
  const size: Size =
    markers.size ??
    outputSize(
      { size: text("size"), prompt: text("prompt") ?? "", layered: body.layer_decomposition === true },
      model,
      references[0],
    );
  const asked =
    body.output_format === "png" || body.output_format === "jpeg" ? body.output_format : undefined;
  return {
    width: size.width,
    height: size.height,
    format: forced ?? asked ?? model.defaultFormat,
    seed: `${text("prompt") ?? ""}/${seed}`,
    index: 0,
  };
}

function layerSlots(accepted: Accepted): Slot[] {
  const base = basePicture(accepted, undefined);
  const { width, height } = base;
  const parts = PARTS.slice(0, accepted.markers.layers ?? 2).map((part, index) => {
    const absolute = part.box.map((at, side) => Math.round((at / 2048) * (side % 2 === 0 ? width : height)));
    const normalized = absolute.map((at, side) =>
      Math.round((at / (side % 2 === 0 ? width : height)) * 1000),
    );
    const [left = 0, top = 0, right = 0, bottom = 0] = absolute;
    const picture: Picture = {
      ...base,
      width: Math.max(1, Math.round((right - left) * part.scale)),
      height: Math.max(1, Math.round((bottom - top) * part.scale)),
      format: "png",
      index: index + 1,
      transparent: true,
    };
    const layer = {
      z_index: index + 1,
      name: part.name,
      description: part.description,
      bounding_box: { absolute, normalized },
    };
    return { picture, layer };
  });
  return [{ picture: base, layer: { z_index: 0 } }, ...parts];
}
