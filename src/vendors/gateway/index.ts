import type { Vendor } from "../contract.ts";
import { models } from "./products.ts";
import { regionOf } from "./region.ts";
import { run } from "./run.ts";
import { verify } from "./verify.ts";

/**
 * Alibaba Cloud AI Gateway: a host of the user's own that leads to models it names itself, by OpenAI's paths and by the vendor's
 * native ones; or the vendor's own host. It serves only the routes its operator made.
 */
export const gateway: Vendor = {
  id: "gateway",
  models,
  start: run,
  verify,
  region: regionOf,
};
