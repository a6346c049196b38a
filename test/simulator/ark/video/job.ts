import type { Task } from "../../tasks.ts";
import type { Exchange } from "../../vendor.ts";
import type { ErrorBody } from "../errors.ts";
import type { Body } from "../fields.ts";
import type { Content } from "./content.ts";
import type { VideoMarkers } from "./markers.ts";
import type { VideoModel } from "./models.ts";
import type { Plan } from "./plan.ts";

/** A video task of the account. */
export type Job = {
  /** The model as it was asked for: a model id or an endpoint id. */
  asked: string;
  modelId: string;
  model: VideoModel;
  body: Body;
  content: Content;
  markers: VideoMarkers;
  plan: Plan;
  /** How it ends, if not well. */
  failure: ErrorBody | undefined;
  charge: Exchange["charge"];
  charged: boolean;
  cancelledAt?: number;
  deleted: boolean;
  /** The results' addresses, once somebody has asked. */
  links?: { video_url: string; last_frame_url?: string };
  /** The draft that it makes final. */
  draftTaskId?: string;
};

export type VideoTask = Task<Job>;

export type Status = "queued" | "running" | "succeeded" | "failed" | "cancelled" | "expired";

export const STATUSES: readonly string[] = [
  "queued",
  "running",
  "succeeded",
  "failed",
  "cancelled",
  "expired",
] satisfies Status[];

const DAY_MS = 24 * 3600 * 1000;

/** Where a task stands at `now`, and since when. Simulated milliseconds since the epoch. */
export function stateOf(task: VideoTask, now: number): { status: Status; since: number } {
  const { createdAt, startsAt, endsAt, value } = task;
  if (value.cancelledAt !== undefined) return { status: "cancelled", since: value.cancelledAt };
  const deadline = createdAt + value.plan.expiresAfterSeconds * 1000;
  if (now >= deadline && endsAt > deadline) return { status: "expired", since: deadline };
  if (now >= endsAt) return { status: value.failure === undefined ? "succeeded" : "failed", since: endsAt };
  return now >= startsAt ? { status: "running", since: startsAt } : { status: "queued", since: createdAt };
}

/** Whether the record can still be read: seven days, a day for a cancelled one (contract ark §3.4). */
export function isOnRecord(task: VideoTask, now: number): boolean {
  const { cancelledAt, deleted } = task.value;
  if (deleted || now >= task.createdAt + 7 * DAY_MS) return false;
  return cancelledAt === undefined || now < cancelledAt + DAY_MS;
}
