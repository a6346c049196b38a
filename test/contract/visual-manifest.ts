import type { VendorAsk } from "./asks.ts";
import type { BaseReading, HeldBy } from "./held.ts";

/** Fields in which Easel's request is not the fixture's, and why that is right. */
export interface Difference {
  /** Sent by Easel, not in the fixture (or there with another value). */
  adds: Record<string, unknown>;
  why: string;
}

/** What of Easel sends the request of a fixture, or reads its answer. */
export type Sender =
  | { ask: VendorAsk; differs?: Difference }
  | { look: true }
  | { speak: VendorAsk }
  | { verify: true }
  | { cancel: true };

/** What Easel must make of the answer. */
export interface Reading extends BaseReading {
  /** The picture inside the answer, in hexadecimal digits. */
  bytes?: string;
  /** Of the operation. */
  operation?: Record<string, unknown>;
}

/** What holds a fixture. */
export type Held = HeldBy<Sender, Reading>;

const refused = { sent: "refused", retryable: false } as const;
const errorOnly = "the request is only there to provoke the answer";
const plain: Difference = {
  adds: { logo_info: { add_logo: false } },
  why: "how an overlay looks is said only where there is one",
};
const done = ["answer", "output", "done"];
const accepted: Reading = { events: ["accepted"], operation: { id: "7392616336519610409" } };
const byteimg = (name: string) =>
  `https://p9-aiop-sign.byteimg.com/tos-cn-i-example/${name}.jpeg~tplv-example-image.image?x-expires=1772440000&x-signature=example%3D`;
const clipLink = "https://result.example.com/path/video.mp4?x-expires=1772354400&x-signature=example";
/** The picture of 1 × 1 that stands in for all. */
const onePixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
).toString("hex");

const png = (name: string) => `https://example.com/${name}.png`;
const t2i: VendorAsk = { model: "jimeng-3.1", operation: "text-to-image", prompt: "x" };
const submits: Sender = { ask: t2i };
const processes: Sender = { ask: { model: "jimeng-2.1", operation: "text-to-image", prompt: "x" } };

