import type { Size } from "../media/scene.ts";
import { invalid, Refusal } from "./errors.ts";
import { type Body, flag, integer, object, objects, requiredText, text } from "./fields.ts";
import type { Asking } from "./guard.ts";
import type { Family, ImageModel } from "./imageModels.ts";
import type { Input, Inputs } from "./inputs.ts";
import { plain, words } from "./markers.ts";
import { imageSizeOf } from "./size.ts";

const MOST_SEED = 2_147_483_647;

/** A legal request for pictures. */
export type ImagePlan = {
  model: ImageModel;
  id: string;
  prompt: string;
  extend: boolean;
  size: Size;
  sizeText: string;
  /** For each picture whether it comes; one that does not is a refusal of its own. */
  pictures: boolean[];
  inputs: Input[];
  /** Words between the pictures. */
  interleaved: boolean;
};

type Read = { prompt: string; images: { value: unknown; field: string }[] };

/** Checks a body against its model's row (contract alibaba-ai-gateway §5). Throws a Refusal. */
export function planImages(
  asking: Asking,
  family: Family,
  { id, model }: { id: string; model: ImageModel },
  files: Inputs,
): ImagePlan {
  const { body, exchange, markers } = asking;
  const input = object(body, "input");
  const { prompt, images } =
    family === "S" || family === "A3" ? ofMessages(input) : ofFields(input, family, model);
  const { least, most, megabytes } = model.images;
  if (images.length < least) throw invalid(`at least ${least} image(s) required`);
  if (images.length > most) throw invalid(`the number of images must be between ${least} and ${most}`);
  const parameters = object(body, "parameters");
  const extend = readCommon(parameters, input);
  if (model.noExtend && parameters.prompt_extend !== undefined)
    throw invalid(`prompt_extend is not supported by ${id}`);
  const interleaved = flag(parameters, "enable_interleave") === true;
  if (interleaved && !model.interleaves) throw invalid(`enable_interleave is not supported by ${id}`);
  const { size, sizeText } = readSize(parameters, id, model);
  const count = readCount(parameters, model, interleaved);
  const missing = words(markers, "part");
  const inputs = images.map(({ value, field }) =>
    files.read(value, { kind: "image", field, inline: true, megabytes }, { exchange, model: id }),
  );
  return {
    model,
    id,
    prompt: plain(prompt),
    extend,
    size,
    sizeText,
    pictures: Array.from({ length: count }, (_, index) => !missing.has(String(index))),
    inputs,
    interleaved,
  };
}

/** One message of pictures and one text (families S and A3). */
function ofMessages(input: Body): Read {
  const [message, ...more] = objects(input, "messages") ?? [];
  if (message === undefined || more.length > 0) throw invalid("messages must have exactly one message");
  if (message.role !== "user") throw invalid("the role of the message must be user");
  const content = objects(message, "content") ?? [];
  const texts = content.filter((item) => item.text !== undefined);
  const [first] = texts;
  if (first === undefined || texts.length > 1) throw invalid("the content must have exactly one text");
  const unknown = content.find((item) => item.text === undefined && item.image === undefined);
  if (unknown !== undefined) throw invalid("content items are image or text");
  const images = content
    .filter((item) => item.image !== undefined)
    .map(({ image }) => ({ value: image, field: "image" }));
  return { prompt: requiredText(first, "text"), images };
}

/** Flat fields (families A1 and A2). */
function ofFields(input: Body, family: Family, model: ImageModel): Read {
  if (model.translates) {
    requiredText(input, "target_lang");
    text(input, "source_lang");
    return { prompt: "", images: [{ value: input.image_url, field: "image_url" }] };
  }
  const prompt = requiredText(input, "prompt");
  if (family === "A1") return { prompt, images: [] };
  const { images } = input;
  if (!Array.isArray(images)) throw invalid("images must be an array");
  return { prompt, images: images.map((value: unknown) => ({ value, field: "images" })) };
}

/** Parameters of every model; gives whether the prompt is rewritten. */
function readCommon(parameters: Body, input: Body): boolean {
  text(parameters, "negative_prompt");
  text(input, "negative_prompt");
  flag(parameters, "watermark");
  integer(parameters, "seed", 0, MOST_SEED);
  return flag(parameters, "prompt_extend") ?? true;
}

function readSize(parameters: Body, id: string, model: ImageModel): { size: Size; sizeText: string } {
  const given = text(parameters, "size");
  if (model.size === undefined) {
    if (given !== undefined) throw invalid(`size is not supported by ${id}`);
    return { size: { width: 1024, height: 1024 }, sizeText: "1024*1024" };
  }
  const size = imageSizeOf(given ?? model.size.otherwise, model.size);
  return { size, sizeText: `${size.width}*${size.height}` };
}

function readCount(parameters: Body, model: ImageModel, interleaved: boolean): number {
  const sequential = model.sequential !== undefined && flag(parameters, "enable_sequential") === true;
  const most = sequential ? (model.sequential ?? 1) : model.n.most;
  const count = integer(parameters, "n", 1, most);
  if (interleaved) return integer(parameters, "max_images", 1, 5) ?? 2;
  // With `enable_sequential` the number is the most there may be; the simulator makes that many.
  return count ?? model.n.otherwise;
}

/** Throws the first thing wrong with the files, where they are looked at before the answer. */
export function refuseProblems(inputs: Input[]): void {
  for (const { problem } of inputs) if (problem instanceof Refusal) throw problem;
}
