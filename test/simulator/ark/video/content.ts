import type { Size } from "../../media/scene.ts";
import { invalid, Refusal } from "../errors.ts";
import { type Body, isObject } from "../fields.ts";
import { missing } from "../request.ts";
import { type Clip, type Files, TOLERANCE } from "./files.ts";
import type { VideoModel } from "./models.ts";

/** What the service calls the ways of asking in its messages. */
export type Mode = "t2v" | "i2v" | "flf2v" | "r2v";

/** The content of a request, read (contract ark §3.2). */
export type Content = {
  mode: Mode;
  prompt: string;
  images: Size[];
  /** Place of the first image in the content. */
  imageIndex: number;
  videos: Clip[];
  audios: number[];
  /** The draft that is to be made final. */
  draftId?: string;
};

type Item = { index: number; type: string; role: string | undefined; value: string };

const PAYLOADS: Record<string, { field: string; roles: string[] }> = {
  image_url: { field: "url", roles: ["first_frame", "last_frame", "reference_image"] },
  video_url: { field: "url", roles: ["reference_video"] },
  audio_url: { field: "url", roles: ["reference_audio"] },
  draft_task: { field: "id", roles: [] },
};

const MOST_PROMPT = 400_000;

/** Reads the items' form. Throws a Refusal for what is wrong whatever the model. */
function readItems(content: unknown): Item[] {
  if (content === undefined) throw missing("content");
  if (!Array.isArray(content)) throw invalid("content", "expected an array");
  if (content.length === 0) throw missing("content");
  return content.map((item: unknown, index) => readItem(item, index));
}

function readItem(item: unknown, index: number): Item {
  const at = `content[${index}]`;
  if (!isObject(item)) throw invalid(at, "expected an object");
  const { type, role } = item;
  if (type === "text") {
    if (typeof item.text !== "string") throw invalid(`${at}.text`, "expected a string");
    if (item.text.length > MOST_PROMPT) throw invalid(`${at}.text`, `at most ${MOST_PROMPT} characters`);
    return { index, type, role: undefined, value: item.text };
  }
  const payload = typeof type === "string" ? PAYLOADS[type] : undefined;
  if (typeof type !== "string" || payload === undefined)
    throw invalid(`${at}.type`, `must be one of text, ${Object.keys(PAYLOADS).join(", ")}`);
  const holder = item[type];
  const value = isObject(holder) ? holder[payload.field] : undefined;
  if (typeof value !== "string" || value === "")
    throw invalid(`${at}.${type}`, `expected an object with a string \`${payload.field}\``);
  if (role !== undefined && (typeof role !== "string" || !payload.roles.includes(role)))
    throw invalid(at, `invalid role specified for ${type.replace(/_.*/, "")} content`);
  return { index, type, role, value };
}

/** Gives a lone image without a role its role; throws a Refusal for roles that are missing or do not go together. */
function modeOf(items: Item[]): Mode {
  const media = items.filter(({ type }) => type !== "text");
  const [only] = media;
  if (media.length === 1 && only?.type === "image_url") only.role ??= "first_frame";
  for (const { type, role, index } of media)
    if (role === undefined)
      throw invalid(`content[${index}]`, `role must be specified for ${type.replace(/_.*/, "")} contents`);
  const count = (wanted: string) => media.filter(({ role }) => role === wanted).length;
  const first = count("first_frame");
  const last = count("last_frame");
  if (first + last > 0 && first + last < media.length)
    throw invalid("content", "first/last frame content cannot be mixed with reference media content");
  for (const [name, frames] of [
    ["first", first],
    ["last", last],
  ] as const)
    if (frames > 1)
      throw invalid("content", `expected at most one ${name} frame image content but got ${frames}`);
  if (last > 0 && first === 0)
    throw invalid("content", "a last frame image content needs a first frame image content");
  if (media.length === 0) return "t2v";
  return first === 0 ? "r2v" : last === 0 ? "i2v" : "flf2v";
}

function refuseMode(model: VideoModel, mode: Mode): void {
  const served = mode === "r2v" ? model.references !== undefined : mode !== "flf2v" || model.firstLast;
  if (!served)
    throw new Refusal(
      400,
      "InvalidParameter",
      `the parameter content specified in the request is not valid for model ${model.family} in ${mode}`,
      "content",
    );
}

function refuseCounts(items: Item[], { references }: VideoModel): void {
  if (references === undefined) return;
  const count = (type: string) => items.filter((item) => item.type === type).length;
  const counts = { image: count("image_url"), video: count("video_url"), audio: count("audio_url") };
  for (const [kind, most] of [
    ["image", references.images],
    ["video", references.videos],
    ["audio", references.audios],
  ] as const)
    if (counts[kind] > most)
      throw invalid("content", `expected at most ${most} reference ${kind} contents but got ${counts[kind]}`);
  if (counts.image + counts.video === 0 && !references.audioAlone)
    throw invalid("content", "audio content cannot be the only reference content");
}

/** Reads `content` for a model. Throws the first Refusal that it meets. */
export function readContent(body: Body, model: VideoModel, files: Files): Content {
  const items = readItems(body.content);
  const prompt = items.flatMap(({ type, value }) => (type === "text" ? [value] : [])).join("\n");
  const draft = items.find(({ type }) => type === "draft_task");
  const nothing = { prompt, images: [], imageIndex: -1, videos: [], audios: [] };
  if (draft !== undefined) {
    if (items.length > 1) throw invalid("content", "a draft task must be the only content");
    return { ...nothing, mode: "t2v", draftId: draft.value };
  }
  const mode = modeOf(items);
  if (mode === "t2v" && prompt.trim() === "") throw missing("content.text");
  refuseMode(model, mode);
  if (mode === "r2v") refuseCounts(items, model);
  const most = model.references?.mostSeconds ?? 0;
  const content: Content = { ...nothing, mode, images: [], videos: [], audios: [] };
  for (const { type, value, index } of items) {
    const param = `content[${index}]`;
    if (type === "video_url") content.videos.push(files.video(value, param, most));
    if (type === "audio_url") content.audios.push(files.audio(value, param, most));
    if (type !== "image_url") continue;
    content.images.push(files.image(value, param));
    if (content.imageIndex < 0) content.imageIndex = index;
  }
  const sum = (lengths: number[]) => lengths.reduce((total, seconds) => total + seconds, 0);
  for (const [kind, lengths] of [
    ["video", content.videos.map(({ seconds }) => seconds)],
    ["audio", content.audios],
  ] as const)
    if (sum(lengths) > most + TOLERANCE)
      throw invalid("content", `the total duration of ${kind} contents must be at most ${most} seconds`);
  return content;
}
