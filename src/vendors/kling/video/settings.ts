import type { EstimateInput } from "../../../model/catalog.ts";
import type { OptionValues } from "../../../model/options.ts";
import type { BodyObject } from "../../wire/body.ts";
import { cameraAxes, defaultCfg, type Mode, presetMoves } from "../options.ts";
import { perSecond, type VideoPrices } from "../prices.ts";

/** Longest a video task may take, queue included, before Easel stops looking (contract §2). */
export const videoDeadlineMs = 60 * 60_000;

const resolutions: Readonly<Record<Mode, string>> = { std: "720p", pro: "1080p", "4k": "4k" };

/** What the newer paths call a legacy mode. */
export function resolutionOf(mode: unknown): string {
  return resolutions[mode as Mode] ?? "720p";
}

/** `negative_prompt` and `cfg_scale`, where the model has them (contract §4.1). */
export function guidance({ negativePrompt, cfgScale }: OptionValues): BodyObject {
  return {
    ...(typeof negativePrompt === "string" && negativePrompt !== ""
      ? { negative_prompt: negativePrompt }
      : {}),
    ...(typeof cfgScale === "number" ? { cfg_scale: cfgScale } : {}),
  };
}

/** True if nothing is set that only the legacy paths can say (contract §7). */
export function isPlain({ negativePrompt, cfgScale, camera }: OptionValues): boolean {
  return (
    (negativePrompt ?? "") === "" && (cfgScale ?? defaultCfg) === defaultCfg && (camera ?? "none") === "none"
  );
}

/** `camera_control`: a ready-made move without values, or one axis with its value (contract §4.1). */
export function cameraControl({ camera, cameraAmount }: OptionValues): BodyObject {
  if (camera === undefined || camera === "none") return {};
  if (presetMoves.some((move) => move === camera)) return { camera_control: { type: String(camera) } };
  const config = Object.fromEntries(
    cameraAxes.map((axis) => [axis, axis === camera ? Number(cameraAmount) : 0]),
  );
  return { camera_control: { type: "simple", config } };
}

/** `sound`, `mode`, and `duration` as a text: what the price depends on is always sent. */
export function costFields({ sound, mode, duration }: OptionValues): BodyObject {
  return {
    ...(typeof sound === "boolean" ? { sound: sound ? "on" : "off" } : {}),
    ...(mode === undefined ? {} : { mode }),
    ...(duration === undefined ? {} : { duration: String(duration) }),
  };
}

/** `settings` of the newer paths (contract §7). Whether there are several shots is always said: left out, it is true. */
export function newerSettings(options: OptionValues, withShots: boolean): BodyObject {
  const { mode, duration, sound, shots, ratio } = options;
  return {
    ...(withShots ? { multi_shot: shots !== undefined && shots !== "off" } : {}),
    ...(typeof sound === "boolean" ? { audio: sound ? "native" : "off" } : {}),
    resolution: resolutionOf(mode),
    ...(typeof ratio === "string" ? { aspect_ratio: ratio } : {}),
    ...(typeof duration === "number" ? { duration } : {}),
  };
}

/** Units for a video of the asked length, by what it has in it. */
export function estimateVideo(model: string, { options }: EstimateInput) {
  const sounds: keyof VideoPrices = options.sound === true ? "sound" : "silent";
  const kind = options.sound === true && (options.voices ?? "") !== "" ? "voice" : sounds;
  const priced = perSecond(model, kind, options.mode, Number(options.duration));
  return kind === "voice" && priced.kind === "unknown"
    ? perSecond(model, "sound", options.mode, Number(options.duration))
    : priced;
}
