import type { VendorAsk } from "./asks.ts";
import type { BaseReading, HeldBy } from "./held.ts";

/** Members of Easel's body that are not the fixture's, by the object they are in, and why that is right. */
export interface Difference {
  input?: Record<string, unknown>;
  parameters?: Record<string, unknown>;
  /** In the fixture, not sent by Easel: `input.x` or `parameters.x`. */
  omits?: readonly string[];
  why: string;
}

/** What of Easel sends the request of a fixture, or reads its answer. */
export type Sender =
  | { ask: VendorAsk; differs?: Difference }
  | { look: string; kind?: "image" | "video" }
  | { cancel: string }
  | { find: VendorAsk };

/** What Easel must make of the answer. */
export interface Reading extends BaseReading {
  usage?: Record<string, number>;
  cancelled?: "cancelled" | "tooLate" | "cannot";
  /** Ids of the tasks found, or of the task accepted. */
  tasks?: readonly string[];
}

/** What holds a fixture. */
export type HeldMedia = HeldBy<Sender, Reading>;

const always = "what the price or the look depends on is sent even where it is the default";
const empty = "an empty text says nothing and is left out";
const noUpload = "Easel sends pictures in the body and takes videos as links: nothing is uploaded";
const refused = { sent: "refused", retryable: false } as const;

const accepted = (task: string): Reading => ({ events: ["accepted"], tasks: [task] });

