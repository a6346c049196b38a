import type { Size } from "../../media/scene.ts";
import type { Body } from "../fields.ts";
import type { Content, Mode } from "./content.ts";
import type { VideoMarkers } from "./markers.ts";
import type { VideoModel } from "./models.ts";
import { videoShape } from "./size.ts";
import { judged } from "./taskType.ts";

/** What a task that was accepted will bring, all of it decided at once. */
export type Plan = Size & {
  operation: string;
  resolution: string;
  ratio: string;
  /** Whole seconds of the result. */
  seconds: number;
  /** Said instead of the seconds where it was asked for. */
  frames: number | undefined;
  seed: number;
  audio: boolean;
  tier: "default" | "flex";
  expiresAfterSeconds: number;
  priority: number;
  draft: boolean;
  format: "mp4" | "mov";
  lastFrame: boolean;
  webSearch: boolean;
  safetyIdentifier: string | undefined;
  tokens: number;
};

const FPS = 24;
const TWO_DAYS_SECONDS = 172_800;

const OPERATIONS: Record<Exclude<Mode, "r2v">, string> = {
  t2v: "text-to-video",
  i2v: "image-to-video",
  flf2v: "frames-to-video",
};
const OF_REFERENCES = { reference: "references-to-video", edit: "edit-video", extend: "extend-video" };

function operationOf(body: Body, { mode, prompt, videos }: Content): string {
  if (mode !== "r2v") return OPERATIONS[mode];
  const told = body.omni_reference_task_type;
  if (told === "reference" || told === "edit" || told === "extend") return OF_REFERENCES[told];
  return OF_REFERENCES[videos.length > 0 ? judged(prompt) : "reference"];
}

/** Whole seconds: as asked, the source's for an edit, else what a marker says or the usual five. */
function secondsOf(body: Body, content: Content, model: VideoModel, edited: boolean, markers: VideoMarkers) {
  const asked = typeof body.duration === "number" ? body.duration : model.seconds.default;
  if (asked !== -1) return asked;
  if (edited) return Math.floor(content.videos[0]?.seconds ?? 5);
  return Math.min(Math.max(markers.seconds ?? 5, model.seconds.least), model.seconds.most);
}

/**
 * Tokens as bills show them: one frame more than the documented formula, and input video counts
 * (contract ark §6).
 */
function tokensOf({ width, height }: Size, frames: number, content: Content): number {
  const input = content.videos.reduce((sum, { seconds }) => sum + seconds, 0) * FPS;
  return Math.round(((input + frames) * width * height) / 1024);
}

export function planOf(accepted: {
  body: Body;
  model: VideoModel;
  content: Content;
  markers: VideoMarkers;
  serial: number;
}): Plan {
  const { body, model, content, markers, serial } = accepted;
  const text = (field: string) => (typeof body[field] === "string" ? body[field] : undefined);
  const number = (field: string) => (typeof body[field] === "number" ? body[field] : undefined);
  const operation = operationOf(body, content);
  const resolution = text("resolution") ?? model.defaultResolution;
  const decides = operation === "edit-video" || operation === "extend-video";
  const shape = videoShape(
    model,
    {
      resolution,
      ratio: text("ratio") ?? (model.classic && content.mode === "t2v" ? "16:9" : "adaptive"),
      prompt: content.prompt,
    },
    decides ? content.videos[0] : content.mode === "r2v" ? undefined : content.images[0],
  );
  const frames = number("frames");
  const seconds =
    frames === undefined
      ? secondsOf(body, content, model, operation === "edit-video", markers)
      : Math.floor(frames / FPS);
  const seed = number("seed") ?? -1;
  return {
    ...shape,
    operation,
    resolution,
    seconds,
    frames,
    seed: seed === -1 ? 58_944 + serial : seed,
    audio: model.modern && body.generate_audio !== false,
    tier: body.service_tier === "flex" ? "flex" : "default",
    expiresAfterSeconds: number("execution_expires_after") ?? TWO_DAYS_SECONDS,
    priority: number("priority") ?? 0,
    draft: body.draft === true,
    format: body.output_format === "mov" ? "mov" : "mp4",
    lastFrame: body.return_last_frame === true,
    webSearch: Array.isArray(body.tools) && body.tools.length > 0,
    safetyIdentifier: text("safety_identifier"),
    tokens: tokensOf(shape, frames ?? FPS * seconds + 1, content),
  };
}
