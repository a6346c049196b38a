import { idOf, videoLink } from "./inputs.ts";
import * as option from "./options.ts";
import { perCall } from "./prices.ts";
import type { Product } from "./product.ts";
import { promptProblems } from "./shots.ts";

const deadlineMs = 30 * 60_000;
/** Longest description of a sound, in characters (contract §6.2). */
const maxSoundPrompt = 200;
const unitsPerCall = 0.25;

const format = () => option.choice("format", ["mp3", "wav"], "mp3");

/** A sound from its description (contract §6.2). */
const textToAudio: Product = {
  model: { id: "kling-sound", name: "Kling Sound" },
  operation: "sound",
  unit: "videoUnits",
  profile: {
    options: option.schemaOf({
      seconds: option.soundSeconds(),
      format: format(),
    }),
    inputs: [],
    prompt: "required",
    deadlineMs,
    check: (request) => promptProblems(request, maxSoundPrompt),
    estimate: () => perCall(unitsPerCall),
  },
  legacy: {
    path: "/v1/audio/text-to-audio",
    watermark: false,
    body: (ask) => ({ prompt: ask.prompt, duration: Number(ask.options.seconds) }),
  },
};

/** Sound for a video: the sound alone, and the video with it (contract §6.2). The prompt describes the noises. */
const videoToAudio: Product = {
  model: { id: "kling-sound", name: "Kling Sound" },
  operation: "video-to-audio",
  unit: "videoUnits",
  profile: {
    options: option.schemaOf({
      music: option.words("music", maxSoundPrompt, "", { level: "basic" }),
      asmr: option.flag("asmr", false),
      format: format(),
    }),
    inputs: [videoLink({ minSeconds: 3, maxSeconds: 20, maxBytes: 100 * 1024 * 1024 }, "also")],
    prompt: "optional",
    deadlineMs,
    check: (request) => promptProblems(request, maxSoundPrompt),
    estimate: () => perCall(unitsPerCall),
  },
  legacy: {
    path: "/v1/audio/video-to-audio",
    watermark: false,
    body: (ask) => {
      const url = ask.files("video")[0]?.url ?? "";
      const id = idOf(url);
      return {
        ...(id === undefined ? { video_url: url } : { video_id: id }),
        ...(ask.prompt === "" ? {} : { sound_effect_prompt: ask.prompt }),
        ...(ask.options.music ? { bgm_prompt: String(ask.options.music) } : {}),
        asmr_mode: ask.options.asmr === true,
      };
    },
  },
};

export const soundProducts: readonly Product[] = [textToAudio, videoToAudio];
