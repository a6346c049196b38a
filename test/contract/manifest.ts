import type { OperationId } from "../../src/model/operations.ts";
import type { OptionValues } from "../../src/model/options.ts";
import type { ProblemCode } from "../../src/model/problems.ts";
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
}

/** What holds a fixture. At least one of the three. */
export interface Held {
  /** Easel sends this request. */
  sends?: Ask & { differs?: Difference };
  /** Easel never sends this request: its checks stop it first, or it has no way to write it. */
  never?: (Ask & { problem: ProblemCode }) | { why: string };
  /** Easel reads this answer. */
  reads?: Reading;
  /** Only the simulator plays it, because of this. */
  simulatorOnly?: string;
}

const refused = { sent: "refused", retryable: false } as const;
const alwaysExplicit =
  "fields that have a default are sent all the same, so that a changed default changes nothing";
const errorOnly = "the request is only there to provoke the answer";
const video = "video is not part of what Easel offers yet, so it neither sends this nor reads it";
const videoError =
  "the request is a video task's, which Easel does not offer yet; its error body has the shape and codes of every other";

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
    never: { why: videoError },
    reads: { error: { ...refused, reason: "balance", next: "topUp", status: 403 } },
  },
  "error-quota-exceeded-queue.json": {
    never: { why: videoError },
    reads: { error: { reason: "rateLimit", sent: "refused", retryable: true, retryAfterMs: 60_000 } },
  },
  "error-video-duration.json": {
    never: { why: videoError },
    reads: { error: { ...refused, reason: "invalid", field: "duration" } },
  },
  "error-video-flex-unsupported.json": {
    never: { why: videoError },
    reads: { error: { ...refused, reason: "invalid", field: "service_tier" } },
  },
  "error-video-mixed-modes.json": {
    never: { why: videoError },
    reads: { error: { ...refused, reason: "invalid" } },
  },
  "error-video-real-person.json": {
    never: { why: videoError },
    reads: { error: { ...refused, reason: "policy", next: "realPerson" } },
  },
  "error-video-task-not-found.json": {
    never: { why: videoError },
    reads: { error: { ...refused, reason: "notFound", status: 404 } },
  },
  "video-callback.json": { simulatorOnly: video },
  "video-create-draft.json": { simulatorOnly: video },
  "video-create-edit-2-5.json": { simulatorOnly: video },
  "video-create-first-frame-base64.json": { simulatorOnly: video },
  "video-create-first-last-frame.json": { simulatorOnly: video },
  "video-create-flex-frames.json": { simulatorOnly: video },
  "video-create-inline-flags.json": { simulatorOnly: video },
  "video-create-multimodal-reference.json": { simulatorOnly: video },
  "video-create-text.json": { simulatorOnly: video },
  "video-delete-queued.json": { simulatorOnly: video },
  "video-delete-running.json": { simulatorOnly: video },
  "video-get-expired.json": { simulatorOnly: video },
  "video-get-failed-task-constraint.json": { simulatorOnly: video },
  "video-get-failed.json": { simulatorOnly: video },
  "video-get-running.json": { simulatorOnly: video },
  "video-get-succeeded.json": { simulatorOnly: video },
  "video-list.json": { simulatorOnly: video },
};
