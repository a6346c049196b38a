import { invalid, Refusal } from "../errors.ts";
import { choice, number, objects, requiredText, text } from "../fields.ts";
import { namedModel, RATIOS, readMode, readSeconds } from "../models.ts";
import type { Product } from "../plan.ts";
import { videoPrice } from "../prices.ts";
import { videoSize } from "../size.ts";

const FIVE_OR_TEN = { least: 5, most: 10, step: 5 };

/** `POST /v1/videos/multi-image2video` (contract kling §4.4). */
export const MULTI_IMAGE_TO_VIDEO: Product = {
  path: "/v1/videos/multi-image2video",
  pack: "video",
  bareCreate: true,
  check: (body, { inputs }) => {
    const model = namedModel(body, ["kling-v1-6"], "kling-v1-6");
    const images = objects(body, "image_list", 4, 1).map((item) => inputs.requiredImage(item, "image"));
    requiredText(body, "prompt", 2500);
    text(body, "negative_prompt", 2500);
    const mode = readMode(body, ["std", "pro"]);
    const seconds = readSeconds(body, FIVE_OR_TEN);
    const size = videoSize(choice(body, "aspect_ratio", RATIOS, "16:9"), mode);
    return {
      model,
      operation: "references-to-video",
      price: videoPrice(model, "silent", mode, seconds),
      slots: 1,
      outputs: [{ kind: "video", size, seconds: seconds + 0.1, sound: false }],
      inputs: images,
    };
  },
};

/** Models whose videos can be extended. */
const EXTENSIBLE = ["kling-v1", "kling-v1-5", "kling-v1-6"];
const MOST_EXTENDED = 180;
const EXTENSION = 4.5;

/** `POST /v1/videos/video-extend` (contract kling §4.4). */
export const EXTEND_VIDEO: Product = {
  path: "/v1/videos/video-extend",
  pack: "video",
  check: (body, account) => {
    const id = requiredText(body, "video_id");
    text(body, "prompt", 2500);
    text(body, "negative_prompt", 2500);
    number(body, "cfg_scale", 0, 1);
    const { task, video } = account.video(id);
    const { model } = task.value.plan;
    if (!EXTENSIBLE.includes(model)) throw invalid(`${model} is not supported with video extend`);
    const seconds = video.seconds + EXTENSION;
    if (seconds > MOST_EXTENDED) throw invalid("the total duration cannot exceed 3 minutes");
    const [output] = task.value.plan.outputs;
    if (output?.kind !== "video") throw new Refusal(5000);
    return {
      model,
      operation: "extend-video",
      price: videoPrice(model, "silent", "std", 5),
      slots: 1,
      outputs: [{ ...output, seconds }],
      inputs: [],
      parent: { id, url: video.url, duration: String(video.seconds) },
    };
  },
};

/** Points in a frame, from the top left. */
export function readPoints(body: Record<string, unknown>): number {
  const points = objects(body, "points", 10, 1);
  for (const point of points)
    for (const axis of ["x", "y"])
      if (number(point, axis, 0, 1) === undefined) throw invalid(`points need ${axis}`);
  return points.length;
}

const REFERENCES = { addition: [1, 2], swap: [1, 1], removal: [0, 0] } as const;

/** `POST /v1/videos/multi-elements` (contract kling §4.4), after a selection. */
export const MULTI_ELEMENTS: Product = {
  path: "/v1/videos/multi-elements",
  pack: "video",
  check: (body, account) => {
    const model = namedModel(body, ["kling-v1-6"], "kling-v1-6");
    const sessionId = requiredText(body, "session_id");
    const session = account.session(sessionId);
    const edit = choice(body, "edit_mode", ["addition", "swap", "removal"]);
    const [least, most] = REFERENCES[edit];
    const images = objects(body, "image_list", most, least).map((item) =>
      account.inputs.requiredImage(item, "image"),
    );
    requiredText(body, "prompt", 2500);
    text(body, "negative_prompt", 2500);
    if (edit !== "addition" && session.marked.size === 0)
      throw invalid(`edit_mode ${edit} needs a selection`);
    const mode = readMode(body, ["std", "pro"]);
    const seconds = readSeconds(body, FIVE_OR_TEN);
    if (seconds === 5 ? session.seconds > 5.1 : session.seconds < 7)
      throw invalid("duration does not fit the video of the session");
    return {
      model,
      operation: "edit-video",
      price: videoPrice(model, "silent", mode, seconds),
      slots: 1,
      outputs: [
        { kind: "video", size: videoSize("16:9", mode), seconds: seconds + 0.1, sound: false, sessionId },
      ],
      inputs: images,
    };
  },
};
