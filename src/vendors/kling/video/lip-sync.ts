import type { EstimateInput, Problem } from "../../../model/catalog.ts";
import type { BodyObject } from "../../wire/body.ts";
import { soundFile, videoLink } from "../inputs.ts";
import * as option from "../options.ts";
import { perCall } from "../prices.ts";
import type { Ask } from "../product.ts";
import { type Check, countOf, type Product, problem } from "../product.ts";
import { soundFields } from "./avatar.ts";
import { videoDeadlineMs } from "./settings.ts";

/** Units of the first call, and of the second for every five seconds (contract §9). */
export const identifyUnits = 0.05;
const unitsPerPart = 0.5;
const partSeconds = 5;

const minSound = 2;
const maxSound = 60;
const maxVideo = 60;

export const lipSyncPath = "/v1/videos/advanced-lip-sync";
export const identifyPath = "/v1/videos/identify-face";

/** A face that was found: its id, and when it is seen, in milliseconds (contract §4.4). */
export interface Face {
  id: string;
  from: number;
  to: number;
}

/** A face in a video says something else: faces are identified first, then one is chosen (contract §4.4). */
export const lipSyncProduct: Product = {
  model: { id: "kling-lip-sync", name: "Kling Lip Sync" },
  operation: "lip-sync",
  unit: "videoUnits",
  profile: {
    options: option.schemaOf({
      face: option.ordinal("face", 10),
      soundFrom: option.seconds("soundFrom", 0, maxSound, 0),
      soundTo: option.seconds("soundTo", 0, maxSound, 0),
      soundAt: option.seconds("soundAt", 0, maxVideo, 0),
      soundVolume: option.fraction("soundVolume", 1, 2),
      originalVolume: option.fraction("originalVolume", 1, 2),
      ...option.watermark(),
    }),
    inputs: [
      videoLink({ minSeconds: 2, maxSeconds: maxVideo, maxBytes: 100 * 1024 * 1024 }, "also"),
      soundFile(minSound, maxSound),
    ],
    prompt: "none",
    deadlineMs: videoDeadlineMs,
    check: soundProblems,
    estimate: (_input: EstimateInput) => {
      const priced = perCall(unitsPerPart, 1, maxVideo / partSeconds);
      if (priced.kind !== "units") return priced;
      return { ...priced, low: priced.low + identifyUnits, high: priced.high + identifyUnits };
    },
  },
  legacy: { path: lipSyncPath, body: () => ({}) },
};

/** Which part of the sound is used has to be said; of a file its end is known, of a link it is not. */
function soundProblems(request: Parameters<Check>[0]): Problem[] {
  const { soundFrom, soundTo } = request.options;
  const sound = request.inputs.find(({ role }) => role === "audio");
  const end = Number(soundTo) || sound?.seconds;
  if (end === undefined) {
    return countOf(request, "audio") > 0 ? [problem("soundEndNeeded", "soundTo")] : [];
  }
  if (sound?.seconds !== undefined && end > sound.seconds) {
    return [problem("soundEndsEarlier", "soundTo", { limit: sound.seconds, actual: end, unit: "s" })];
  }
  const actual = end - Number(soundFrom);
  return actual < minSound
    ? [problem("soundTooShort", "soundTo", { limit: minSound, actual, unit: "s" })]
    : [];
}

/** The first call's body: the video, by id or by link, never both. */
export function identifyBody(video: { id?: string; url: string }): BodyObject {
  return video.id === undefined ? { video_url: video.url } : { video_id: video.id };
}

/** The second call's body, and whether the sound had to be cut to what the face's time leaves. */
export function lipSyncBody(
  ask: Pick<Ask, "options" | "files">,
  session: string,
  face: Face,
): { body: BodyObject; isCut: boolean } {
  const { options } = ask;
  const sounds = ask.files("audio");
  const start = inMs(options.soundFrom);
  // Rounded down: beyond the sound's end by a fraction of a millisecond is refused.
  const wanted = inMs(options.soundTo) || Math.floor((sounds[0]?.seconds ?? 0) * 1000);
  const insert = Math.max(inMs(options.soundAt), face.from);
  const end = Math.min(wanted, start + Math.max(0, face.to - insert));
  return {
    isCut: end < wanted,
    body: {
      session_id: session,
      face_choose: [
        {
          face_id: face.id,
          ...soundFields(sounds),
          sound_start_time: start,
          sound_end_time: end,
          sound_insert_time: insert,
          sound_volume: Number(options.soundVolume ?? 1),
          original_audio_volume: Number(options.originalVolume ?? 1),
        },
      ],
    },
  };
}

function inMs(seconds: unknown): number {
  return Math.round(Number(seconds ?? 0) * 1000);
}
