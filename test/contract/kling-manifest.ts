import type { VendorAsk } from "./asks.ts";
import type { BaseReading, HeldBy } from "./held.ts";

/** Fields in which Easel's request is not the fixture's, and why that is right. */
export interface Difference {
  /** Sent by Easel, not in the fixture (or there with another value). */
  adds?: Record<string, unknown>;
  /** In the fixture, not sent by Easel. */
  omits?: readonly string[];
  why: string;
}

/** What of Easel sends the request of a fixture, or reads its answer. */
export type Sender =
  | { ask: VendorAsk; apiKey?: true; differs?: Difference }
  | { look: "task" | "job" | "newer"; id: string }
  | { library: "list" | "create" | "remove" }
  | { lipSync: "identify" | "choose"; differs?: Difference }
  | { verify: true };

/** What Easel must make of the answer. */
export interface Reading extends BaseReading {
  usage?: Record<string, number>;
  /** Ids of library items. */
  ids?: readonly string[];
}

/** What holds a fixture. */
export type Held = HeldBy<Sender, Reading>;

const taskId = "833446756000000001";
const textToVideo: Sender = { ask: { model: "kling-v3", operation: "text-to-video", prompt: "x" } };
const refused = { sent: "refused", retryable: false } as const;
const always =
  "what the price or the look depends on is sent even where it is the default, with the job's id";
const errorOnly = "the request is only there to provoke the answer";
const tail = { watermark_info: { enabled: false }, external_task_id: "job" };
const accepted: Reading = { events: ["accepted"] };

const png = (name: string) => `https://example.com/${name}.png`;
const base: VendorAsk = { model: "kling-v3", operation: "text-to-video" };