/** For every file of the contract about pictures, videos, tasks and uploads what in Easel holds it. */
export const gatewayMediaManifest: Readonly<Record<string, HeldMedia>> = {
  "30-image-sync-qwen.json": {
    sends: {
      ask: {
        model: "qwen-image-plus",
        operation: "text-to-image",
        prompt: "A paper boat on a pond",
        options: { size: "1328x1328", asTask: false },
      },
      differs: { omits: ["parameters.negative_prompt"], why: empty },
    },
    reads: {
      events: ["answer", "output", "usage", "done"],
      links: [
        "https://dashscope-result-wlcb-acdr-1.oss-cn-wulanchabu-acdr-1.aliyuncs.com/7d/41/xxx-1.png?Expires=1767954867&OSSAccessKeyId=xxx&Signature=xxx",
      ],
      usage: { images: 1 },
    },
  },
  "31-image-sync-wan26.json": {
    sends: {
      ask: {
        model: "wan2.6-t2i",
        operation: "text-to-image",
        prompt: "A flower shop front",
        options: { asTask: false },
      },
      differs: { omits: ["parameters.negative_prompt"], why: empty },
    },
    reads: {
      events: ["answer", "output", "usage", "done"],
      links: ["https://dashscope-result-bj.oss-accelerate.aliyuncs.com/xxxx.png?Expires=xxx"],
      usage: { images: 1 },
    },
  },
  "32-image-edit-sync.json": {
    sends: {
      ask: {
        model: "qwen-image-edit-plus",
        operation: "images-to-image",
        prompt: "Put the hat from image 2 on the person in image 1",
        options: { count: 2, negativePrompt: " ", size: "1024x1024" },
        inputs: [
          ["reference", "https://example.com/a.png"],
          ["reference", "data:image/png;base64,{BASE64_PNG}"],
        ],
      },
    },
    reads: {
      events: ["answer", "output", "output", "usage", "done"],
      links: [
        "https://dashscope-result-sz.oss-cn-shenzhen.aliyuncs.com/xxx1.png?Expires=xxx",
        "https://dashscope-result-sz.oss-cn-shenzhen.aliyuncs.com/xxx2.png?Expires=xxx",
      ],
      usage: { images: 2 },
    },
  },
  "33-image-async-submit.json": {
    sends: {
      ask: {
        model: "wan2.5-t2i-preview",
        operation: "text-to-image",
        prompt: "A flower shop front",
        options: { negativePrompt: "people", count: 2, seed: 7 },
      },
    },
    reads: accepted("0385dc79-5ff8-4d82-bcb6-xxxxxx"),
  },
  "35-image-async-poll-partial.json": {
    sends: { look: "73205176-xxxx-xxxx-xxxx-16bd5d902219", kind: "image" },
    reads: {
      events: ["answer", "output", "failed", "usage", "done"],
      links: ["https://dashscope-result-bj.oss-cn-beijing.aliyuncs.com/xxx1.png"],
      usage: { images: 1 },
    },
  },
  "40-video-submit-t2v-wan26.json": {
    sends: {
      ask: {
        model: "wan2.6-t2v",
        operation: "text-to-video",
        prompt: "A lighthouse in fog, waves",
        options: { negativePrompt: "text", shotType: "multi", seed: 12345 },
        inputs: [["audio", "https://example.com/sea.mp3"]],
      },
    },
    reads: accepted("0385dc79-5ff8-4d82-bcb6-xxxxx2"),
  },
  "41-video-poll-succeeded-wan26.json": {
    sends: { look: "c15d5b14-07c4-4af5-b862-xxxxxx" },
    reads: {
      events: ["answer", "output", "usage", "done"],
      links: ["https://dashscope-result-sh.oss-cn-shanghai.aliyuncs.com/xxx.mp4?Expires=xxx"],
      usage: { seconds: 10 },
    },
  },
  "42-video-poll-failed.json": {
    sends: { look: "86ecf553-d340-4e21-af6e-a0c6a421c010" },
    reads: {
      events: ["answer", "failed"],
      error: { ...refused, reason: "invalid", code: "InvalidParameter" },
    },
  },
  "43-video-submit-i2v-wan26.json": {
    sends: {
      ask: {
        model: "wan2.6-i2v-flash",
        operation: "image-to-video",
        prompt: "The figure starts to rap",
        options: { duration: 10, sound: false },
        inputs: [["firstFrame", "data:image/png;base64,{BASE64_PNG}"]],
      },
      differs: { parameters: { shot_type: "single" }, why: always },
    },
    reads: accepted("686391d9-7ecf-4290-a8e9-xxxxxx"),
  },
  "45-video-submit-kf2v.json": {
    sends: {
      ask: {
        model: "wan2.2-kf2v-flash",
        operation: "frames-to-video",
        prompt: "A cat looks up",
        inputs: [
          ["firstFrame", "https://example.com/first.png"],
          ["lastFrame", "https://example.com/last.png"],
        ],
      },
      differs: { parameters: { watermark: false }, why: always },
    },
    reads: accepted("50e2ccea-abc4-43d7-a0dc-xxxxxx"),
  },
  "46-video-submit-r2v.json": {
    sends: {
      ask: {
        model: "wan2.6-r2v",
        operation: "references-to-video",
        prompt: "character1 watches a film on the sofa",
        options: { shotType: "multi" },
        inputs: [["video", "https://example.com/person.mp4"]],
      },
    },
    reads: accepted("50e2ccea-abc4-43d7-a0dc-xxxxx6"),
  },
  "50-task-unknown.json": {
    sends: { look: "502a00b1-19d9-4839-a82f-xxxxxx" },
    next: "50-task-unknown.json",
    reads: { events: ["thrown"], error: { reason: "expired", sent: "unknown", next: "taskUnknown" } },
  },
  "51-task-cancel-ok.json": {
    sends: { cancel: "73205176-xxxx-xxxx-xxxx-16bd5d902219" },
    reads: { cancelled: "cancelled" },
  },
  "52-task-cancel-not-pending.json": {
    sends: { cancel: "73205176-xxxx-xxxx-xxxx-16bd5d902219" },
    next: "41-video-poll-succeeded-wan26.json",
    reads: { cancelled: "tooLate" },
  },
  "53-task-list.json": {
    never: "Easel asks for the tasks of one model in the minutes of a call, whatever their status",
    sender: {
      find: {
        model: "wanx2.1-kf2v-plus",
        operation: "frames-to-video",
        prompt: "A cat looks up",
        inputs: [
          ["firstFrame", "png"],
          ["lastFrame", "png"],
        ],
      },
    },
    next: "42-video-poll-failed.json",
    reads: { tasks: ["50e2ccea-abc4-43d7-a0dc-xxxxxx"] },
  },
  "55-upload-getpolicy.json": { elsewhere: noUpload },
  "56-upload-oss-post.json": { elsewhere: noUpload },
};
