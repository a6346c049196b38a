import type { OperationId } from "../../src/model/operations.ts";
import type { OptionValues } from "../../src/model/options.ts";
import type { ProblemCode } from "../../src/model/problems.ts";
import type { CancelResult } from "../../src/vendors/contract.ts";
import type { VendorErrorFacts } from "../../src/vendors/errors.ts";
import type { Sample } from "./samples.ts";

/** What Easel is asked for so that it sends a fixture's request. `inputs` are sample files in their order. */
export interface Ask {
  model: string;
  operation: OperationId;
  options?: OptionValues;
  inputs?: readonly Sample[];
}

/** Fields in which Easel's request is not the fixture's, and why that is right. */
export interface Difference {
  /** Sent by Easel, not in the fixture (or there with another value). */
  adds?: Record<string, unknown>;
  /** In the fixture, not sent by Easel. */
  omits?: readonly string[];
  why: string;
}

/** What Easel must make of the answer: outputs are compared with the fixture's own body. */
export interface Reading {
  /** Slots that bring a picture, and those that fail on their own. */
  outputs?: readonly number[];
  failures?: Readonly<Record<number, Partial<VendorErrorFacts>>>;
  /** The call fails as a whole. */
  error?: Partial<VendorErrorFacts>;
  images?: number;
  /** The id of the task that was made is taken from it. */
  task?: true;
}

/** What Easel must make of a task it looks at. */
export interface LookReading {
  phase?: "queued" | "running";
  /** Fields of `content` that bring an output, in the order of the slots. */
  outputs?: readonly string[];
  /** The task has failed. */
  failed?: Partial<VendorErrorFacts>;
  /** The look itself has failed. */
  error?: Partial<VendorErrorFacts>;
}

/** What holds a fixture. At least one of these. */
export interface Held {
  /** Easel sends this request. */
  sends?: Ask & { differs?: Difference };
  /** Easel never sends this request: its checks stop it first, or it has no way to write it. */
  never?: (Ask & { problem: ProblemCode }) | { why: string };
  /** Easel reads this answer. */
  reads?: Reading;
  /** Easel makes this look at a task and reads it. */
  looks?: LookReading;
  /** Easel sends this to cancel a task it has just found queued, and comes to this; `found` is the status where it looks again. */
  cancels?: { result: CancelResult["result"]; found?: string };
  /** Easel finds the tasks of this answer for such a request. Its own query asks for more, and filters by itself. */
  finds?: Ask;
  /** Only the simulator plays it, because of this. */
  simulatorOnly?: string;
}

const refused = { sent: "refused", retryable: false } as const;
const alwaysExplicit =
  "fields that have a default are sent all the same, so that a changed default changes nothing";
const errorOnly = "the request is only there to provoke the answer";
const costAlwaysSent = "what moves the cost is always sent";
const clip = { model: "seedance-2-0", operation: "text-to-video" } as const;

