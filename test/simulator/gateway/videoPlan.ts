import type { Size } from "../media/scene.ts";
import { invalid } from "./errors.ts";
import { type Body, choice, flag, integer, object, objects, text, texts } from "./fields.ts";
import type { Asking } from "./guard.ts";
import type { FileRule, Input, Inputs } from "./inputs.ts";
import { pixels } from "./size.ts";
import { type MediaType, VIDEO_SIZES, type VideoModel } from "./videoModels.ts";

const MOST_SEED = 2_147_483_647;
const VIDEO_MEGABYTES = 100;
const AUDIO_MEGABYTES = 15;

/** A legal request for a video. */
export type VideoPlan = {
  prompt: string;
  extend: boolean;
  size: Size;
  sizeText: string;
  resolution: string;
  ratio: string | undefined;
  seconds: number;
  inputSeconds: number;
  sound: boolean;
  inputs: Input[];
};

type Found = { type: MediaType | keyof NonNullable<VideoModel["fields"]>; input: Input };

/** Checks a body against its model's row (contract alibaba-ai-gateway §6). Throws a Refusal. */
export function planVideo(asking: Asking, id: string, model: VideoModel, files: Inputs): VideoPlan {
  const input = object(asking.body, "input");
  const parameters = object(asking.body, "parameters");
  const prompt = text(input, "prompt") ?? "";
  const template = text(input, "template");
  if (model.promptRequired && prompt === "" && template === undefined)
    throw invalid("Field required: input.prompt");
  text(input, "negative_prompt");
  const found =
    model.media === undefined
      ? fromFields(asking, id, model, files, template !== undefined)
      : fromMedia(asking, id, model, files);
  integer(parameters, "seed", 0, MOST_SEED);
  flag(parameters, "watermark");
  choice(parameters, "shot_type", ["single", "multi"]);
  choice(parameters, "audio_setting", ["auto", "origin"]);
  const extend = flag(parameters, "prompt_extend") ?? true;
  const sound = flag(parameters, "audio");
  const inputs = found.map(({ input: file }) => file);
  const first = found.find(({ type }) => /first_frame|img_url|first_clip|^video$/.test(type))?.input;
  const source = sourceSeconds(found);
  return {
    prompt: [...prompt].slice(0, model.prompt).join(""),
    extend,
    ...readShape(parameters, model, first),
    seconds: readSeconds(parameters, model, found, source),
    inputSeconds: source,
    sound: model.sound === "on" || (model.sound === "toggle" && sound !== false),
    inputs,
  };
}

function sourceSeconds(found: Found[]): number {
  return found
    .filter(({ type }) => type === "video" || type === "reference_video")
    .reduce((sum, { input }) => sum + input.facts.seconds, 0);
}

const MEDIA_KINDS: Record<MediaType, FileRule["kind"]> = {
  first_frame: "image",
  last_frame: "image",
  reference_image: "image",
  reference_file: "image",
  reference_link: "image",
  first_clip: "video",
  reference_video: "video",
  video: "video",
  driving_audio: "audio",
  reference_audio: "audio",
};

function ruleOf(kind: FileRule["kind"], field: string, model: VideoModel): FileRule {
  const { sides, megabytes } = model.picture;
  if (kind === "image")
    return { kind, field, inline: true, megabytes, sides, opaque: true, bare: model.bareBase64 === true };
  // Films and sounds are links: only pictures may be sent within the request.
  return { kind, field, inline: false, megabytes: kind === "video" ? VIDEO_MEGABYTES : AUDIO_MEGABYTES };
}

function fromFields(
  asking: Asking,
  id: string,
  model: VideoModel,
  files: Inputs,
  template: boolean,
): Found[] {
  const { exchange, body } = asking;
  const input = object(body, "input");
  if (input.media !== undefined) throw invalid(`input.media is not supported by ${id}`);
  const found: Found[] = [];
  const read = (type: Found["type"], value: unknown, kind: FileRule["kind"]) => {
    found.push({ type, input: files.read(value, ruleOf(kind, type, model), { exchange, model: id }) });
  };
  for (const [field, isRequired] of Object.entries(model.fields ?? {})) {
    if (field === "reference_urls") {
      // An older sample spells the field with "video" (fixture 46).
      const urls = texts(input, field) ?? texts(input, "reference_video_urls") ?? [];
      if (urls.length < 1 || urls.length > 5) throw invalid("reference_urls must have 1 to 5 urls");
      for (const url of urls)
        if (isFilm(url)) read("reference_video", url, "video");
        else read("reference_image", url, "image");
      continue;
    }
    const value = input[field] ?? undefined;
    const needed = isRequired && !(template && field === "last_frame_url");
    if (value === undefined && needed) throw invalid(`Field required: input.${field}`);
    if (value !== undefined) read(field as Found["type"], value, field === "audio_url" ? "audio" : "image");
  }
  return found;
}

