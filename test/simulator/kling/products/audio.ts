import type { Account } from "../account.ts";
import { invalid } from "../errors.ts";
import { type Body, choice, flag, number, requiredNumber, requiredText, text } from "../fields.ts";
import type { Product } from "../plan.ts";
import { units } from "../prices.ts";
import { sizeLike, videoSize } from "../size.ts";

/** `POST /v1/audio/text-to-audio` (contract kling §6.2). */
export const TEXT_TO_AUDIO: Product = {
  path: "/v1/audio/text-to-audio",
  pack: "audio",
  check: (body) => {
    requiredText(body, "prompt", 200);
    const seconds = requiredNumber(body, "duration", 3, 10);
    if (Math.abs(seconds * 10 - Math.round(seconds * 10)) > 1e-9)
      throw invalid("duration has one decimal at most");
    return {
      model: "text-to-audio",
      operation: "sound",
      price: units(0.25),
      slots: 1,
      outputs: [{ kind: "audio", seconds }],
      inputs: [],
    };
  },
};

/** `POST /v1/audio/video-to-audio` (contract kling §6.2): the video again, with sound, and the sound alone. */
export const VIDEO_TO_AUDIO: Product = {
  path: "/v1/audio/video-to-audio",
  pack: "audio",
  check: (body, account) => {
    const source = account.source(body, { seconds: [3, 20.1], sides: [1, 4553] });
    text(body, "sound_effect_prompt", 200);
    text(body, "bgm_prompt", 200);
    flag(body, "asmr_mode");
    const facts = source.input?.facts;
    const size = facts === undefined ? videoSize("16:9", "std") : sizeLike(facts, "std");
    return {
      model: "video-to-audio",
      operation: "video-to-audio",
      price: units(0.25),
      slots: 1,
      outputs: [
        { kind: "video", size, seconds: source.seconds, sound: true },
        { kind: "audio", seconds: source.seconds },
      ],
      inputs: [source.input],
      ...(source.parent && { parent: source.parent }),
    };
  },
};

/** Characters a second that a voice speaks. */
const PACE = 10;

/** `POST /v1/audio/tts` (contract kling §6.2): speech at once. The catalogue of voices is not published: any name is taken. */
export function speak(body: Body, account: Account) {
  const words = requiredText(body, "text", 1000);
  const voice = requiredText(body, "voice_id");
  if (!/^[\w-]+$/.test(voice)) throw invalid(`voice_id value '${voice}' is invalid`);
  choice(body, "voice_language", ["zh", "en"]);
  const speed = number(body, "voice_speed", 0.8, 2) ?? 1;
  const seconds = Math.max(1, Math.round(([...words].length / PACE / speed) * 10) / 10);
  const { id, url } = account.maker.speech(seconds);
  const now = account.now();
  return {
    model: "tts",
    operation: "speech",
    price: units(0.05),
    data: {
      task_id: account.ids.next(),
      task_status: "succeed",
      task_status_msg: "",
      task_result: { audios: [{ id, url, duration: seconds.toFixed(1) }] },
      final_unit_deduction: "0.05",
      created_at: now,
      updated_at: now,
    },
  };
}
