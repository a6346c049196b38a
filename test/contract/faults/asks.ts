import { readFileSync } from "node:fs";
import type { InputSlot } from "../../../src/model/catalog.ts";
import { type OperationId, operations } from "../../../src/model/operations.ts";
import type { OptionValues } from "../../../src/model/options.ts";
import type { InputRef } from "../../../src/model/request.ts";
import { vendorEntries } from "../../../src/vendors/catalog.ts";
import type { InputFile, Vendor } from "../../../src/vendors/contract.ts";
import { encodePicture } from "../../simulator/media/picture.ts";
import type { Ready } from "../../simulator/start.ts";
import type { Ask } from "./cell.ts";
import { type Fault, faultsAt, type Manner, type Place } from "./table.ts";

/** What the matrix has to know of a vendor besides its catalog. */
interface VendorRow {
  /** Address and secrets out of the simulator's ready line. */
  reach(ready: Ready): Pick<Ask, "baseUrl" | "credentials" | "triesKey">;
  /** The calls that faults strike, by the operation or by what it brings. `look` only where a task is looked at. */
  routes: Partial<Record<OperationId | "image" | "video" | "audio", Ask["routes"]>>;
  /** Added to the prompt, to keep what the simulator makes small. */
  markers: string;
  /** Host of links that the simulator takes for files. */
  files: string;
  /** Operations without a column of their own, by the one whose way through the vendor's code they share. */
  alike?: Partial<Record<OperationId, readonly OperationId[]>>;
  /** Faults that this vendor's requests meet otherwise, but for variants with their own. */
  differs?: Differs;
  /** Requests beside one with defaults of every operation, for answers of another form. */
  variants?: Partial<Record<OperationId, Record<string, Variant>>>;
}

/** By the names of the faults of the billable call, and by place and name of the others, as in `look: 401`. */
type Differs = Record<string, Pick<Fault, "meets" | "later" | "charged">>;

interface Variant {
  options: OptionValues;
  /** Faults that this form of an answer meets otherwise. */
  differs?: Differs;
  /** How its answer comes, where that is not as the row's routes have it. */
  manner?: Manner;
  /** In place of the first model that has the operation. */
  model?: string;
  /** In place of the row's. */
  markers?: string;
  routes?: Ask["routes"];
  reach?: VendorRow["reach"];
}

const link = { method: "GET", path: "/" } as const;

/** The calls of a task of Kling: looked up under the path it was made with, or where the newer paths look up all. */
function klingTask(path: string, look = `${path}/`): Ask["routes"] {
  return { start: { method: "POST", path }, look: { method: "GET", path: look }, link };
}

/** The calls of a task behind a gateway. */
function gatewayTask(service: string): Ask["routes"] {
  return {
    start: { method: "POST", path: `/api/v1/services/aigc/${service}` },
    look: { method: "GET", path: "/api/v1/tasks/" },
    link,
  };
}

const found = { meets: "done", charged: 1 } as const;

/** A call that can be found nowhere stays in doubt. */
function stays(reason: string, charged: 0 | 1 = 1): Differs[string] {
  const meets = `unknown: ${reason}, perhaps carried out`;
  return { meets, later: meets, charged };
}

/** Kling's tasks: after a doubtful call one is looked up at once by the job's id, which the vendor takes but once. */
const klingFinds: Differs = {
  "reset before the answer": found,
  "reset within the answer": found,
  "408": found,
  "500": found,
  "502 as HTML": found,
  "502 as HTML once, nothing carried out": found,
  "503": found,
  "malformed JSON": found,
  "JSON of another shape": found,
  "JSON that is no object": found,
  "empty answer": found,
  "oversized answer": found,
  // Charged when it is accepted, by the simulator's account; given back if the task fails.
  "status never ending": stays("ambiguous"),
};

/** The calls of a task of Volcengine Visual: one path, told apart by the action in the query. */
function visualTask(submit: string, result: string): Ask["routes"] {
  return { start: { method: "POST", path: submit }, look: { method: "POST", path: result }, link };
}

/** Volcengine Visual has no list of tasks: a call nobody knows the fate of stays in doubt. */
const visualDoubts: Differs = {
  "never answered": stays("ambiguous"),
  "reset before the answer": stays("ambiguous"),
  "reset within the answer": stays("ambiguous"),
  "408": stays("ambiguous"),
  "500": stays("ambiguous"),
  "502 as HTML": stays("ambiguous"),
  "502 as HTML once, nothing carried out": stays("ambiguous", 0),
  "503": stays("ambiguous"),
  "malformed JSON": stays("protocol"),
  "JSON of another shape": stays("protocol"),
  "JSON that is no object": stays("protocol"),
  "empty answer": stays("protocol"),
  "oversized answer": stays("protocol"),
  "success without a link": stays("protocol"),
};

