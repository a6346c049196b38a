import type { Vendor } from "../contract.ts";
import { runImages } from "./images/run.ts";
import { models } from "./models.ts";
import { regionOf } from "./region.ts";
import { verify } from "./verify.ts";

/** Seedream: pictures by Volcengine Ark and BytePlus ModelArk. Every call is synchronous, so there is nothing to poll. */
export const seedream: Vendor = { id: "seedream", models, start: runImages, verify, region: regionOf };
