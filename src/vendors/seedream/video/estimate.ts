import type { Estimate, EstimateInput } from "../../../model/catalog.ts";
import { hasVideoInput, type VideoOperation } from "./operations.ts";
import { keepsLength } from "./options.ts";
import { billedOf, stepOf } from "./plan.ts";
import { tokenPrice } from "./prices.ts";
import type { VideoProfile } from "./profiles.ts";
import { framesOf, tokensOf } from "./tokens.ts";

interface Range {
  least: number;
  most: number;
}

/**
 * What a clip will cost (contract §6). Where the model chooses the length, or the length of a video that goes in is not known, the
 * longest possible is what it can come to.
 */
export function estimateVideo(
  profile: VideoProfile,
  operation: VideoOperation,
  input: EstimateInput,
): Estimate {
  const price = input.region === "other" ? undefined : profile.prices[input.region];
  const { options } = input;
  const step = stepOf(options);
  const video = hasVideoInput(operation, input.inputs);
  const billed = billedOf(profile, options, step, video);
  const each = price && tokenPrice(price, billed);
  const shape = { resolution: billed.resolution, ratio: String(options.ratio ?? "adaptive") };
  const frames = frameRange(profile, operation, input, video);
  const [least, most] = [tokensOf(profile, shape, frames.least), tokensOf(profile, shape, frames.most)];
  if (!price || each === undefined || least === undefined || most === undefined) return { kind: "unknown" };
  const share = step === "draft" ? (profile.draft?.tokens ?? 1) : 1;
  const cost = (tokens: number) => Math.round(tokens * share * each) / 1_000_000;
  return {
    kind: "money",
    low: cost(least),
    high: cost(most),
    currency: price.currency,
    basis: { unitPrice: each, per: "million-tokens", count: (most * share) / 1_000_000 },
    ...(least < most ? { upTo: true as const } : {}),
  };
}

/** Frames that are billed, at least and at most. */
function frameRange(
  profile: VideoProfile,
  operation: VideoOperation,
  { options, inputs }: EstimateInput,
  video: boolean,
): Range {
  if (Number(options.frames ?? 0) > 0) return { least: Number(options.frames), most: Number(options.frames) };
  const made = madeSeconds(profile, operation, options.duration);
  const taken = video ? takenSeconds(profile, inputs ?? []) : { least: 0, most: 0 };
  return { least: framesOf(made.least + taken.least), most: framesOf(made.most + taken.most) };
}

function madeSeconds(profile: VideoProfile, operation: VideoOperation, duration: unknown): Range {
  const { min, max } = profile.seconds;
  const seconds = keepsLength(profile, operation) ? -1 : Number(duration);
  return seconds === -1 ? { least: min, most: max } : { least: seconds, most: seconds };
}

/** Shortest video the vendor takes. Seconds. */
const leastSeconds = 2;

function takenSeconds(profile: VideoProfile, inputs: NonNullable<EstimateInput["inputs"]>): Range {
  const videos = inputs.filter(({ role }) => role === "video");
  const known = videos.map(({ seconds }) => seconds);
  const most = profile.references?.mostSeconds ?? 0;
  if (videos.length > 0 && known.every((seconds) => seconds !== undefined)) {
    const sum = known.reduce((total, seconds) => total + seconds, 0);
    return { least: sum, most: sum };
  }
  return { least: leastSeconds * Math.max(1, videos.length), most };
}