/** The answer is words: there is no link to miss. */
const words: Differs = { "success without a link": found };

/** One row a vendor with a network; its models and operations are the catalog's. */
const rows: Record<string, VendorRow> = {
  seedream: {
    reach: ({ seedream: { baseUrl, apiKey } }) => ({ baseUrl, credentials: { apiKey } }),
    routes: {
      image: {
        start: { method: "POST", path: "/images/generations" },
        link: { method: "GET", path: "/" },
      },
      video: {
        start: { method: "POST", path: "/contents/generations/tasks" },
        look: { method: "GET", path: "/contents/generations/tasks/" },
        link: { method: "GET", path: "/" },
      },
    },
    markers: "[size 64x64]",
    files: "files.example",
    variants: {
      "text-to-image": {
        "two, streamed": {
          options: { count: 2 },
          differs: {
            // The first picture had come by then.
            "reset within the answer": { meets: "done", charged: 1 },
            "JSON of another shape": { meets: "failed: protocol, perhaps carried out", charged: 1 },
            "success with nothing in it": { meets: "failed: protocol, perhaps carried out", charged: 1 },
            // A stream is read as it comes: what follows its end is left unread.
            "oversized answer": { meets: "done", charged: 1 },
          },
        },
        inline: { options: { delivery: "b64_json" } },
      },
    },
  },
  visual: {
    reach: ({ visual: { baseUrl, accessKeyId, secretAccessKey } }) => ({
      baseUrl,
      credentials: { accessKeyId, secretAccessKey },
      triesKey: true,
    }),
    routes: {
      "text-to-image": visualTask("CVSync2AsyncSubmitTask", "CVSync2AsyncGetResult"),
      avatar: visualTask("CVSubmitTask", "CVGetResult"),
      portrait: { start: { method: "POST", path: "CVProcess" }, link },
    },
    alike: {
      "text-to-image": [
        ...(["image-to-image", "images-to-image", "style", "inpaint", "upscale", "cut-out"] as const),
        ...(["text-to-video", "image-to-video", "frames-to-video", "motion-control", "edit-video"] as const),
      ],
      avatar: ["try-on"],
      portrait: ["outpaint"],
    },
    markers: "",
    files: "example.com",
    differs: visualDoubts,
    variants: {
      "text-to-image": {
        "": { options: { size: "1024x1024" } },
        inline: { options: { size: "1024x1024", delivery: "b64_json" } },
      },
      portrait: { inline: { options: { delivery: "b64_json" } } },
    },
  },
  kling: {
    reach: ({ kling: { baseUrl, apiKey } }) => ({ baseUrl, credentials: { apiKey } }),
    routes: {
      "text-to-video": klingTask("/text-to-video/", "/tasks"),
      "image-to-video": klingTask("/image-to-video/", "/tasks"),
      "references-to-video": klingTask("/v1/videos/multi-image2video"),
      "lip-sync": {
        start: { method: "POST", path: "/v1/videos/identify-face" },
        look: { method: "GET", path: "/v1/videos/advanced-lip-sync" },
        link: { method: "GET", path: "/" },
      },
      "text-to-image": klingTask("/v1/images/generations"),
      sound: klingTask("/v1/audio/text-to-audio"),
    },
    alike: {
      "image-to-video": ["frames-to-video", "edit-video", "motion-control"],
      "references-to-video": ["extend-video", "effects", "avatar"],
      "text-to-image": ["image-to-image", "images-to-image", "outpaint", "try-on"],
      sound: ["video-to-audio"],
    },
    markers: "",
    files: "example.com",
    differs: klingFinds,
    variants: {
      "text-to-video": {
        "access key": {
          options: {},
          differs: klingFinds,
          // No looks: they wait on a faster clock, and the keys are signed with the time. The path is that of others' looks.
          routes: { start: { method: "POST", path: "/v1/videos/text2video" }, link },
          reach: ({ kling: { baseUrl, accessKey, secretKey } }) => ({
            baseUrl,
            credentials: { accessKey, secretKey },
            triesKey: true,
          }),
        },
      },
      "lip-sync": {
        // The call that looks for faces makes no task, so that there is none to be found.
        "": {
          options: {},
          differs: {
            "never answered": stays("ambiguous"),
            "reset before the answer": stays("ambiguous"),
            "reset within the answer": stays("ambiguous"),
            "408": stays("ambiguous"),
            "500": stays("ambiguous"),
            "502 as HTML": stays("ambiguous"),
            "503": stays("unavailable"),
            "malformed JSON": stays("protocol"),
            "JSON of another shape": stays("protocol"),
            "JSON that is no object": stays("protocol"),
            "empty answer": stays("protocol"),
            "oversized answer": stays("protocol"),
            "status never ending": found,
          },
        },
      },
    },
  },
  animo: {
    reach: ({ animo: { endpoint, apiKey } }) => ({ baseUrl: "", credentials: { endpoint, apiKey } }),
    routes: { video: { start: { method: "POST", path: "/v1/generate" } } },
    markers: "",
    files: "files.example",
    // The answer is a video: faults of JSON do not strike it, and one that breaks off cannot be asked for again.
    differs: {
      "reset within the answer": { meets: "failed: protocol", charged: 1 },
      "malformed JSON": found,
      "JSON of another shape": found,
      "JSON that is no object": found,
      "success with nothing in it": found,
      "success without a link": found,
      "oversized answer": found,
    },
    variants: {
      "text-to-video": {
        "a job instead": {
          options: {},
          markers: "[pending]",
          routes: {
            start: { method: "POST", path: "/v1/generate" },
            look: { method: "GET", path: "/v1/video/generation/status/" },
            link,
          },
          differs: { "success without a link": found },
        },
      },
    },
  },
  gateway: {
    reach: ({ gateway: { baseUrl, apiKey } }) => ({ baseUrl, credentials: { apiKey } }),
    routes: {
      "text-to-image": gatewayTask("image-generation/generation"),
      "text-to-video": gatewayTask("video-generation/video-synthesis"),
      speech: {
        start: { method: "POST", path: "/api/v1/services/aigc/multimodal-generation/generation" },
        link,
      },
      transcript: { start: { method: "POST", path: "/v1/chat/completions" } },
    },
    alike: {
      "text-to-image": ["image-to-image", "images-to-image"],
      "text-to-video": [
        "image-to-video",
        "frames-to-video",
        "references-to-video",
        "edit-video",
        "extend-video",
      ],
    },
    markers: "",
    files: "example.com",
    // Charged when it is accepted, by the simulator's account; what fails is not billed.
    differs: { "status never ending": stays("ambiguous") },
    variants: {
      "text-to-image": {
        "with the answer": {
          options: { asTask: false },
          manner: "answer",
          routes: {
            start: { method: "POST", path: "/api/v1/services/aigc/multimodal-generation/generation" },
            link,
          },
        },
      },
      speech: {
        "OpenAI's route": {
          model: "openai-speech",
          options: { modelName: "qwen3-tts-flash" },
          // The answer is the sound: faults of JSON do not strike it, and one that breaks off cannot be asked for again.
          differs: {
            "reset within the answer": { meets: "failed: protocol", charged: 1 },
            "malformed JSON": found,
            "JSON of another shape": found,
            "JSON that is no object": found,
            "success with nothing in it": found,
            "success without a link": found,
            "oversized answer": found,
          },
          routes: { start: { method: "POST", path: "/v1/audio/speech" } },
        },
      },
      transcript: {
        "": { options: {}, differs: words },
        "OpenAI's route": {
          differs: words,
          model: "openai-transcriptions",
          options: { modelName: "whisper-1" },
          routes: { start: { method: "POST", path: "/v1/audio/transcriptions" } },
        },
        "a long file": {
          model: "qwen3-asr-flash-filetrans",
          options: {},
          manner: "task",
          routes: {
            start: { method: "POST", path: "/api/v1/services/audio/asr/transcription" },
            look: { method: "GET", path: "/api/v1/tasks/" },
          },
        },
      },
    },
  },
};

