import type {
  ActionResult,
  AssetView,
  Draft,
  Preview,
  ReviewAction,
  ReviewView,
} from "../../../src/studio/protocol.ts";
import type { ReviewDelegate } from "../../../src/studio/reviewDelegate.ts";
import { videoClip } from "../../simulator/media/clips.ts";
import { encodeJpeg } from "../../simulator/media/jpeg.ts";
import { encodePng } from "../../simulator/media/png.ts";
import { scene } from "../../simulator/media/scene.ts";
import type { MediaFile } from "./webviewPage.ts";

const wide = { width: 1600, height: 912 };

function picture(index: number, size = wide): MediaFile {
  return { type: "image/jpeg", bytes: encodeJpeg(size, scene(size, "review", index)) };
}

/** One second of a 440 Hz tone, 8 kHz, 8 bit, mono. */
function tone(): MediaFile {
  const bytes = Buffer.alloc(44 + 8000);
  bytes.write("RIFF", 0).toString();
  bytes.writeUInt32LE(36 + 8000, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(8000, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(8000, 40);
  for (let at = 0; at < 8000; at += 1) bytes[44 + at] = 128 + 60 * Math.sin((at / 8000) * 440 * 2 * Math.PI);
  return { type: "audio/wav", bytes };
}

/** Real bytes for every result the tests show. */
export function mediaFiles(): Map<string, MediaFile> {
  const icon = { width: 512, height: 512 };
  const small = { width: 320, height: 240 };
  return new Map<string, MediaFile>([
    ...[0, 1, 2, 3].map((index) => [`${index}.jpg`, picture(index)] as const),
    ["icon.png", { type: "image/png", bytes: encodePng(icon, scene(icon, "icon", 1, true)) }],
    ["layer1.png", { type: "image/png", bytes: encodePng(small, scene(small, "layer", 0, true)) }],
    ["layer2.png", { type: "image/png", bytes: encodePng(icon, scene(icon, "layer", 2, true)) }],
    ["tone.wav", tone()],
    ["clip.mp4", { type: "video/mp4", bytes: videoClip({ width: 1280, height: 720 }, "review") }],
    ["broken.mp4", { type: "video/mp4", bytes: Buffer.from("not a video") }],
  ]);
}

/** A result as the sheet is given it. */
export function asset(index: number, part: Partial<AssetView> = {}): AssetView {
  return {
    id: `asset-${index}`,
    label: `Result ${index + 1}`,
    src: `file:///media/${index}.jpg`,
    kind: "image",
    type: "image/jpeg",
    ...wide,
    bytes: 482_133,
    state: "waiting",
    facts: [
      { label: "Model", value: "Seedream 5.0" },
      { label: "Size", value: "1600 × 912 px, 471 KB" },
      { label: "Seed", value: "1927340417", copy: true },
      { label: "Request", value: "0217562e9f1c2d00000000000000ac15", copy: true },
    ],
    alt: "A harbour at dawn",
    fileName: "harbour-at-dawn",
    extension: ".jpg",
    playable: true,
    ...part,
  };
}

/** A finished job; one result unless told otherwise. */
export function view(part: Partial<ReviewView> = {}): ReviewView {
  return {
    jobId: "job-1",
    title: "A harbour at dawn",
    prompt: "A harbour at dawn, fishing boats, soft light",
    vendor: "Seedream",
    model: "Seedream 5.0",
    operation: "Text to image",
    state: "done",
    canCancel: false,
    layered: false,
    assets: [asset(0)],
    failures: [],
    warnings: [],
    vendorTexts: [],
    canAgain: true,
    againEstimate: "about ¥0.22",
    folder: "file:///media",
    ...part,
  };
}

/** Stands where the app stands: keeps the view, answers previews and actions at once, and notes all it is asked. */
export class TestDelegate implements ReviewDelegate {
  current: ReviewView | undefined;
  readonly acts: ReviewAction[] = [];
  readonly drafts: Draft[] = [];
  readonly previews: Draft[] = [];
  /** Part of every preview from now on. */
  preset: Partial<Preview> = {};
  /** Answers instead of the usual, once. */
  answer: ((action: ReviewAction) => Promise<ActionResult>) | undefined;
  readonly #listeners = new Set<(jobId: string) => void>();

  constructor(shown: ReviewView | undefined) {
    this.current = shown;
  }

  view(): ReviewView | undefined {
    return this.current;
  }

  onDidChange(listener: (jobId: string) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  async preview(_jobId: string, draft: Draft): Promise<Preview> {
    this.previews.push(draft);
    const fileName = `${draft.fileName}.jpg`;
    return {
      revision: JSON.stringify(draft),
      markup: `![${draft.alt}](images/${fileName})`,
      where: "README.md, line 12",
      folder: draft.folder ? "docs/pictures" : "images",
      fileName,
      problems: [],
      canInsert: true,
      canSave: true,
      ...this.preset,
    };
  }

  async act(_jobId: string, action: ReviewAction): Promise<ActionResult> {
    this.acts.push(action);
    if (this.answer) return this.answer(action);
    if (action.kind === "insert")
      return this.#decide(action.draft.assetId, "placed", "Inserted into README.md.");
    if (action.kind === "saveOnly") return this.#decide(action.draft.assetId, "saved", "Saved.");
    if (action.kind === "discard") return this.#decide(action.assetId, "discarded");
    if (action.kind === "undoDiscard") return this.#decide(action.assetId, "waiting");
    if (action.kind === "chooseFolder") return { outcome: "done", folder: "file:///site/docs/pictures" };
    return { outcome: "done" };
  }

  noteDraft(_jobId: string, draft: Draft): void {
    this.drafts.push(draft);
  }

  /** Shows something else from now on. */
  change(shown: ReviewView | undefined): void {
    this.current = shown;
    for (const listener of this.#listeners) listener("job-1");
  }

  #decide(assetId: string, state: AssetView["state"], message?: string): ActionResult {
    if (this.current) {
      const assets = this.current.assets.map((each) => (each.id === assetId ? { ...each, state } : each));
      this.change({ ...this.current, assets });
    }
    return { outcome: "done", ...(message && { message }) };
  }
}

const longPrompt =
  "An isometric cut-away of a lighthouse keeper's house in winter, four floors, each with its own warm lamp, " +
  "a spiral stair, brass instruments, a sleeping dog, ice on the windows and a storm outside; ".repeat(6);

/** Every state of the sheet worth looking at, by name. */
export const situations: Record<string, ReviewView | undefined> = {
  one: view(),
  linked: view({ assets: [asset(0, { link: "until 11/23/26, 2:30 PM" })], hasAnswer: true }),
  four: view({
    assets: [asset(0), asset(1, { state: "placed" }), asset(2, { state: "discarded" }), asset(3)],
    warnings: ["The size 1601×912 was changed to 1600×912: the model takes multiples of 16."],
  }),
  streaming: view({
    state: "running",
    expected: 4,
    canCancel: true,
    progress: { text: "2 of 4 pictures are here…", fraction: 0.5 },
    assets: [asset(0), asset(1)],
    failures: [
      {
        index: 2,
        title: "Picture 3 was refused",
        detail: "The vendor’s content policy does not allow this output.",
        next: "Change the prompt; the others are not affected.",
        facts: [{ label: "Code", value: "OutputImageSensitiveContentDetected", copy: true }],
      },
    ],
  }),
  waiting: view({
    state: "running",
    assets: [],
    canCancel: true,
    progress: { text: "Seedream is drawing…" },
  }),
  failed: view({
    state: "failed",
    assets: [],
    failures: [
      {
        title: "Seedream did not accept the key",
        detail: "The key is not valid for https://ark.cn-beijing.volces.com, or it was disabled.",
        next: "Set a key of this region and try again. Nothing was charged.",
        facts: [
          { label: "Code", value: "AuthenticationError (401)", copy: true },
          { label: "Request", value: "0217562e9f1c2d00000000000000ac15", copy: true },
        ],
        steps: [{ id: "setKey", label: "Set API Key…" }],
      },
    ],
  }),
  cancelled: view({ state: "cancelled", assets: [] }),
  gone: undefined,
  icon: view({
    assets: [
      asset(0, {
        src: "file:///media/icon.png",
        type: "image/png",
        extension: ".png",
        width: 512,
        height: 512,
        alt: "",
        fileName: "icon",
      }),
    ],
  }),
  layers: view({
    layered: true,
    operation: "Layers",
    assets: [
      asset(0, { layer: { name: "Background", zIndex: 0 } }),
      asset(1, {
        src: "file:///media/layer1.png",
        width: 320,
        height: 240,
        layer: { name: "Boats", zIndex: 1, box: [160, 480, 480, 720] },
      }),
      asset(2, {
        src: "file:///media/layer2.png",
        width: 512,
        height: 512,
        layer: { name: "Lighthouse", zIndex: 2, box: [980, 120, 1492, 632] },
      }),
    ],
  }),
  sound: view({
    operation: "Speech",
    assets: [
      asset(0, {
        kind: "audio",
        type: "audio/wav",
        src: "file:///media/tone.wav",
        extension: ".wav",
        seconds: 1,
        fileName: "welcome",
      }),
    ],
  }),
  transcript: view({
    operation: "Transcript",
    prompt: "",
    assets: [
      asset(0, {
        kind: "text",
        type: "text/vtt",
        text: `WEBVTT\n\n${Array.from({ length: 40 }, (_, at) => `00:${String(at).padStart(2, "0")}.000 --> 00:${String(at).padStart(2, "0")}.900\nThe ferry leaves at noon. 渡轮中午出发。`).join("\n\n")}\n`,
        extension: ".vtt",
        fileName: "harbour",
      }),
    ],
  }),
  video: view({
    operation: "Image to video",
    assets: [
      asset(0, {
        kind: "video",
        type: "video/mp4",
        src: "file:///media/clip.mp4",
        extension: ".mp4",
        width: 1280,
        height: 720,
        seconds: 2,
        fileName: "harbour",
        playNote: "The editor plays this video without its sound (AAC).",
      }),
    ],
  }),
  unplayable: view({
    operation: "Text to video",
    assets: [
      asset(0, {
        kind: "video",
        type: "video/mp4",
        src: "file:///media/broken.mp4",
        extension: ".mp4",
        fileName: "harbour",
      }),
    ],
  }),
  words: view({
    prompt: longPrompt,
    assets: [
      asset(0, {
        alt: "ميناء عند الفجر مع قوارب الصيد والضوء الناعم",
        fileName: "港口的黎明-非常非常长的文件名-柔和的光线-渔船",
      }),
    ],
    vendorTexts: ["清晨的港口，渔船停泊在平静的水面上。"],
    warnings: ["The seed was left out: this model does not take one."],
  }),
};