/** For every file of the Ark contract what in Easel holds it. A file that is not here fails. */
export const arkManifest: Readonly<Record<string, Held>> = {
  "image-text-to-image.json": {
    sends: {
      model: "seedream-4-5",
      operation: "text-to-image",
      options: { size: "2048x2048", watermark: true },
      differs: { omits: ["stream"], why: "a single picture is not streamed, and false is the default" },
    },
    reads: { outputs: [0], images: 1 },
  },
  "image-edit-single-b64.json": {
    sends: {
      model: "seedream-5-0-lite",
      operation: "image-to-image",
      options: { format: "png", delivery: "b64_json" },
      inputs: ["png"],
      differs: { adds: { sequential_image_generation: "disabled" }, why: alwaysExplicit },
    },
    reads: { outputs: [0], images: 1 },
  },
  "image-group-multi-reference.json": {
    sends: {
      model: "seedream-5-0",
      operation: "images-to-image",
      options: { count: 3 },
      inputs: ["png", "jpeg"],
      differs: {
        adds: { stream: true, output_format: "jpeg" },
        why: `groups are streamed, so that each picture is seen when it is there; ${alwaysExplicit}`,
      },
    },
    reads: { outputs: [0, 1, 2], images: 3 },
  },
  "image-group-partial-failure.json": {
    sends: {
      model: "seedream-4-5",
      operation: "text-to-image",
      options: { count: 3 },
      differs: {
        adds: { stream: true, response_format: "url" },
        why: `groups are streamed; ${alwaysExplicit}`,
      },
    },
    reads: {
      outputs: [0, 2],
      failures: { 1: { ...refused, reason: "policy", code: "OutputImageSensitiveContentDetected" } },
      images: 2,
    },
  },
  "image-stream-sse.json": {
    sends: { model: "seedream-4-5", operation: "text-to-image", options: { count: 3 } },
    reads: {
      outputs: [0, 2],
      failures: { 1: { ...refused, reason: "policy", code: "OutputImageSensitiveContentDetected" } },
      images: 2,
    },
  },
  "image-layer-decomposition.json": {
    sends: {
      model: "seedream-5-0-pro",
      operation: "layers",
      options: { size: "2K", format: "jpeg" },
      inputs: ["jpeg"],
    },
    reads: { outputs: [0, 1, 2], images: 3 },
  },
  "image-transparent-background.json": {
    sends: {
      model: "seedream-5-0-pro",
      operation: "image-to-image",
      options: { size: "1.5K", background: "transparent", format: "png" },
      inputs: ["alpha"],
      differs: {
        adds: { optimize_prompt_options: { mode: "standard" }, response_format: "url" },
        why: alwaysExplicit,
      },
    },
    reads: { outputs: [0], images: 1 },
  },
  "image-all-failed-top-level-error.json": {
    sends: {
      model: "seedream-4-0",
      operation: "text-to-image",
      differs: {
        adds: {
          sequential_image_generation: "disabled",
          optimize_prompt_options: { mode: "standard" },
          response_format: "url",
          watermark: false,
        },
        why: alwaysExplicit,
      },
    },
    reads: {
      error: { ...refused, reason: "policy", code: "OutputImageSensitiveContentDetected", status: 200 },
    },
  },
  "image-stream-rejected-before-start.json": {
    never: {
      model: "seedream-5-0-lite",
      operation: "text-to-image",
      options: { size: "1K" },
      problem: "sizeFormat",
    },
    reads: { error: { ...refused, reason: "invalid", status: 400, field: "size" } },
  },
  "error-image-size-too-small.json": {
    never: {
      model: "seedream-4-5",
      operation: "text-to-image",
      options: { size: "1024x1024" },
      problem: "sizeMinPixels",
    },
    reads: { error: { ...refused, reason: "invalid", status: 400, field: "size" } },
  },
  "error-image-too-many-references.json": {
    never: {
      model: "seedream-5-0-pro",
      operation: "images-to-image",
      inputs: Array.from({ length: 11 }, () => "png" as const),
      problem: "inputTooMany",
    },
    reads: { error: { ...refused, reason: "invalid", status: 400, field: "image" } },
  },
  "error-image-sequential-unsupported.json": {
    never: {
      model: "seedream-5-0-pro",
      operation: "text-to-image",
      options: { count: 1 },
      problem: "optionUnknown",
    },
    reads: {
      error: { ...refused, reason: "invalid", field: "sequential_image_generation", next: "reportField" },
    },
  },
  "error-image-bad-base64.json": {
    never: { why: "the type in a data URI is lower case and from the bytes, and its base64 is Easel's own" },
    reads: { error: { ...refused, reason: "invalid", next: "badPicture" } },
  },
  "error-model-not-found.json": {
    never: { why: "a model is sent by its full id" },
    reads: { error: { ...refused, reason: "notFound", next: "checkModel", status: 404 } },
  },
  "error-model-id-access-disabled.json": {
    never: { why: errorOnly },
    reads: { error: { ...refused, reason: "notFound", next: "useEndpoint", status: 404 } },
  },
  "error-input-text-sensitive.json": {
    never: { why: errorOnly },
    reads: { error: { ...refused, reason: "policy", next: "changePrompt" } },
  },
  "error-output-image-sensitive.json": {
    never: { why: errorOnly },
    reads: { error: { ...refused, reason: "policy", next: "changePromptOrAgain" } },
  },
  "error-internal.json": {
    never: { why: errorOnly },
    reads: { error: { reason: "ambiguous", sent: "unknown", retryable: false, status: 500 } },
  },
  "error-rate-limit-ipm.json": {
    never: { why: errorOnly },
    reads: { error: { reason: "rateLimit", sent: "refused", retryable: true, retryAfterMs: 3000 } },
  },
  "error-account-overdue.json": {
    never: { why: errorOnly },
    reads: { error: { ...refused, reason: "balance", next: "topUp", status: 403 } },
  },
  "error-quota-exceeded-queue.json": {
    never: { why: errorOnly },
    reads: { error: { reason: "rateLimit", sent: "refused", retryable: true, retryAfterMs: 60_000 } },
  },
  "error-video-duration.json": {
    never: { ...clip, options: { duration: 3 }, problem: "optionTooSmall" },
    reads: { error: { ...refused, reason: "invalid", field: "duration" } },
  },
  "error-video-flex-unsupported.json": {
    never: { ...clip, options: { serviceTier: "flex" }, problem: "optionUnknown" },
    reads: { error: { ...refused, reason: "invalid", field: "service_tier" } },
  },
  "error-video-mixed-modes.json": {
    never: { why: "no operation has places for frames and for references" },
    reads: { error: { ...refused, reason: "invalid" } },
  },
  "error-video-real-person.json": {
    never: { why: errorOnly },
    reads: { error: { ...refused, reason: "policy", next: "realPerson" } },
  },
  "error-video-task-not-found.json": {
    looks: { error: { reason: "notFound", sent: "unknown", status: 404, next: "taskGone" } },
  },
  "video-callback.json": { simulatorOnly: "nobody can call an extension on a desktop" },
  "video-create-text.json": {
    sends: { ...clip, options: { lastFrame: true } },
    reads: { task: true },
  },
  "video-create-first-frame-base64.json": {
    sends: { ...clip, operation: "image-to-video", inputs: ["jpeg"] },
    reads: { task: true },
  },
  "video-create-first-last-frame.json": {
    sends: {
      ...clip,
      operation: "frames-to-video",
      inputs: ["https://cdn.example/first.png", "https://cdn.example/last.png"],
    },
    reads: { task: true },
  },
  "video-create-multimodal-reference.json": {
    sends: {
      ...clip,
      operation: "references-to-video",
      inputs: ["png", "https://cdn.example/ref.mp4", "wav"],
    },
    reads: { task: true },
  },
  "video-create-edit-2-5.json": {
    sends: {
      model: "seedance-2-5",
      operation: "edit-video",
      options: { format: "mov", priority: 3 },
      inputs: ["https://cdn.example/source.mov"],
      differs: {
        adds: { generate_audio: true, watermark: false },
        omits: ["safety_identifier"],
        why: `${costAlwaysSent}; Easel knows nothing of its user to tell`,
      },
    },
    reads: { task: true },
  },
  "video-create-draft.json": {
    sends: {
      model: "seedance-2-5",
      operation: "text-to-video",
      options: { draft: true, resolution: "480p" },
      differs: { adds: { generate_audio: true, watermark: false }, why: costAlwaysSent },
    },
    reads: { task: true },
  },
  "video-create-flex-frames.json": {
    sends: {
      model: "seedance-1-0-pro",
      operation: "text-to-video",
      options: {
        resolution: "1080p",
        frames: 121,
        seed: 42,
        cameraFixed: true,
        serviceTier: "flex",
        expiresAfter: 24,
      },
      differs: { omits: ["callback_url"], why: "nobody can call an extension on a desktop" },
    },
    reads: { task: true },
  },
  "video-create-inline-flags.json": {
    never: { why: "options are sent as fields; flags that the user wrote go as they are, with a warning" },
    reads: { task: true },
  },
  "video-get-running.json": { looks: { phase: "running" } },
  "video-get-succeeded.json": { looks: { outputs: ["video_url", "last_frame_url"] } },
  "video-get-failed.json": {
    looks: {
      failed: {
        ...refused,
        reason: "policy",
        code: "OutputAudioSensitiveContentDetected",
        next: "soundDeclined",
      },
    },
  },
  "video-get-failed-task-constraint.json": {
    looks: {
      failed: {
        ...refused,
        reason: "invalid",
        code: "InvalidParameter.TaskTypeConstraint",
        next: "taskType",
      },
    },
  },
  "video-get-expired.json": {
    looks: { failed: { ...refused, reason: "unavailable", code: "expired", next: "taskExpired" } },
  },
  "video-list.json": { finds: clip },
  "video-delete-queued.json": { cancels: { result: "cancelled" } },
  "video-delete-running.json": { cancels: { result: "tooLate", found: "running" } },
};
