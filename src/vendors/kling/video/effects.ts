import type { Problem } from "../../../model/catalog.ts";
import { FilePart, fileFields } from "../../wire/body.ts";
import { pictures } from "../inputs.ts";
import * as option from "../options.ts";
import { type Product, problem } from "../product.ts";
import { videoDeadlineMs } from "./settings.ts";

/** Effects that take two pictures (contract §4.4). */
const dualScenes = [
  "hug_pro",
  "kiss_pro",
  "heart_gesture_pro",
  "fight_pro",
  "cheers_2026",
  "eternal_kiss",
  "snow_night_kiss",
  "smooth_transition",
  "finger_swipe",
  "french_elegance",
  "studio_look",
  "switch_to_silk",
  "toss_run",
  "daily_ootd",
  "pet_skateboard",
] as const;

const discontinued = [
  "kiss",
  "fight",
  "hug",
  "thumbs_up",
  "tiger_hug",
  "pet_lion",
  "3d_cartoon_1",
  "celebration",
  "c4d_cartoon",
  "magic_match_tree",
];

const path = "/v1/videos/effects";

const shared = {
  operation: "effects",
  unit: "videoUnits",
} as const;

/** Ready-made effects: with two pictures by their names, with one by whatever name Kling's own list has (contract §4.4). */
export const effectProducts: readonly Product[] = [
  {
    ...shared,
    model: { id: "kling-effects-two", name: "Kling Effects (two pictures)" },
    profile: {
      options: option.schemaOf({
        effect: option.choice("effect", dualScenes, dualScenes[0], { level: "basic" }),
      }),
      inputs: [pictures("reference", 2, 2)],
      prompt: "none",
      deadlineMs: videoDeadlineMs,
      estimate: () => ({ kind: "unknown" }),
    },
    legacy: {
      path,
      watermark: false,
      body: (ask) => ({
        effect_scene: String(ask.options.effect),
        input: { images: ask.files("reference").map((file) => new FilePart(file)) },
      }),
    },
  },
  {
    ...shared,
    model: { id: "kling-effects", name: "Kling Effects" },
    profile: {
      options: option.schemaOf({
        effectName: option.words("effectName", 60, undefined, { level: "basic" }),
      }),
      inputs: [pictures("reference", 1, 1)],
      prompt: "none",
      deadlineMs: videoDeadlineMs,
      check: ({ options }) => effectProblems(String(options.effectName ?? "")),
      estimate: () => ({ kind: "unknown" }),
    },
    legacy: {
      path,
      watermark: false,
      body: (ask) => ({
        effect_scene: String(ask.options.effectName),
        input: fileFields("image", ask.files("reference")),
      }),
    },
  },
];

function effectProblems(name: string): Problem[] {
  if (discontinued.includes(name)) return [problem("effectGone", "effectName", { actual: name })];
  if (dualScenes.some((scene) => scene === name)) {
    return [problem("effectNeedsTwo", "effectName", { actual: name })];
  }
  return name === "" || /^[a-z0-9_]+$/.test(name)
    ? []
    : [problem("effectForm", "effectName", { actual: name })];
}
