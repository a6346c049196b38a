import { invalid } from "../errors.ts";
import { choice, integer, isGiven, number, objects, requiredText, text } from "../fields.ts";
import type { Product } from "../plan.ts";
import { units } from "../prices.ts";
import { videoSize } from "../size.ts";

const SECOND_MS = 1000;

/** `POST /v1/videos/advanced-lip-sync` (contract kling §4.4), after identify-face. */
export const LIP_SYNC: Product = {
  path: "/v1/videos/advanced-lip-sync",
  pack: "video",
  ownIdOnly: true,
  check: (body, account) => {
    const session = account.session(requiredText(body, "session_id"));
    const [face] = objects(body, "face_choose", 1, 1);
    if (face === undefined) throw invalid("face_choose is required");
    if (!session.faces.includes(requiredText(face, "face_id")))
      throw invalid("face_id not found in the session");
    if (isGiven(face, "audio_id") === isGiven(face, "sound_file"))
      throw invalid("exactly one of audio_id and sound_file is required");
    const id = text(face, "audio_id");
    const sound = account.inputs.audio(face, "sound_file", [2, 60]);
    const heard = (id === undefined ? (sound?.facts.seconds ?? 0) : account.audio(id).seconds) * SECOND_MS;
    const times = ["sound_start_time", "sound_end_time", "sound_insert_time"].map((field) => {
      const value = integer(face, field, 0, 300 * SECOND_MS);
      if (value === undefined) throw invalid(`${field} is required`);
      return value;
    });
    const [start = 0, end = 0, insert = 0] = times;
    if (end > heard || end - start < 2 * SECOND_MS)
      throw invalid("the audio must be cut to at least 2 seconds within it");
    if (insert + (end - start) > session.seconds * SECOND_MS)
      throw invalid("sound_insert_time is beyond the video");
    number(face, "sound_volume", 0, 2);
    number(face, "original_audio_volume", 0, 2);
    return {
      model: "lip-sync",
      operation: "lip-sync",
      price: units(0.5 * Math.ceil(session.seconds / 5)),
      slots: 1,
      outputs: [{ kind: "video", size: videoSize("16:9", "std"), seconds: session.seconds, sound: true }],
      inputs: [sound],
      ...(session.parent && { parent: session.parent }),
    };
  },
};

/** `POST /v1/videos/lip-sync`, the older one in a single step (contract kling §4.4). */
export const OLD_LIP_SYNC: Product = {
  path: "/v1/videos/lip-sync",
  pack: "video",
  ownIdOnly: true,
  check: (body, account) => {
    if (typeof body.input !== "object" || body.input === null) throw invalid("input is required");
    const input = body.input as Record<string, unknown>;
    const source = account.source(input, { seconds: [2, 60], sides: [512, 2160] });
    const spoken = choice(input, "mode", ["text2video", "audio2video"]) === "text2video";
    if (spoken) {
      requiredText(input, "text", 120);
      requiredText(input, "voice_id");
      choice(input, "voice_language", ["zh", "en"], "zh");
      number(input, "voice_speed", 0.8, 2);
    } else if (choice(input, "audio_type", ["file", "url"]) === "file") requiredText(input, "audio_file");
    else requiredText(input, "audio_url");
    const sounds = spoken
      ? []
      : ["audio_file", "audio_url"].map((field) => account.inputs.audio(input, field, [2, 60]));
    return {
      model: "lip-sync",
      operation: "lip-sync",
      price: units(0.5 * Math.ceil(source.seconds / 5)),
      slots: 1,
      outputs: [{ kind: "video", size: videoSize("16:9", "std"), seconds: source.seconds, sound: true }],
      inputs: [source.input, ...sounds],
      ...(source.parent && { parent: source.parent }),
    };
  },
};
