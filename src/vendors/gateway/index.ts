import type { Vendor } from "../contract.ts";
import { chat } from "./chat/chat.ts";
import { embed } from "./embed/embed.ts";
import { models } from "./products.ts";
import { regionOf } from "./region.ts";
import { rerank } from "./rerank/rerank.ts";
import { run } from "./run.ts";
import { adoption } from "./tasks/adoption.ts";
import { cancelTask } from "./tasks/cancel.ts";
import { findTasks } from "./tasks/find.ts";
import { taskId } from "./tasks/operation.ts";
import { taskPoll, taskStatus } from "./tasks/status.ts";
import { verify } from "./verify.ts";

/**
 * Alibaba Cloud AI Gateway: a host of the user's own that leads to models it names itself, by OpenAI's paths and by the vendor's
 * native ones; or the vendor's own host. It serves only the routes its operator made.
 */
export const gateway: Vendor = {
  id: "gateway",
  models,
  poll: taskPoll,
  start: run,
  status: taskStatus,
  cancel: cancelTask,
  taskId,
  find: findTasks,
  adoption,
  verify,
  chat,
  embed,
  rerank,
  region: regionOf,
};