/** In every prompt; must not come up in any log. */
export const promptCanary = "prompt-canary-7f3a";

/** One column of the matrix: what is asked, without the address of any simulator. */
export interface Column {
  vendor: Vendor;
  operation: OperationId;
  /** Name of a variant of the operation. */
  variant?: string;
  /** Operations that share its way through the vendor's code and have no column of their own. */
  standsFor: readonly OperationId[];
  places: readonly Place[];
  /** What can strike a place, and what has to come of it. */
  faultsAt(place: Place): readonly Fault[];
  ask(ready: Ready): Ask;
}

/**
 * Every way that an operation of a vendor with a network can take; `uncovered` names operations that have no column here and for
 * which none stands, and those a row names that the vendor has not. Placeholder calls nobody.
 */
export async function everyColumn(): Promise<{ columns: Column[]; uncovered: string[] }> {
  const vendors = await Promise.all(vendorEntries.map((entry) => entry.load()));
  const columns: Column[] = [];
  const uncovered: string[] = [];
  for (const vendor of vendors.filter(({ id }) => id !== "placeholder")) {
    const row = rows[vendor.id];
    const offered = new Set(vendor.models.flatMap((model) => Object.keys(model.operations) as OperationId[]));
    for (const operation of offered) {
      if (Object.values(row?.alike ?? {}).some((others) => others.includes(operation))) continue;
      const kind = operations[operation].output;
      const routes = row?.routes[operation] ?? (kind === "text" ? undefined : row?.routes[kind]);
      if (!row || !routes) {
        uncovered.push(`${vendor.id}: ${operation}`);
        continue;
      }
      const variants: Record<string, Variant> = { "": { options: {} }, ...row.variants?.[operation] };
      for (const [name, variant] of Object.entries(variants))
        columns.push(columnOf(vendor, row, routes, operation, name, variant));
    }
    for (const [operation, others = []] of Object.entries(row?.alike ?? {})) {
      const named = [operation as OperationId, ...others].filter((each) => !offered.has(each));
      uncovered.push(...named.map((each) => `${vendor.id} has no ${each}`));
    }
  }
  return { columns, uncovered };
}

