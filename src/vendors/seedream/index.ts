import type { Vendor } from "../contract.ts";
import { runImages } from "./images/run.ts";
import { models } from "./models.ts";
import { regionOf } from "./region.ts";
import { verify } from "./verify.ts";
import { adoption } from "./video/adoption.ts";
import { cancelVideo, eraseVideo } from "./video/cancel.ts";
import { createVideo } from "./video/create.ts";
import { findVideo } from "./video/find.ts";
import { taskIdOf } from "./video/handle.ts";
import { isVideoOperation } from "./video/operations.ts";
import { videoStatus } from "./video/status.ts";

/**
 * Seedream and Seedance: pictures and clips by Volcengine Ark and BytePlus ModelArk. Pictures come with the answer; clips are tasks,
 * which take from seconds to half an hour.
 */
export const seedream: Vendor = {
  id: "seedream",
  models,
  poll: { firstMs: 5_000, everyMs: 5_000, maxMs: 15_000 },
  start: (request, context) =>
    isVideoOperation(request.operation) ? createVideo(request, context) : runImages(request, context),
  status: videoStatus,
  cancel: cancelVideo,
  erase: eraseVideo,
  cancelling: { reaches: "queued", billed: "no" },
  taskId: taskIdOf,
  find: async (request, since, context) =>
    isVideoOperation(request.operation) ? findVideo(request, since, context) : [],
  adoption,
  verify,
  region: regionOf,
};
