import type { EstimateInput } from "../../../model/catalog.ts";
import type { Usage } from "../../contract.ts";
import type { VideoHandle } from "./handle.ts";
import { tokenPrice } from "./prices.ts";
import { videoProfiles } from "./profiles.ts";
import type { Task } from "./task.ts";

/** What a clip used: tokens as the vendor counts them, money where their price is known (contract §6). What the task echoes goes before what was asked. */
export function videoUsage(task: Task, handle: VideoHandle, region: EstimateInput["region"]): Usage {
  const tokens = task.usage?.completion_tokens ?? task.usage?.total_tokens;
  if (tokens === undefined) return { units: {} };
  const units = { tokens };
  const price = region === "other" ? undefined : profileOf(task, handle)?.prices[region];
  if (!price) return { units };
  const each = tokenPrice(price, {
    resolution: task.resolution ?? handle.resolution,
    sound: task.generate_audio ?? handle.sound,
    video: handle.video,
    flex: task.service_tier === undefined ? handle.flex : task.service_tier === "flex",
  });
  if (each === undefined) return { units };
  return {
    units,
    money: { amount: Math.round(tokens * each) / 1_000_000, currency: price.currency },
  };
}

/** By the handle, else by the model the task names, which may come without its date. */
function profileOf({ model = "" }: Task, handle: VideoHandle) {
  const own = videoProfiles.find(({ id }) => id === handle.model);
  if (own) return own;
  const undated = (id: string) => id.replace(/-\d{6}$/, "");
  return videoProfiles.find(({ ids }) => [ids.cn, ids.intl].some((id) => undated(id) === undated(model)));
}
