import { randomBytes } from "node:crypto";
import { type Answer, json } from "../../answer.ts";
import type { Tasks } from "../../tasks.ts";
import type { Exchange, Services } from "../../vendor.ts";
import { documented, type ErrorBody, invalid, Refusal } from "../errors.ts";
import { type Body, isObject } from "../fields.ts";
import { IMAGE_MODELS } from "../models.ts";
import { fieldRefusals, findModel, readJson, refuseAtActivation, refuseOne } from "../request.ts";
import { type Content, readContent } from "./content.ts";
import type { Files } from "./files.ts";
import { withFlags } from "./flags.ts";
import { isOnRecord, type Job, stateOf, type VideoTask } from "./job.ts";
import { type createRates, MOST_QUEUED, runningAtOnce } from "./limits.ts";
import { readVideoMarkers, type VideoMarkers } from "./markers.ts";
import { VIDEO_MODELS, type VideoModel } from "./models.ts";
import { planOf } from "./plan.ts";
import { FINAL_RULES, TASK_RULES } from "./rules.ts";
import { taskTypeOf } from "./taskType.ts";

export type Desk = {
  services: Services;
  tasks: Tasks<Job>;
  files: Files;
  rates: ReturnType<typeof createRates>;
};

/** The part of its usual time that a task waits before it runs. */
const QUEUED = 0.2;

/**
 * `POST /contents/generations/tasks` (contract ark §3.1). Checks in the vendor's order: model, activation,
 * fields, limits. Throws a Refusal for what it does not accept.
 */
export function createTask(desk: Desk, exchange: Exchange, requestId: string, serial: number): Answer {
  const sent = readJson(exchange);
  const { model, modelId } = findModel(sent.model, VIDEO_MODELS, IMAGE_MODELS);
  const prompt = loosePrompt(sent.content);
  const markers = readVideoMarkers(prompt);
  refuseAtActivation(markers.error, String(sent.model));

  const { body, content, draftTaskId } = checked(desk, withFlags(sent, prompt, model), model, serial);
  const { now, later } = model.tasked ? taskTypeOf(body, content) : {};
  if (now !== undefined) throw now;
  if (markers.error !== undefined) throw markedError(markers.error, body.content);

  const plan = planOf({ body, model, content, markers, serial });
  refuseAboveLimits(desk, model, plan.resolution, exchange.now());
  const failure = later ?? (markers.failure === undefined ? undefined : documented(markers.failure));
  const id = newId(desk.services.clock.now());
  const job: Job = {
    asked: String(sent.model),
    modelId,
    model,
    body,
    content,
    markers,
    plan,
    failure: failure && withRequestId(failure, requestId),
    charge: exchange.charge,
    charged: false,
    deleted: false,
    ...(draftTaskId !== undefined && { draftTaskId }),
  };
  schedule(desk, desk.tasks.add({ id, ms: desk.services.taskMs, value: job }, exchange.fault));
  return json(200, { id }, { "X-Request-Id": requestId });
}

/** Every text of the content, whatever else is wrong with it. */
function loosePrompt(content: unknown): string {
  const items: unknown[] = Array.isArray(content) ? content : [];
  return items.map((item) => (isObject(item) && typeof item.text === "string" ? item.text : "")).join("\n");
}

type Checked = { body: Body; content: Content; draftTaskId?: string };

/** The request with its content read; a draft's second step with what its draft says. */
function checked(desk: Desk, body: Body, model: VideoModel, serial: number): Checked {
  const refusals: Refusal[] = [];
  let content: Content | undefined;
  try {
    content = readContent(body, model, desk.files);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refusals.push(error);
  }
  const draftTaskId = content?.draftId;
  const rules = draftTaskId === undefined ? TASK_RULES : FINAL_RULES;
  refusals.push(...fieldRefusals(rules, body, model, content?.mode ?? "t2v"));
  refuseOne(refusals, serial);
  if (content === undefined) throw new Error("content without a refusal");
  if (draftTaskId === undefined) return { body, content };

  const draft = findDraft(desk, draftTaskId, model);
  const { return_last_frame, output_format, watermark, execution_expires_after, ...kept } = draft.body;
  const { priority, callback_url, safety_identifier, ...reused } = kept;
  return {
    body: { ...reused, ...body, draft: false, resolution: "1080p" },
    content: draft.content,
    draftTaskId,
  };
}

function findDraft({ tasks, services }: Desk, id: string, model: VideoModel): Job {
  const now = services.clock.now();
  const task = tasks.find((one) => one.id === id && isOnRecord(one, now), undefined);
  const fault =
    task === undefined
      ? `the draft task ${id} is not found or has expired`
      : !task.value.plan.draft || stateOf(task, now).status !== "succeeded"
        ? `the task ${id} is not a draft that has succeeded`
        : task.value.model !== model
          ? "the model must be the model of the draft task"
          : undefined;
  if (task === undefined || fault !== undefined) throw invalid("content[0].draft_task", fault ?? "");
  return task.value;
}

/** Where a real person is seen, the message and `param` say in which item. */
function markedError({ code, retryAfter }: NonNullable<VideoMarkers["error"]>, content: unknown): Refusal {
  const kind = /^Input(Image|Video)SensitiveContentDetected\.PrivacyInformation$/
    .exec(code)?.[1]
    ?.toLowerCase();
  if (kind === undefined) return documented(code, retryAfter);
  const items: unknown[] = Array.isArray(content) ? content : [];
  const at = `content[${items.findIndex((item) => isObject(item) && item.type === `${kind}_url`)}]`;
  const message = `The request failed because the input ${kind} '${at}' may contain real person.`;
  return new Refusal(400, code, message, at);
}

function refuseAboveLimits({ tasks, rates }: Desk, model: VideoModel, resolution: string, now: number): void {
  const rate = resolution === "4k" ? rates.create4k : rates.create;
  if (!rate.take(model.family, now)) throw documented("ModelAccountRpmRateLimitExceeded");
  const waiting = (task: VideoTask) => task.value.model === model && stateOf(task, now).status === "queued";
  if (tasks.newestFirst().filter(waiting).length >= MOST_QUEUED)
    throw new Refusal(
      429,
      "QuotaExceeded",
      "The number of tasks in the queued state for the current account has exceeded the limit. Please try again later.",
    );
}

function withRequestId({ code, message }: Refusal, requestId: string): ErrorBody {
  return { code, message: `${message} Request id: ${requestId}` };
}

/** Sets the task's times: by its markers, and behind the tasks of its model that take all places. */
function schedule({ services, tasks }: Desk, task: VideoTask): void {
  const { markers, model, plan } = task.value;
  const usual = services.taskMs * QUEUED;
  const places = runningAtOnce(plan.resolution);
  const ends = tasks
    .newestFirst()
    .filter((other) => other !== task && other.value.model === model && other.value.cancelledAt === undefined)
    .map(({ endsAt }) => endsAt)
    .filter((endsAt) => endsAt > task.createdAt + usual)
    .sort((one, other) => one - other);
  const free = ends[ends.length - places] ?? 0;
  task.startsAt = Math.max(task.createdAt + (markers.queuedMs ?? usual), free);
  const runs = Math.max(0, (markers.slowMs ?? services.taskMs) - usual);
  if (Number.isFinite(task.endsAt)) task.endsAt = task.startsAt + runs;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** `cgt-`, the time in UTC+8, five random characters. */
function newId(now: number): string {
  const time = new Date(now + 8 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);
  return `cgt-${time}-${[...randomBytes(5)].map((byte) => LETTERS[byte % LETTERS.length]).join("")}`;
}