function isFilm(url: string): boolean {
  return /\.(mp4|mov|avi|webm)(\?|$)/i.test(url);
}

function fromMedia({ exchange, body }: Asking, id: string, model: VideoModel, files: Inputs): Found[] {
  const input = object(body, "input");
  const { types, least, most } = model.media ?? { types: {}, least: 0, most: 0 };
  const given = objects(input, "media") ?? [];
  // One client still sends the older field here ("Also seen").
  const old =
    input.img_url === undefined || given.length > 0 ? [] : [{ type: "first_frame", url: input.img_url }];
  const media: Body[] = [...given, ...old];
  if (media.length < least) throw invalid(`input.media must have at least ${least} item(s)`);
  const references = media.filter(({ type }) => /^reference_/.test(String(type)));
  if (media.length > most) throw invalid(`input.media can have at most ${most} items`);
  if (id.startsWith("wan2.7-r2v") && references.length > 5)
    throw invalid("at most 5 references are supported");
  for (const [type, rule] of Object.entries(types)) {
    const count = media.filter((item) => item.type === type).length;
    if (count < rule.least) throw invalid(`input.media needs an item of type ${type}`);
    if (count > rule.most) throw invalid(`input.media can have at most ${rule.most} item(s) of type ${type}`);
  }
  return media.map((item) => {
    const type = item.type as MediaType;
    if (typeof item.type !== "string" || !Object.hasOwn(types, item.type))
      throw invalid(`input.media type ${String(item.type)} is not supported by ${id}`);
    const kind = MEDIA_KINDS[type];
    const rule = ruleOf(kind, type, model);
    const url = files.read(item.url, { ...rule, bare: old.length > 0 }, { exchange, model: id });
    return { type, input: url };
  });
}

/** The pixels of the video, by `size` or by `resolution` and `ratio`. */
function readShape(parameters: Body, model: VideoModel, first: Input | undefined) {
  const { shape, resolutions } = model;
  const highest = resolutions.at(-1) ?? "1080P";
  const size = text(parameters, "size");
  if (shape === "size" || (shape === "either" && size !== undefined)) {
    const sizeText = size ?? VIDEO_SIZES[highest]?.[0] ?? "";
    const resolution = resolutions.find((each) => VIDEO_SIZES[each]?.includes(sizeText));
    const found = pixels(sizeText);
    if (resolution === undefined || found === undefined) throw invalid(`The size is not match ${sizeText}`);
    return { size: found, sizeText, resolution, ratio: undefined };
  }
  const resolution = choice(parameters, "resolution", resolutions) ?? highest;
  const asked = shape === "ratio" ? choice(parameters, "ratio", model.ratios ?? []) : undefined;
  const ratio = first === undefined ? (asked ?? "16:9") : undefined;
  const found = fitted(resolution, ratio, first);
  return { size: found, sizeText: `${found.width}*${found.height}`, resolution, ratio: asked ?? ratio };
}

const EXACT: Record<string, number> = { "16:9": 0, "9:16": 1, "1:1": 2, "4:3": 3, "3:4": 4 };

function fitted(resolution: string, ratio: string | undefined, first: Input | undefined): Size {
  const sizes = VIDEO_SIZES[resolution] ?? [];
  const [widest = "1280*720"] = sizes;
  const otherwise = pixels(widest) ?? { width: 1280, height: 720 };
  if (first === undefined) return pixels(sizes[EXACT[ratio ?? ""] ?? 0] ?? widest) ?? otherwise;
  const { width, height } = first.facts;
  const scale = Math.sqrt((otherwise.width * otherwise.height) / (width * height));
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

function readSeconds(parameters: Body, model: VideoModel, found: Found[], source: number): number {
  const { least = 0, most = 0, only, otherwise, special } = model.seconds;
  const filmed = found.some(({ type }) => type === "reference_video");
  const longest = filmed ? (model.secondsWithVideo ?? most) : most;
  const given =
    integer(parameters, "duration", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? otherwise;
  if (given === special) return special === 0 ? source || 5 : 5;
  const legal = only === undefined ? given >= least && given <= longest : only.includes(given);
  if (!legal)
    throw invalid(
      `duration must be ${only === undefined ? `between ${least} and ${longest}` : `one of ${only.join(", ")}`}`,
    );
  return given;
}
