import type { Estimate, EstimateInput } from "../../../model/catalog.ts";
import type { OptionValues } from "../../../model/options.ts";
import type { Usage } from "../../contract.ts";
import { rounded } from "../money.ts";
import type { TaskOperation } from "../tasks/operation.ts";
import type { TaskUsage } from "../tasks/task.ts";
import type { VideoForm, VideoPrices, VideoProfile } from "./form.ts";
import { otherProfiles } from "./others.ts";
import { type Resolution, resolutionOf } from "./sizes.ts";
import { wanProfiles } from "./wan.ts";

/** Every video model of contract §6. */
export const videoProfiles: readonly VideoProfile[] = [...wanProfiles, ...otherProfiles];

/** How fine a request asks its video to be. */
export function askedResolution(form: VideoForm, options: OptionValues): Resolution | undefined {
  const { by, values } = form.fineness;
  if (by === "size") return resolutionOf(String(options.size));
  return values.find((value) => value === options.resolution) ?? values[0];
}

/**
 * What a request will cost (contract §9): its seconds at the list price of Beijing, which a gateway does not tell. Where videos go in their
 * seconds are billed too, and nobody knows them before.
 */
export function estimateVideo(form: VideoForm, { options, inputs, region }: EstimateInput): Estimate {
  const each = perSecond(form.prices, askedResolution(form, options), options.sound !== false);
  const seconds = Number(options.duration ?? 0);
  const isBilledToo = inputs?.some(({ role }) => role === "video") && form.duration?.text !== "durationWhole";
  if (each === undefined || region === "intl" || seconds <= 0 || isBilledToo) return { kind: "unknown" };
  const amount = rounded(each * seconds);
  return {
    kind: "money",
    low: amount,
    high: amount,
    currency: "CNY",
    basis: { unitPrice: each, per: "second", count: seconds },
  };
}

/** What a task used, in the words of its model's generation: `duration` counts what went in along with what came (contract §6). */
export function videoUsage(
  { model, resolution, sound }: TaskOperation,
  usage: TaskUsage,
  region: EstimateInput["region"],
): Usage {
  const seconds = usage.duration ?? usage.video_duration ?? usage.output_video_duration;
  if (seconds === undefined) return { units: {} };
  const made = usage.SR === undefined ? resolution : `${usage.SR}P`;
  const each = perSecond(pricesOf(model), made as Resolution | undefined, (usage.audio ?? sound) !== false);
  const units = { seconds };
  if (each === undefined || region === "intl") return { units };
  return { units, money: { amount: rounded(each * seconds), currency: "CNY" } };
}

function perSecond(
  prices: VideoPrices | undefined,
  resolution: Resolution | undefined,
  sound: boolean,
): number | undefined {
  if (!prices || !resolution) return undefined;
  return sound ? prices.plain[resolution] : (prices.silent ?? prices.plain)[resolution];
}

/** The prices of a model are the same for all it does. */
function pricesOf(model: string): VideoPrices | undefined {
  const profile = videoProfiles.find(({ id }) => id === model);
  return Object.values(profile?.operations ?? {})[0]?.prices;
}
