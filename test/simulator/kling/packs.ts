import { invalid, Refusal } from "./errors.ts";
import { integer, objects } from "./fields.ts";
import type { Handle } from "./guard.ts";

const DAY_MS = 24 * 3600 * 1000;

/** `GET /account/costs`: the resource packs, free, once a second at most (contract kling §6.3). */
export function createCosts(now: () => number): { handle: Handle; reset(): void } {
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    reset: () => {
      lastAt = Number.NEGATIVE_INFINITY;
    },
    handle: ({ exchange: { query } }) => {
      const [start, end] = ["start_time", "end_time"].map((name) => {
        const value = query.get(name) ?? "";
        if (!/^\d{13}$/.test(value)) throw invalid(`${name} must be a timestamp in milliseconds`);
        return Number(value);
      });
      if ((start ?? 0) >= (end ?? 0)) throw invalid("start_time must be before end_time");
      if (now() - lastAt < 1000) throw new Refusal(1302);
      lastAt = now();
      const name = query.get("resource_pack_name");
      const packs = PACKS(now()).filter((pack) => name === null || pack.resource_pack_name === name);
      return { code: 0, msg: "success", resource_pack_subscribe_infos: packs };
    },
  };
}

const PACKS = (now: number) => [
  {
    resource_pack_name: "Video Generation - 10,000 entries",
    resource_pack_id: "509f3fd3d4ab4a3f9eec5db27aa44f27",
    resource_pack_type: "decreasing_total",
    total_quantity: 200,
    remaining_quantity: 118,
    purchase_time: now - 120 * DAY_MS,
    effective_time: now - 120 * DAY_MS,
    invalid_time: now - 30 * DAY_MS,
    status: "expired",
  },
  {
    resource_pack_name: "Video Generation - 1,000 entries",
    resource_pack_id: "61ab50ce6f3b4ac2a4b1c9f0a1d2e3f4",
    resource_pack_type: "decreasing_total",
    total_quantity: 1000,
    remaining_quantity: 871.5,
    purchase_time: now - 30 * DAY_MS,
    effective_time: now - 30 * DAY_MS,
    invalid_time: now + 60 * DAY_MS,
    status: "online",
  },
];

/** `POST /account/billing/balance` and `/package` (contract kling §6.3); there is nothing to tell. */
export const billing: Handle = ({ body }) => {
  for (const field of ["start_time", "end_time"])
    if (!/^\d{13}$/.test(String(body[field]))) throw invalid(`${field} must be a timestamp in milliseconds`);
  integer(body, "limit", 1, 500);
  objects(body, "filters", 10);
  return { result: { detail: [] }, count: 0, next_cursor: "", has_more: false };
};