/** For every file of the Volcengine Visual contract what in Easel holds it. A file that is not here fails. */
export const visualManifest: Readonly<Record<string, Held>> = {
  "01-cvprocess-jimeng21-url.json": {
    sends: {
      ask: {
        model: "jimeng-2.1",
        operation: "text-to-image",
        prompt: "a lighthouse in a storm, oil painting",
      },
      differs: plain,
    },
    reads: { events: done, links: [byteimg("1")] },
  },
  "02-cvprocess-jimeng21-base64.json": {
    sends: {
      ask: {
        model: "jimeng-2.1",
        operation: "text-to-image",
        prompt: "一只可爱的猫",
        options: {
          seed: 42,
          superResolution: false,
          delivery: "b64_json",
          logo: true,
          logoPosition: "topLeft",
          logoOpacity: 0.3,
          logoText: "Volcengine AI",
        },
      },
    },
    reads: { events: done, bytes: onePixel },
  },
  "03-cvprocess-general30-t2i.json": {
    sends: {
      ask: { model: "general-3.0", operation: "text-to-image", prompt: "一只可爱的猫" },
      differs: plain,
    },
    reads: { events: done, links: [byteimg("3")] },
  },
  "04-cvprocess-seededit-both-inputs.json": {
    never: "pictures go as files or as links: the vendor asks for exactly one of the two",
    sender: {
      ask: {
        model: "seededit-3.0",
        operation: "image-to-image",
        prompt: "x",
        inputs: [["reference", png("in")]],
      },
    },
    reads: { events: done, links: [byteimg("4")] },
  },
  "05-cvprocess-byteedit.json": {
    sends: {
      ask: {
        model: "byteedit-2.0",
        operation: "image-to-image",
        prompt: "换成雪景",
        options: { negativePrompt: "模糊" },
        inputs: [["reference", png("in")]],
      },
      differs: plain,
    },
    reads: { events: done, links: [byteimg("5")] },
  },
  "06-cvprocess-portrait-photo-skin.json": {
    sends: {
      ask: {
        model: "portrait-photo",
        operation: "portrait",
        prompt: "职业写真，灰色背景",
        options: { generation: "creative" },
        inputs: [["person", "https://example.com/face.jpg"]],
      },
      differs: {
        adds: { ...plain.adds, seed: -1 },
        why: `${plain.why}; a seed is a number everywhere else, and clients disagree here`,
      },
    },
    reads: { events: done, links: [byteimg("6")] },
  },
  "07-cvprocess-object-detection.json": {
    sends: {
      ask: {
        model: "omnihuman-1.5",
        operation: "avatar",
        options: { subject: 2 },
        inputs: [
          ["person", "https://example.com/two-people.jpg"],
          ["audio", "https://example.com/voice.mp3"],
        ],
      },
    },
    reads: {
      events: ["accepted"],
      operation: { step: "subjects", mask: "https://example.com/mask1" },
    },
  },
  "10-submit-t2i-v31.json": {
    sends: { ask: { ...t2i, prompt: "一只可爱的猫🐱，标题为“你好”" } },
    reads: accepted,
  },
  "12-submit-i2i-v30-base64.json": {
    sends: {
      ask: {
        model: "jimeng-3.0",
        operation: "image-to-image",
        prompt: "背景换成演唱会现场",
        inputs: [["reference", "png"]],
      },
    },
    reads: accepted,
  },
  "13-submit-t2v-vgfm.json": {
    sends: { ask: { model: "jimeng-s2-pro", operation: "text-to-video", prompt: "无人机穿越峡谷" } },
    reads: accepted,
  },
  "14-submit-i2v-vgfm.json": {
    sends: {
      ask: {
        model: "jimeng-s2-pro",
        operation: "image-to-video",
        prompt: "镜头缓慢推进",
        inputs: [["firstFrame", png("first")]],
      },
    },
    reads: accepted,
  },
  "15-submit-t2v-v30-1080p.json": {
    sends: {
      ask: {
        model: "jimeng-video-3.0",
        operation: "text-to-video",
        prompt: "城市夜景延时",
        options: { resolution: "1080p", ratio: "21:9" },
      },
    },
    reads: accepted,
  },
  "16-submit-i2v-first-tail-v30.json": {
    sends: {
      ask: {
        model: "jimeng-video-3.0",
        operation: "frames-to-video",
        prompt: "花朵绽放",
        options: { duration: 10 },
        inputs: [
          ["firstFrame", png("first")],
          ["lastFrame", png("last")],
        ],
      },
    },
    reads: accepted,
  },
  "17-submit-i2v-recamera-v30.json": {
    sends: {
      ask: {
        model: "jimeng-video-3.0",
        operation: "image-to-video",
        prompt: "产品展示",
        options: { camera: "hitchcock_dolly_in" },
        inputs: [["firstFrame", png("first")]],
      },
    },
    reads: accepted,
  },
  "18-submit-ti2v-v30-pro-image.json": {
    sends: {
      ask: {
        model: "jimeng-video-3.0-pro",
        operation: "image-to-video",
        prompt: "人物转身微笑",
        inputs: [["firstFrame", "png"]],
      },
    },
    reads: accepted,
  },
  "19-submit-inpaint.json": {
    sends: {
      ask: {
        model: "jimeng-inpaint",
        operation: "inpaint",
        prompt: "删除",
        inputs: [
          ["source", png("in")],
          ["mask", png("mask")],
        ],
      },
    },
    reads: accepted,
  },
  "20-submit-super-resolution.json": {
    sends: { ask: { model: "jimeng-upscale", operation: "upscale", inputs: [["source", "png"]] } },
    reads: accepted,
  },
  "22-submit-omnihuman15.json": {
    sends: {
      speak: {
        model: "omnihuman-1.5",
        operation: "avatar",
        prompt: "自然微笑",
        options: { subject: 1 },
        inputs: [
          ["person", "https://example.com/face.jpg"],
          ["audio", "https://example.com/voice.mp3"],
        ],
      },
    },
    reads: accepted,
  },
  "23-submit-motion-mimic-20.json": {
    sends: {
      ask: {
        model: "dreamactor-2.0",
        operation: "motion-control",
        inputs: [
          ["person", png("pet")],
          ["video", "https://example.com/template.mp4"],
        ],
      },
    },
    reads: accepted,
  },
  "31-result-generating.json": { sends: { look: true }, reads: { events: ["progress"] } },
  "32-result-done-image-url.json": { sends: { look: true }, reads: { events: done, links: [byteimg("32")] } },
  "33-result-done-image-base64.json": { sends: { look: true }, reads: { events: done, bytes: onePixel } },
  "34-result-done-video.json": { sends: { look: true }, reads: { events: done, links: [clipLink] } },
  "35-result-done-video-aigc-meta.json": {
    sends: { look: true },
    reads: { events: done, links: [clipLink] },
  },
  "36-result-not-found.json": {
    sends: { verify: true },
    sender: { look: true },
    reads: { error: { reason: "notFound", sent: "unknown", next: "visualTaskGone" } },
  },
  "37-result-expired.json": {
    sends: { look: true },
    reads: { events: ["failed"], error: { reason: "expired", retryable: false } },
  },
  "38-result-post-risk-failed.json": {
    sends: { look: true },
    reads: {
      events: ["failed"],
      error: { ...refused, reason: "policy", code: "50511", next: "changePromptOrAgain" },
    },
  },
  "40-result-cloned-avatar.json": { sends: { look: true }, reads: { events: done, links: [clipLink] } },
  "41-cancel-task.json": { sends: { cancel: true } },
  "51-error-50411-input-image.json": {
    never: errorOnly,
    sender: submits,
    reads: { error: { ...refused, reason: "policy", code: "50411", next: "changeInput" } },
  },
  "52-error-50412-text.json": {
    sends: {
      ask: t2i,
      differs: { adds: { use_pre_llm: true }, why: "whether the prompt is expanded is always said" },
    },
    reads: { error: { ...refused, reason: "policy", code: "50412", next: "changePrompt" } },
  },
  "53-error-50429-qps.json": {
    never: errorOnly,
    sender: submits,
    reads: { error: { sent: "refused", retryable: true, reason: "rateLimit", code: "50429" } },
  },
  "54-error-50430-concurrency.json": {
    never: errorOnly,
    sender: submits,
    reads: {
      error: { sent: "refused", retryable: true, reason: "rateLimit", code: "50430", next: "slotsUsed" },
    },
  },
  "55-error-50500-internal.json": {
    sends: { look: true },
    reads: { events: ["thrown"], error: { reason: "ambiguous", sent: "unknown", code: "50500" } },
  },
  "56-error-50400-access-denied.json": {
    never: errorOnly,
    sender: processes,
    reads: { error: { ...refused, reason: "credentials", code: "50400", next: "productClosed" } },
  },
  "57-error-50200-unsupported-req-key.json": {
    never: errorOnly,
    sender: submits,
    reads: { error: { ...refused, reason: "invalid", code: "50200" } },
  },
  "58-error-50215-input-invalid.json": {
    sends: { look: true },
    reads: { events: ["failed"], error: { ...refused, reason: "invalid", code: "50215" } },
  },
  "59-error-50207-image-decode.json": {
    never: "Easel sends base64 without the prefix of a data URI",
    sender: processes,
    reads: { error: { ...refused, reason: "invalid", code: "50207", next: "badPicture" } },
  },
  "70-gateway-signature-mismatch.json": {
    never: errorOnly,
    sender: processes,
    reads: {
      error: { ...refused, reason: "credentials", code: "SignatureDoesNotMatch", next: "checkKey" },
    },
  },
  "71-gateway-invalid-access-key.json": {
    never: errorOnly,
    sender: processes,
    reads: { error: { ...refused, reason: "credentials", code: "InvalidAccessKey", next: "checkKey" } },
  },
  "72-gateway-missing-action.json": {
    never: "Easel sends action and version in the query",
    sender: submits,
    reads: { error: { ...refused, reason: "protocol", code: "MissingParameter" } },
  },
  "73-gateway-service-not-found.json": {
    never: errorOnly,
    sender: processes,
    reads: { error: { ...refused, reason: "notFound", code: "ServiceNotFound" } },
  },
  "74-gateway-invalid-action-or-version.json": {
    never: "Easel cancels with the action's own version",
    sender: submits,
    reads: { error: { ...refused, reason: "notFound", code: "InvalidActionOrVersion" } },
  },
  "75-gateway-invalid-timestamp.json": {
    never: errorOnly,
    sender: processes,
    reads: { error: { sent: "refused", reason: "credentials", code: "InvalidTimestamp", next: "clockSkew" } },
  },
  "76-gateway-flow-limit.json": {
    never: errorOnly,
    sender: processes,
    reads: { error: { sent: "refused", retryable: true, reason: "rateLimit", code: "FlowLimitExceeded" } },
  },
  "77-gateway-access-denied-iam.json": {
    never: errorOnly,
    sender: processes,
    reads: { error: { ...refused, reason: "credentials", code: "AccessDenied", next: "checkPermission" } },
  },
  "80-callback-done.json": { elsewhere: "Easel looks at tasks: nobody could call an editor back" },
  "81-callback-error.json": { elsewhere: "Easel looks at tasks: nobody could call an editor back" },
  "signing-vectors.json": { elsewhere: "the unit tests of the signature hold every vector" },
};
