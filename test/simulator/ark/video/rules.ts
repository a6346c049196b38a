import { invalid, Refusal } from "../errors.ts";
import { type Body, isObject } from "../fields.ts";
import type { Mode } from "./content.ts";
import type { VideoModel } from "./models.ts";
import { ratioNames } from "./size.ts";

/** A rule about a task's fields: the refusal, or nothing. */
type Rule = (body: Body, model: VideoModel, mode: Mode) => Refusal | undefined;

/** A value that the model or the way of asking does not take, in the service's words. */
function notValid(field: string, { family }: VideoModel, mode: Mode): Refusal {
  const message = `the parameter ${field} specified in the request is not valid for model ${family} in ${mode}`;
  return new Refusal(400, "InvalidParameter", message, field);
}

function mustBeEmpty(field: string, { family }: VideoModel, mode: Mode): Refusal {
  const message = `the specified parameter ${field} is not supported for model ${family} in ${mode}, must be empty`;
  return new Refusal(400, "InvalidParameter", message, field);
}

/** The field is refused, whatever its value, unless the model grants it. */
function granted(field: string, grants: (model: VideoModel) => boolean): Rule {
  return (body, model, mode) =>
    body[field] !== undefined && !grants(model) ? mustBeEmpty(field, model, mode) : undefined;
}

function boolean(field: string): Rule {
  return (body) =>
    body[field] !== undefined && typeof body[field] !== "boolean"
      ? invalid(field, "expected a boolean")
      : undefined;
}

function integer(field: string, least: number, most: number): Rule {
  return (body) => {
    const value = body[field];
    if (value === undefined || (Number.isInteger(value) && Number(value) >= least && Number(value) <= most))
      return undefined;
    return invalid(field, `expected an integer between ${least} and ${most}`);
  };
}

function oneOf(field: string, ...values: string[]): Rule {
  return (body) =>
    body[field] === undefined || values.includes(String(body[field]))
      ? undefined
      : invalid(field, `must be one of ${values.join(", ")}`);
}

const resolution: Rule = (body, model, mode) => {
  const value = body.resolution;
  if (value === undefined) return undefined;
  if (typeof value !== "string") return invalid("resolution", "expected a string");
  return Object.hasOwn(model.resolutions, value) ? undefined : notValid("resolution", model, mode);
};

const ratio: Rule = (body, model, mode) => {
  const value = body.ratio;
  if (value === undefined) return undefined;
  if (typeof value !== "string" || !ratioNames.includes(value)) return notValid("ratio", model, mode);
  return value === "adaptive" && model.classic && mode === "t2v" ? notValid("ratio", model, mode) : undefined;
};

const duration: Rule = (body, model, mode) => {
  const value = body.duration;
  if (value === undefined) return undefined;
  if (typeof value !== "number") return invalid("duration", "expected an integer");
  const { least, most, auto } = model.seconds;
  const legal = Number.isInteger(value) && ((value >= least && value <= most) || (auto && value === -1));
  return legal ? undefined : notValid("duration", model, mode);
};

const frames: Rule = (body, model, mode) => {
  const value = body.frames;
  if (value === undefined || !model.classic) return undefined;
  if (typeof value !== "number") return invalid("frames", "expected an integer");
  const legal = Number.isInteger(value) && value >= 29 && value <= 289 && (value - 25) % 4 === 0;
  return legal ? undefined : notValid("frames", model, mode);
};

const tier: Rule = (body, model, mode) => {
  const value = body.service_tier;
  if (value === undefined || value === "default") return undefined;
  if (value !== "flex") return invalid("service_tier", "must be one of default, flex");
  return model.classic ? undefined : mustBeEmpty("service_tier", model, mode);
};

const draft: Rule = (body, model, mode) => {
  const value = body.draft;
  // A client in use sends `false` to every model.
  if (value === undefined || value === false) return undefined;
  if (value !== true) return invalid("draft", "expected a boolean");
  if (!model.tasked)
    return new Refusal(
      400,
      "InvalidParameter",
      `draft is not supported for model ${model.family} in ${mode}`,
      "draft",
    );
  return body.resolution === "480p" ? undefined : invalid("resolution", "must be 480p when draft is true");
};

const callback: Rule = (body) => {
  const value = body.callback_url;
  return value === undefined || (typeof value === "string" && /^https?:\/\/\S+$/.test(value))
    ? undefined
    : invalid("callback_url", "expected a URL");
};

const safety: Rule = (body) => {
  const value = body.safety_identifier;
  return value === undefined || (typeof value === "string" && value.length <= 64)
    ? undefined
    : invalid("safety_identifier", "expected a string of at most 64 characters");
};

const tools: Rule = (body, model, mode) => {
  const value = body.tools;
  if (value === undefined || !model.modern) return undefined;
  if (!Array.isArray(value)) return invalid("tools", "expected an array");
  if (!value.every((tool) => isObject(tool) && tool.type === "web_search"))
    return invalid("tools", "only the tool type web_search is supported");
  return mode === "t2v" || value.length === 0 ? undefined : mustBeEmpty("tools", model, mode);
};

/** What may be said again when a draft is made final (contract ark §3.3); all else is the draft's. */
const OF_THE_OUTPUT: Rule[] = [
  boolean("watermark"),
  boolean("return_last_frame"),
  integer("execution_expires_after", 3600, 259_200),
  callback,
  granted("priority", (model) => model.modern),
  integer("priority", 0, 9),
  granted("output_format", (model) => model.tasked),
  oneOf("output_format", "mp4", "mov"),
  safety,
  tier,
];

/** The rules about a task's fields alone (contract ark §3.1, §3.3). */
export const TASK_RULES: Rule[] = [
  resolution,
  ratio,
  duration,
  granted("frames", (model) => model.classic),
  frames,
  granted("generate_audio", (model) => model.modern),
  boolean("generate_audio"),
  integer("seed", -1, 2 ** 31 - 1),
  granted("camera_fixed", (model) => model.classic),
  boolean("camera_fixed"),
  draft,
  granted("omni_reference_task_type", (model) => model.tasked),
  oneOf("omni_reference_task_type", "auto", "reference", "edit", "extend"),
  granted("tools", (model) => model.modern),
  tools,
  ...OF_THE_OUTPUT,
];

const OF_THE_DRAFT = [
  "ratio",
  "duration",
  "seed",
  "generate_audio",
  "omni_reference_task_type",
  "frames",
  "camera_fixed",
  "tools",
];

/** The rules of a draft's second step. */
export const FINAL_RULES: Rule[] = [
  ...OF_THE_DRAFT.map(
    (field): Rule =>
      (body) =>
        body[field] === undefined ? undefined : invalid(field, "it is taken from the draft task"),
  ),
  (body) =>
    body.resolution === undefined || body.resolution === "1080p"
      ? undefined
      : invalid("resolution", "must be 1080p for a draft task"),
  (body) => (body.draft === true ? invalid("draft", "a draft task cannot be a draft again") : undefined),
  ...OF_THE_OUTPUT,
];
