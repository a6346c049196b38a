import type { Account } from "../account.ts";
import { invalid, unsupported } from "../errors.ts";
import { type Body, choice, isGiven, objects, requiredText, text } from "../fields.ts";
import type { Input, VideoLimits } from "../inputs.ts";
import { type Element, listedElements } from "../library.ts";
import { namedModel, RATIOS, readMode, readSeconds } from "../models.ts";
import type { Plan, Product } from "../plan.ts";
import { videoPrice } from "../prices.ts";
import { checkMentions, readShots } from "../shots.ts";
import { sizeLike, videoSize } from "../size.ts";

const O1 = { name: "kling-video-o1", multiShot: false };
const V3 = { name: "kling-v3-omni", multiShot: true };

/** The widest of the documented limits: the pages disagree (contract kling §13). */
const LIMITS: VideoLimits = { seconds: [3, 15.5], sides: [700, 4553] };
const O1_LIMITS: VideoLimits = { seconds: [3, 10.05], sides: [700, 4553] };

/** `POST /v1/videos/omni-video` (contract kling §4.3). */
export const OMNI_VIDEO: Product = {
  path: "/v1/videos/omni-video",
  pack: "video",
  check: (body, account) => {
    const name = namedModel(body, [O1.name, V3.name], O1.name);
    const model = name === V3.name ? V3 : O1;
    const o1 = model === O1;
    const frames = readFrames(body, account);
    const elements = listedElements(body, account.library, 7);
    const film = readFilm(body, account, o1 ? O1_LIMITS : LIMITS);
    checkCounts(frames, elements, film, o1);

    const base = film?.use === "base";
    // The length of an edit is that of the video, whatever is asked.
    const seconds = base
      ? film.input.facts.seconds
      : readSeconds(body, { least: 3, most: o1 ? 10 : 15, step: 1 });
    const plain = frames.others.length + elements.length === 0 && film === undefined && !frames.last;
    if (o1 && plain && seconds % 5 !== 0) throw invalid(`duration value '${seconds}' is invalid`);

    const shots = readShots(body, model, seconds, true);
    if (film !== undefined && shots.multi && (base || shots.customized))
      throw invalid("multi_shot with a reference video needs refer_type feature and shot_type intelligence");
    checkMentions(shots.prompt, {
      image: frames.others.length + (frames.first ? 1 : 0) + (frames.last ? 1 : 0),
      element: elements.length,
      video: film === undefined ? 0 : 1,
    });
    if (isGiven(body, "sound") && o1 && body.sound !== "off") throw unsupported(model.name, "sound");
    const sound = choice(body, "sound", ["on", "off"], "off") === "on";
    if (sound && film !== undefined) throw invalid("sound must be off with a reference video");
    const mode = readMode(body, o1 ? ["std", "pro"] : ["std", "pro", "4k"], "pro");

    const shape = frames.first?.facts ?? (base ? film.input.facts : undefined);
    const ratio = shape === undefined ? choice(body, "aspect_ratio", RATIOS) : undefined;
    const size = shape === undefined ? videoSize(ratio ?? "16:9", mode) : sizeLike(shape, mode);
    return {
      model: model.name,
      operation: operationOf(frames, elements, film),
      price: videoPrice(model.name, film ? "video" : sound ? "sound" : "silent", mode, Math.ceil(seconds)),
      slots: 1,
      outputs: [{ kind: "video", size, seconds: Math.round(seconds) + 0.04, sound }],
      inputs: [frames.first, frames.last, ...frames.others, film?.input],
    } satisfies Plan;
  },
};

type Frames = { first: Input | undefined; last: Input | undefined; others: Input[] };
type Film = { input: Input; use: "base" | "feature" };

function readFrames(body: Body, account: Account): Frames {
  const frames: Frames = { first: undefined, last: undefined, others: [] };
  for (const item of objects(body, "image_list", 7)) {
    const input = account.inputs.imageText(requiredText(item, "image_url"), "image_url");
    if (!isGiven(item, "type")) {
      frames.others.push(input);
      continue;
    }
    const place = choice(item, "type", ["first_frame", "end_frame"]) === "first_frame" ? "first" : "last";
    if (frames[place] !== undefined) throw invalid(`image_list has more than one ${text(item, "type")}`);
    frames[place] = input;
  }
  if (frames.last !== undefined && frames.first === undefined)
    throw invalid("end_frame requires first_frame");
  return frames;
}

function readFilm(body: Body, account: Account, limits: VideoLimits): Film | undefined {
  const [item] = objects(body, "video_list", 1);
  if (item === undefined) return undefined;
  requiredText(item, "video_url");
  const input = account.inputs.video(item, "video_url", limits);
  const use = choice(item, "refer_type", ["base", "feature"], "base");
  choice(item, "keep_original_sound", ["yes", "no"], "yes");
  return input && { input, use };
}

function checkCounts(frames: Frames, elements: Element[], film: Film | undefined, o1: boolean): void {
  const { first, last, others } = frames;
  const filmed = elements.filter(({ referenceType }) => referenceType === "video_refer").length;
  const mixed = filmed > 0 && filmed < elements.length;
  const most = film !== undefined || mixed ? 4 : 7;
  const count = others.length + (first ? 1 : 0) + (last ? 1 : 0) + elements.length;
  if (count > most) throw invalid(`the total number of images and elements cannot exceed ${most}`);
  if (first !== undefined && elements.length > 3) throw invalid("the size of element_list cannot exceed 3");
  if (film?.use === "base" && first !== undefined)
    throw invalid("first_frame cannot be used together with a base video");
  if (o1 && filmed > 0) throw unsupported(O1.name, "video elements");
  if (o1 && last !== undefined && elements.length > 0)
    throw unsupported(O1.name, "elements together with first and end frame");
}

function operationOf({ first, last, others }: Frames, elements: Element[], film: Film | undefined): string {
  if (film?.use === "base") return "edit-video";
  if (film !== undefined || others.length + elements.length > 0) return "references-to-video";
  if (last !== undefined) return "frames-to-video";
  return first === undefined ? "text-to-video" : "image-to-video";
}
