import { z } from "zod";
import type { Model } from "../../model/catalog.ts";
import type { OptionMeta } from "../../model/options.ts";

function option<T extends z.ZodType>(schema: T, about: OptionMeta): T {
  return schema.meta({ ...about });
}

/** What the plugin's form offers; the endpoint may take others (contract §A2). */
const styles = ["cinematic", "anime", "realistic", "cartoon", "abstract"];
const resolutions = ["1920x1080", "1280x720", "720x480"];

/** Longest free entry, in characters. */
const maxFree = 60;
const line = /^[^\p{C}]+$/u;

/** The form's limits are its own; an endpoint has its own again and says so (contract §A2). Seconds. */
const options = z.object({
  duration: option(z.int().min(1).max(600).default(10), {
    text: "duration",
    unit: "s",
    level: "basic",
    cost: true,
  }),
  style: option(z.string().regex(line).max(maxFree).default("cinematic"), {
    text: "animoStyle",
    level: "basic",
    suggestions: styles,
  }),
  resolution: option(z.string().regex(line).max(maxFree).default("1280x720"), {
    text: "animoResolution",
    level: "basic",
    cost: true,
    suggestions: resolutions,
  }),
});

/** The connection stays open for the whole making, and nothing says how long that takes (contract §A3, §A5). */
const deadlineMs = 60 * 60_000;

/** The one thing Animo's endpoint makes; no price is known for it (contract, pricing). */
export const models: readonly Model[] = [
  {
    id: "animo",
    name: "Animo",
    operations: {
      "text-to-video": {
        options,
        inputs: [],
        prompt: "required",
        deadlineMs,
        estimate: () => ({ kind: "unknown" }),
      },
    },
  },
];
