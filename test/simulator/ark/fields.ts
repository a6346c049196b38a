import { invalid, type Refusal } from "./errors.ts";
import type { ImageModel } from "./models.ts";
import { missing } from "./request.ts";
import { sizeFault } from "./size.ts";

export type Body = Record<string, unknown>;

/** A rule about a request's fields: the refusal, or nothing. */
export type Rule = (body: Body, model: ImageModel) => Refusal | undefined;

const MOST_PROMPT = 400_000;
export const MOST_IMAGES = 15;

function unsupported(field: string): Refusal {
  return invalid(field, `the parameter \`${field}\` is not supported by the current model`);
}

/** The field is refused, whatever its value, unless the model grants it. */
function granted(field: string, grants: (model: ImageModel) => boolean): Rule {
  return (body, model) => (body[field] !== undefined && !grants(model) ? unsupported(field) : undefined);
}

function ofType(field: string, type: "string" | "boolean" | "number"): Rule {
  return (body) =>
    body[field] !== undefined && typeof body[field] !== type
      ? invalid(field, `expected a ${type}`)
      : undefined;
}

function oneOf(field: string, values: (model: ImageModel) => readonly string[] | null): Rule {
  return (body, model) => {
    const allowed = values(model);
    const value = body[field];
    if (value === undefined || allowed === null || allowed.length === 0) return undefined;
    if (typeof value !== "string") return invalid(field, "expected a string");
    return allowed.includes(value) ? undefined : invalid(field, `must be one of ${allowed.join(", ")}`);
  };
}

function integer(field: string, value: unknown, least: number, most: number): Refusal | undefined {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most
    ? undefined
    : invalid(field, `expected an integer between ${least} and ${most}`);
}

export function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const prompt: Rule = (body) => {
  const value = body.prompt;
  if (value === undefined || value === "")
    return body.layer_decomposition === true ? undefined : missing("prompt");
  if (typeof value !== "string") return invalid("prompt", "expected a string");
  return value.length > MOST_PROMPT ? invalid("prompt", `at most ${MOST_PROMPT} characters`) : undefined;
};

const groupOptions: Rule = (body, model) => {
  const field = "sequential_image_generation_options";
  const options = body[field];
  if (options === undefined || !model.groups) return undefined;
  if (!isObject(options)) return invalid(field, "expected an object");
  const count = options.max_images;
  if (count === undefined) return undefined;
  if (body.sequential_image_generation !== "auto")
    return invalid(`${field}.max_images`, "only valid when `sequential_image_generation` is auto");
  return integer(`${field}.max_images`, count, 1, MOST_IMAGES);
};

const tools: Rule = (body, model) => {
  const value = body.tools;
  if (value === undefined || !model.webSearch) return undefined;
  if (!Array.isArray(value)) return invalid("tools", "expected an array");
  return value.every((tool) => isObject(tool) && tool.type === "web_search")
    ? undefined
    : invalid("tools", "only the tool type web_search is supported");
};

const optimizePrompt: Rule = (body, model) => {
  const field = "optimize_prompt_options";
  const options = body[field];
  // A null object counts as not given; only here is that known.
  if (options === undefined || options === null) return undefined;
  if (!isObject(options)) return invalid(field, "expected an object");
  const { mode, thinking } = options;
  if (mode !== undefined && mode !== "standard" && mode !== "fast")
    return invalid(`${field}.mode`, "must be one of standard, fast");
  if (mode === "fast" && !model.fast)
    return invalid(`${field}.mode`, "fast is not supported by the current model");
  if (thinking !== undefined && !["enabled", "disabled", "auto"].includes(String(thinking)))
    return invalid(`${field}.thinking`, "must be one of enabled, disabled, auto");
  return undefined;
};

const layers: Rule = (body) =>
  body.layer_decomposition === true && body.background !== undefined
    ? invalid("background", "cannot be used together with `layer_decomposition`")
    : undefined;

/** The rules about fields alone (contract ark §2.1, §2.2). Rules about input images are in `inputs.ts`. */
export const FIELD_RULES: Rule[] = [
  prompt,
  (body, model) => sizeFault(body.size, model, body.layer_decomposition === true),
  oneOf("response_format", () => ["url", "b64_json"]),
  ofType("watermark", "boolean"),
  granted("output_format", (model) => model.formats.length > 0),
  oneOf("output_format", (model) => model.formats),
  granted("sequential_image_generation", (model) => model.groups),
  granted("sequential_image_generation_options", (model) => model.groups),
  granted("stream", (model) => model.groups),
  oneOf("sequential_image_generation", (model) => (model.groups ? ["auto", "disabled"] : [])),
  groupOptions,
  ofType("stream", "boolean"),
  granted("tools", (model) => model.webSearch),
  tools,
  optimizePrompt,
  granted("background", (model) => model.backgrounds?.length !== 0),
  oneOf("background", (model) => model.backgrounds),
  granted("layer_decomposition", (model) => model.layers),
  ofType("layer_decomposition", "boolean"),
  layers,
  (body) => (body.seed === undefined ? undefined : integer("seed", body.seed, -1, 2 ** 31 - 1)),
  ofType("guidance_scale", "number"),
  ofType("negative_prompt", "string"),
];