function columnOf(
  vendor: Vendor,
  row: VendorRow,
  usual: Ask["routes"],
  operation: OperationId,
  variant: string,
  {
    options,
    differs: differsHere,
    reach = row.reach,
    routes = usual,
    markers = row.markers,
    ...more
  }: Variant,
): Column {
  const manner = more.manner ?? (usual.look ? "task" : "answer");
  const differs = differsHere ?? row.differs ?? {};
  const model = vendor.models.find(
    (each) => each.operations[operation] && each.id === (more.model ?? each.id),
  );
  const slots = model?.operations[operation]?.inputs ?? [];
  const inputs = slots.flatMap((slot) =>
    Array.from({ length: slot.min }, (_, index) => inputOf(slot, index, row.files)),
  );
  const request = {
    operation,
    vendor: vendor.id,
    model: model?.id ?? "",
    prompt: model?.operations[operation]?.prompt === "none" ? "" : `${promptCanary} ${markers}`.trimEnd(),
    inputs: inputs.map(refOf),
    options,
  };
  const places = (Object.keys(routes) as Place[]).filter(
    (place) => place !== "link" || options.delivery !== "b64_json",
  );
  return {
    vendor,
    operation,
    ...(variant === "" ? {} : { variant }),
    standsFor: variant === "" ? (row.alike?.[operation] ?? []) : [],
    places,
    faultsAt: (place) =>
      faultsAt(place, manner).map((fault) => ({
        ...fault,
        ...differs[place === "start" ? fault.name : `${place}: ${fault.name}`],
      })),
    ask: (ready) => ({
      vendor,
      request,
      inputs: Object.fromEntries(inputs.map((input) => [input.name, input])),
      routes,
      ...reach(ready),
    }),
  };
}

const picture = encodePicture({ width: 600, height: 600, format: "png", seed: "input", index: 0 });
const sound = readFileSync(new URL("../../fixtures/media/plain.mp3", import.meta.url));

function inputOf({ role, kind, takes }: InputSlot, index: number, files: string): InputFile {
  const name = `${role}-${index}`;
  if (takes === "link")
    return { role, name, type: `${kind}/mp4`, bytes: 0, url: `https://${files}/${name}.mp4` };
  if (kind === "video") throw new Error("the fault matrix has no video to give but a link");
  const bytes = kind === "image" ? picture : sound;
  return {
    role,
    name,
    bytes: bytes.length,
    ...(kind === "image"
      ? { type: "image/png", width: 600, height: 600, transparent: false }
      : { type: "audio/mpeg", seconds: 3 }),
    async *open() {
      yield bytes;
    },
  };
}

function refOf({ role, name, bytes, url }: InputFile): InputRef {
  if (url) return { role, name, source: { kind: "link", url } };
  return { role, name, source: { kind: "file", uri: `file:///${name}`, sha256: "", bytes } };
}