/** For every file of the Kling contract what in Easel holds it. A file that is not here fails. */
export const klingManifest: Readonly<Record<string, Held>> = {
  "01-text2video-create.json": {
    sends: {
      ask: {
        ...base,
        prompt: "A paper boat drifts down a rainy street, cinematic",
        options: { negativePrompt: "blurry, text", sound: true, mode: "pro" },
      },
      differs: { adds: { cfg_scale: 0.5, external_task_id: "job" }, why: always },
    },
    reads: accepted,
  },
  "02-text2video-query-processing.json": {
    sends: { look: "task", id: taskId },
    reads: { events: ["progress"] },
  },
  "03-text2video-query-succeed.json": {
    sends: { look: "task", id: taskId },
    reads: {
      events: ["output", "usage", "done"],
      links: ["https://v15-kling.klingai.com/bs2/upload-kling-api/example/result.mp4?x-kcdn-pid=112452"],
      usage: { videoUnits: 3 },
    },
  },
  "04-query-by-external-id.json": { sends: { look: "job", id: "vsc-0001" }, reads: { ids: [taskId] } },
  "05-query-failed-task.json": {
    sends: { look: "task", id: "833446756000000009" },
    reads: {
      events: ["failed"],
      error: { ...refused, reason: "invalid", vendorMessage: "Image pixel is invalid", next: "badPicture" },
    },
  },
  "06-text2video-list.json": {
    elsewhere: "Easel looks for a task by its own id, which is the job's, and needs no list of others",
  },
  "07-text2video-multishot-customize.json": {
    sends: {
      ask: {
        ...base,
        prompt: "shot 1, 3, Wide shot of a lighthouse at dusk; shot 2, 2, Close-up of the lamp turning on;",
        options: { shots: "written", ratio: "9:16" },
      },
      differs: { adds: { ...tail, cfg_scale: 0.5 }, why: always },
    },
    reads: accepted,
  },
  "08-text2video-multishot-intelligence.json": {
    sends: {
      ask: {
        ...base,
        prompt: "A chef prepares ramen, several camera angles",
        options: { shots: "auto", duration: 10 },
      },
      differs: { adds: { ...tail, cfg_scale: 0.5, sound: "off" }, why: always },
    },
    reads: accepted,
  },
  "09-text2video-camera-control.json": {
    sends: {
      ask: {
        model: "kling-v1-6",
        operation: "text-to-video",
        prompt: "A bicycle on a bridge",
        options: { camera: "zoom", cameraAmount: 5 },
      },
      differs: { adds: tail, why: always },
    },
    reads: accepted,
  },
  "10-image2video-first-last.json": {
    sends: {
      ask: {
        model: "kling-v3",
        operation: "frames-to-video",
        prompt: "The flower opens",
        options: { mode: "pro" },
        inputs: [
          ["firstFrame", png("first")],
          ["lastFrame", png("last")],
        ],
      },
      differs: { adds: { ...tail, cfg_scale: 0.5 }, why: always },
    },
    reads: accepted,
  },
  "11-image2video-motion-brush.json": {
    sends: {
      ask: {
        model: "kling-v1",
        operation: "image-to-video",
        prompt: "The astronaut stands up",
        options: { mode: "pro", trajectories: "279,219 417,65" },
        inputs: [
          ["firstFrame", png("in")],
          ["mask", png("static")],
          ["mask", png("dyn0")],
        ],
      },
      differs: { adds: { ...tail, cfg_scale: 0.5 }, why: always },
    },
    reads: accepted,
  },
  "12-image2video-element-voice.json": {
    sends: {
      ask: {
        model: "kling-v3",
        operation: "image-to-video",
        prompt: "<<<element_1>>> walks in",
        options: { mode: "pro", sound: true, elements: "321922438904313" },
        inputs: [["firstFrame", png("in")]],
      },
      differs: { adds: { ...tail, cfg_scale: 0.5 }, why: always },
    },
    reads: accepted,
  },
  "20-omni-video-create-references.json": {
    sends: {
      ask: {
        model: "kling-v3-omni",
        operation: "references-to-video",
        prompt: "<<<element_1>>> meets the dog of @image_1 in the park of @image_2",
        options: { sound: true, duration: 8, elements: "321922438904313" },
        inputs: [
          ["reference", png("dog")],
          ["reference", png("park")],
        ],
      },
      differs: { adds: tail, why: always },
    },
    reads: accepted,
  },
  "21-omni-video-create-frames.json": {
    sends: {
      ask: {
        model: "kling-video-o1",
        operation: "frames-to-video",
        prompt: "From day to night",
        options: { mode: "std" },
        inputs: [
          ["firstFrame", png("day")],
          ["lastFrame", png("night")],
        ],
      },
      differs: { adds: tail, why: always },
    },
    reads: accepted,
  },
  "22-omni-video-edit-base.json": {
    sends: {
      ask: {
        model: "kling-v3-omni",
        operation: "edit-video",
        prompt: "Make <<<video_1>>> look like winter",
        inputs: [["video", "https://example.com/in.mp4"]],
      },
      differs: { adds: tail, why: always },
    },
    reads: accepted,
  },
  "23-omni-video-query-succeed.json": {
    sends: { look: "task", id: taskId },
    reads: {
      events: ["output", "usage", "done"],
      links: ["https://v15-kling.klingai.com/bs2/upload-kling-api/example/result-wm.mp4?x-kcdn-pid=112452"],
      usage: { videoUnits: 8 },
    },
  },
  "30-image-generation-create.json": {
    sends: {
      ask: {
        model: "kling-v3",
        operation: "image-to-image",
        prompt: "Product photo of a ceramic mug",
        options: { resolution: "2k", count: 2, ratio: "4:3" },
        inputs: [["reference", png("ref")]],
      },
      differs: { adds: tail, why: always },
    },
    reads: accepted,
  },
  "32-omni-image-create-series.json": {
    sends: {
      ask: {
        model: "kling-v3-omni",
        operation: "image-to-image",
        prompt: "Four storyboard frames of <<<element_1>>> in the style of <<<image_1>>>",
        options: { resolution: "2k", series: "4", elements: "321922438904313" },
        inputs: [["reference", png("style")]],
      },
      differs: { adds: tail, why: always },
    },
    reads: accepted,
  },
  "34-multi-image2image.json": {
    sends: {
      ask: {
        model: "kling-v2-1",
        operation: "images-to-image",
        prompt: "Both on a beach",
        options: { lastPictures: "scene" },
        inputs: [
          ["reference", png("a")],
          ["reference", png("b")],
          ["reference", png("beach")],
        ],
      },
      differs: { adds: tail, why: always },
    },
    reads: accepted,
  },
  "35-image-expand.json": {
    sends: {
      ask: {
        model: "kling-expand",
        operation: "outpaint",
        prompt: "meadow",
        options: { expandUp: 0, expandDown: 0.2, expandLeft: 0.5, expandRight: 0.5 },
        inputs: [["source", png("in")]],
      },
      differs: { adds: tail, why: always },
    },
    reads: accepted,
  },
  "36-virtual-try-on.json": {
    sends: {
      ask: {
        model: "kolors-virtual-try-on-v1-5",
        operation: "try-on",
        inputs: [
          ["person", png("person")],
          ["garment", png("shirt")],
        ],
      },
      differs: { adds: tail, why: always },
    },
    reads: accepted,
  },
  "40-element-create-image.json": { sends: { library: "create" } },
  "42-element-query-succeed.json": { sends: { library: "create" }, reads: { ids: ["321922438904313"] } },
  "43-element-list-big-id.json": {
    never: "Easel asks for a hundred at a time; everything else of the request is held with the simulator",
    sender: { library: "list" },
    reads: { ids: ["829836802793406551"] },
  },
  "44-element-presets-list.json": {
    never: "Easel asks for a hundred at a time; everything else of the request is held with the simulator",
    sender: { library: "list" },
    reads: { ids: ["160"] },
  },
  "45-element-delete.json": { sends: { library: "remove" } },
  "50-account-costs.json": { sends: { verify: true }, reads: { events: [] } },
  "51-identify-face.json": { sends: { lipSync: "identify" }, reads: accepted },
  "52-advanced-lip-sync.json": {
    sends: { lipSync: "choose", differs: { adds: tail, why: always } },
    reads: { events: ["progress", "accepted"] },
  },
  "54-effects-dual.json": {
    sends: {
      ask: {
        model: "kling-effects-two",
        operation: "effects",
        inputs: [
          ["reference", png("left")],
          ["reference", png("right")],
        ],
      },
      differs: { adds: { external_task_id: "job" }, why: always },
    },
    reads: accepted,
  },
  "55-motion-control.json": {
    sends: {
      ask: {
        model: "kling-v3",
        operation: "motion-control",
        options: { orientation: "video" },
        inputs: [
          ["person", png("person")],
          ["video", "https://example.com/dance.mp4"],
        ],
      },
      differs: { adds: tail, omits: ["prompt"], why: `${always}; an empty prompt is left out` },
    },
    reads: accepted,
  },
  "56-video-extend.json": {
    sends: {
      ask: {
        model: "kling-v1-6",
        operation: "extend-video",
        prompt: "the boat reaches the sea",
        inputs: [["video", "833446756000000002"]],
      },
      differs: { adds: { ...tail, cfg_scale: 0.5 }, why: always },
    },
    reads: accepted,
  },
  "57-text-to-audio-succeed.json": {
    sends: { look: "task", id: taskId },
    reads: {
      events: ["output", "usage", "done"],
      links: ["https://v15-kling.klingai.com/a.mp3"],
      usage: { videoUnits: 0.25 },
    },
  },
  "58-tts-sync.json": { elsewhere: "Easel offers Kling's sounds but not its speech" },
  "59-custom-voice-create.json": {
    never: "Easel sends its own id with it, which the fixture has not; the rest is held with the simulator",
  },
  "61-error-1002-garbage-token.json": {
    never: errorOnly,
    sender: textToVideo,
    reads: { error: { ...refused, reason: "credentials", code: "1002", next: "checkKey" } },
  },
  "62-error-1004-expired-token.json": {
    never: errorOnly,
    sender: textToVideo,
    reads: { error: { ...refused, reason: "credentials", code: "1004", next: "clockSkew" } },
  },
  "63-error-1002-jwt-on-new-api.json": {
    never: "Easel goes the newer way only with an API key",
    sender: textToVideo,
    reads: { error: { ...refused, reason: "credentials", code: "1002", next: "klingKeyKind" } },
  },
  "66-error-1103-no-permission.json": {
    never: errorOnly,
    sender: textToVideo,
    reads: { error: { ...refused, reason: "credentials", code: "1103", next: "checkPermission" } },
  },
  "67-error-1201-task-not-found.json": {
    sends: { look: "task", id: "does-not-exist" },
    reads: { error: { ...refused, reason: "notFound", code: "1201" } },
  },
  "68-error-1201-duplicate-external-id.json": {
    never: "a second task of one job is asked for only after the first was refused",
    sender: textToVideo,
    next: "04-query-by-external-id.json",
    reads: accepted,
  },
  "69-error-1301-content-policy.json": {
    never: errorOnly,
    sender: textToVideo,
    reads: { error: { ...refused, reason: "policy", code: "1301" } },
  },
  "70-error-1302-rate.json": {
    never: errorOnly,
    sender: textToVideo,
    reads: { error: { sent: "refused", retryable: true, reason: "rateLimit", code: "1302" } },
  },
  "71-error-1303-parallel-limit.json": {
    never: errorOnly,
    sender: textToVideo,
    reads: {
      error: { sent: "refused", retryable: true, reason: "rateLimit", code: "1303", next: "parallelLimit" },
    },
  },
  "72-error-1304-ip-whitelist.json": {
    never: errorOnly,
    sender: textToVideo,
    reads: { error: { ...refused, reason: "credentials", code: "1304", next: "checkPermission" } },
  },
  "73-error-5001-maintenance.json": {
    never: "a read in maintenance is asked again by the transport; here the same answer meets a create",
    sender: textToVideo,
    next: "67-error-1201-task-not-found.json",
    reads: { error: { sent: "refused", retryable: true, reason: "unavailable", code: "5001" } },
  },
  "74-error-1203-unknown-model.json": {
    never: errorOnly,
    sender: textToVideo,
    reads: { error: { ...refused, reason: "notFound", code: "1203", next: "checkModel" } },
  },
  "75-error-1201-feature-not-supported.json": {
    never: "masks are offered only for the model that takes them",
    sender: textToVideo,
    reads: { error: { ...refused, reason: "invalid", code: "1201", next: "reportField" } },
  },
  "80-new-text-to-video-create.json": {
    sends: {
      apiKey: true,
      ask: {
        ...base,
        prompt: "shot 1, 3, wide view of a lighthouse; shot 2, 2, close-up of the lamp;",
        options: { shots: "written", sound: true, mode: "pro" },
      },
      differs: { adds: { options: tail }, why: always },
    },
    reads: accepted,
  },
  "81-new-omni-video-create.json": {
    sends: {
      apiKey: true,
      ask: {
        model: "kling-v3-omni",
        operation: "references-to-video",
        prompt: "@321922438904313 walks her dog @image_1",
        options: { mode: "std", elements: "321922438904313" },
        inputs: [["reference", png("dog")]],
      },
      differs: {
        adds: {
          options: tail,
          contents: [
            { type: "prompt", text: "@element_1 walks her dog @image_1" },
            { type: "refer_image", url: png("dog"), id: "image_1" },
            { type: "element", element_id: "321922438904313", id: "element_1" },
          ],
        },
        why: `${always}; elements are counted, because one name may begin as another does`,
      },
    },
    reads: accepted,
  },
  "82-new-tasks-by-id.json": {
    never: "Easel asks for one task at a time",
    sender: { look: "newer", id: "893605946402811985" },
    reads: {
      events: ["output", "usage", "done"],
      links: ["https://v15-kling.klingai.com/bs2/upload-kling-api/example/result.mp4?x-kcdn-pid=112452"],
      usage: { videoUnits: 6 },
    },
  },
  "83-new-tasks-cursor.json": {
    elsewhere: "Easel finds a task by the job's id and needs no list by time",
  },
  "84-new-error-too-many-ids.json": { elsewhere: "Easel asks for one task at a time" },
  "90-callback-legacy.json": { elsewhere: "an editor cannot be called back: Easel looks" },
  "91-callback-new-signed.json": { elsewhere: "an editor cannot be called back: Easel looks" },
  "jwt-vectors.json": { never: "held by the tests of tokens, vector by vector" },
  "webhook-vectors.json": { elsewhere: "an editor cannot be called back: Easel looks" },
};
