import { z } from "zod";
import type { OptionMeta, OptionsSchema } from "../../../model/options.ts";
import { ratios } from "./frames.ts";
import { takesReferences, type VideoOperation } from "./operations.ts";
import type { VideoProfile } from "./profiles.ts";

const maxSeed = 2_147_483_647;

/** The vendor's own time limit of a task, in hours; it counts from the moment the task was made (contract §3.1). */
export const expiryHours = { min: 1, max: 72, default: 48 } as const;

/** A number of frames is 25 + 4n within these; 0 leaves it to the length (contract §3.1). */
export const frameCounts = { min: 29, max: 289, step: 4, from: 25 } as const;

function meta<T extends z.ZodType>(schema: T, about: OptionMeta): T {
  return schema.meta({ ...about });
}

function switched(initially: boolean, about: OptionMeta): z.ZodType {
  return meta(z.boolean().default(initially), about);
}

/**
 * Options of a model for one operation (contract §3.1, §3.3): exactly those it takes. `seed` is documented for 1.x only; 2.x takes
 * and echoes it all the same.
 */
export function videoOptions(profile: VideoProfile, operation: VideoOperation): OptionsSchema {
  return z.object({
    ...shapeOptions(profile, operation),
    ...lengthOptions(profile, operation),
    ...(profile.sound ? { sound: switched(true, { text: "sound", level: "basic", cost: true }) } : {}),
    seed: meta(z.int().min(-1).max(maxSeed).default(-1), { text: "seed" }),
    ...(profile.fixedCamera ? { cameraFixed: switched(false, { text: "cameraFixed" }) } : {}),
    lastFrame: switched(false, { text: "lastFrame" }),
    watermark: switched(false, { text: "watermark", cost: true }),
    ...(profile.mov ? { format: meta(z.enum(["mp4", "mov"]).default("mp4"), { text: "format" }) } : {}),
    ...queueOptions(profile),
    ...draftOptions(profile),
  });
}

function shapeOptions(profile: VideoProfile, operation: VideoOperation): Record<string, z.ZodType> {
  const resolution = z.enum(Object.keys(profile.frames)).default("720p");
  const fields: Record<string, z.ZodType> = {
    resolution: meta(resolution, { text: "resolution", level: "basic", cost: true }),
  };
  const fromText = operation === "text-to-video";
  const choices: string[] = fromText && !profile.adaptiveFromText ? [...ratios] : ["adaptive", ...ratios];
  if (!followsSource(profile, operation)) {
    const ratio = z.enum(choices).default(fromText ? "16:9" : "adaptive");
    fields.ratio = meta(ratio, { text: "ratio", level: "basic", cost: true });
  }
  return fields;
}

/** Whether the clip always has the ratio of what it is made from. */
function followsSource(profile: VideoProfile, operation: VideoOperation): boolean {
  return profile.typed === true && operation !== "text-to-video" && operation !== "references-to-video";
}

/** Whether the clip is always as long as what it is made from. */
export function keepsLength(profile: VideoProfile, operation: VideoOperation): boolean {
  return profile.typed === true && operation === "edit-video";
}

function lengthOptions(profile: VideoProfile, operation: VideoOperation): Record<string, z.ZodType> {
  if (keepsLength(profile, operation)) return {};
  const { min, max, auto } = profile.seconds;
  const initially = auto && operation === "edit-video" ? -1 : 5;
  const seconds = z
    .int()
    .min(auto ? -1 : min)
    .max(max)
    .default(initially);
  const about = { text: auto ? "durationAuto" : "duration", level: "basic", unit: "s", cost: true } as const;
  const fields: Record<string, z.ZodType> = { duration: meta(seconds, about) };
  if (profile.frameCount) {
    fields.frames = meta(z.int().min(0).max(frameCounts.max).default(0), { text: "frames", cost: true });
  }
  return fields;
}

function queueOptions(profile: VideoProfile): Record<string, z.ZodType> {
  const { min, max } = expiryHours;
  const fields: Record<string, z.ZodType> = {
    expiresAfter: meta(z.int().min(min).max(max).default(expiryHours.default), {
      text: "expiresAfter",
      unit: "h",
    }),
  };
  if (profile.flex) {
    const tier = z.enum(["default", "flex"]).default("default");
    fields.serviceTier = meta(tier, { text: "serviceTier", cost: true });
  }
  if (profile.priority) fields.priority = meta(z.int().min(0).max(9).default(0), { text: "priority" });
  return fields;
}

function draftOptions(profile: VideoProfile): Record<string, z.ZodType> {
  if (!profile.draft) return {};
  return {
    draft: switched(false, { text: "draft", cost: true }),
    draftTask: meta(z.string().max(100).default(""), { text: "draftTask", cost: true }),
  };
}

/** Whether a task type has to be named to the vendor: only where there are references and the model tells kinds apart. */
export function taskType(profile: VideoProfile, operation: VideoOperation): string | undefined {
  if (!profile.typed || !takesReferences(operation)) return undefined;
  return { "edit-video": "edit", "extend-video": "extend" }[operation as string] ?? "reference";
}
