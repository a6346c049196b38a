import type { AssetState, JobState } from "../model/job.ts";
import type { PictureRegion } from "../model/regions.ts";

/**
 * What a webview and its host may say to each other. Commands and requests go from the webview to the host (a request is
 * answered), notifications go from the host to the webview.
 */
export interface Protocol {
  commands: Record<string, object>;
  requests: Record<string, { params: object; result: unknown }>;
  notifications: Record<string, object>;
}

/** Why a request was not answered: told apart by `reason`, never by text. `message` is already words for people. */
export interface RequestFailure {
  reason: "invalid" | "gone" | "failed";
  message: string;
}

export type ToHost =
  | { type: "command"; method: string; params: unknown }
  | { type: "request"; id: number; method: string; params: unknown };

export type ToWebview =
  | { type: "response"; id: number; result: unknown }
  | { type: "response"; id: number; error: RequestFailure }
  | { type: "notification"; method: string; params: unknown };

/** Id of the element with a page's greeting. */
export const greetingId = "greeting";

/** What a page is told with its document, which is sooner there than any message. */
export interface Greeting {
  /** Tells it apart: a page that was hidden comes back with the document it had, and must not be told old things again. */
  id: string;
  told: readonly Extract<ToWebview, { type: "notification" }>[];
}

/** A fact about an asset, in words: `{ label: "Seed", value: "42" }`. `copy` offers a button that copies the value. */
export interface FactView {
  label: string;
  value: string;
  copy?: boolean;
}

/** Where a layer sits on the base picture: left, top, right, bottom in its pixels. The base has none. Higher `zIndex` is above. */
export interface LayerView {
  name: string;
  zIndex: number;
  box?: readonly [number, number, number, number];
}

/** One result as the sheet shows it. Pixels, bytes, seconds. */
export interface AssetView {
  id: string;
  /** Its name among the others, such as "Result 2". */
  label: string;
  /** `file:` address of the staged bytes, inside the view's `folder`; the panel turns it into an address the webview may load. */
  src: string;
  kind: "image" | "video" | "audio" | "text";
  /** What a text says, from its beginning. */
  text?: string;
  /** Media type by the bytes. */
  type: string;
  bytes: number;
  width?: number;
  height?: number;
  seconds?: number;
  state: AssetState;
  facts: readonly FactView[];
  alt: string;
  /** Without the extension. */
  fileName: string;
  /** With its dot, such as `.png`. */
  extension: string;
  /** Target folder chosen by the user (a URI); absent: the default. */
  folder?: string;
  /** False if it is known that the editor cannot play it. */
  playable: boolean;
  /** What there is to know about playing it, such as that the editor leaves out the sound. */
  playNote?: string;
  /** What can be made of it next: `label` on the button, `cost` beside it if it is billed. */
  steps?: readonly { id: string; label: string; cost?: string }[];
  /** Until when the vendor's own link to it can be copied, in words; absent where there is none, or it is dead. */
  link?: string;
  /** In a layered job: its place in the stack. */
  layer?: LayerView;
}

/** What went wrong, in words, and what can be done: sentences in `next`, buttons in `steps` (ids are the delegate's own). */
export interface FailureView {
  /** The vendor's slot, if one result failed and others may be fine. */
  index?: number;
  title: string;
  detail: string;
  next: string;
  /** Shown small and copyable, such as the vendor's code and request id. */
  facts?: readonly FactView[];
  steps?: readonly { id: string; label: string }[];
}

/** A job with its assets, as the sheet shows it. All texts are words for people, in their language. */
export interface ReviewView {
  jobId: string;
  /** Title of the tab. */
  title: string;
  prompt: string;
  vendor: string;
  model: string;
  operation: string;
  state: JobState;
  /** While it runs: what happens now; `fraction` from 0 to 1 if known. */
  progress?: { text: string; fraction?: number };
  /** How many results are expected, if known: empty places are shown for those still to come. */
  expected?: number;
  canCancel: boolean;
  /**
   * True if the assets are layers of one picture: they are shown stacked, and actions on any of them are actions on all
   * (Insert places a folder; the draft's `assetId` is the base layer, its file name names the folder).
   */
  layered: boolean;
  assets: readonly AssetView[];
  failures: readonly FailureView[];
  warnings: readonly string[];
  /** What the vendor wrote beside the results. */
  vendorTexts: readonly string[];
  /** Whether the same request can be sent again with a new seed (for a failed job: tried again), and what that costs. */
  canAgain: boolean;
  againEstimate?: string;
  /** True if the vendor's answer can be opened as JSON. */
  hasAnswer?: boolean;
  /** URI of the job's folder: the only place the webview may load results from. */
  folder: string;
}

/** What the user has written about an asset so far. `fileName` without the extension; `folder` a URI. */
export interface Draft {
  assetId: string;
  alt: string;
  fileName: string;
  folder?: string;
}

/** Something to know before confirming. An `error` stands beside its field and explains why a button is off. */
export interface PreviewProblem {
  severity: "error" | "warning";
  text: string;
  field?: "alt" | "fileName" | "folder" | "place";
}

/** Exactly what Insert would do with a draft. */
export interface Preview {
  /** Stands for this very preview: goes back with the action that confirms it. */
  revision: string;
  /** Exactly the text to be inserted; absent if there is no place for it. */
  markup?: string;
  /** Where it goes, in words: "README.md, line 12". */
  where?: string;
  /** Name of the target folder, as shown. */
  folder: string;
  /** The file's final name with its extension (a taken name gets a number). */
  fileName: string;
  /** Names of files that come with it, such as a recipe. */
  also?: readonly string[];
  problems: readonly PreviewProblem[];
  canInsert: boolean;
  canSave: boolean;
}

/** What the user does. Those that place something carry the draft and the revision of the preview that was seen. */
export type ReviewAction =
  | { kind: "insert" | "saveOnly" | "saveAs" | "copyMarkup"; draft: Draft; revision: string }
  | { kind: "chooseFolder"; draft: Draft }
  | { kind: "discard" | "undoDiscard" | "openOutside" | "copyText" | "copyLink"; assetId: string }
  /** Has a language model describe the picture: `alt` comes back, nothing is changed. */
  | { kind: "describe"; draft: Draft }
  /** A further step of an asset, by the id the view gave it; the words that were on its button say what it costs. */
  | { kind: "assetStep"; assetId: string; step: string }
  | { kind: "again" | "cancel" | "openAnswer" }
  /** A step of a failure, by the id the view gave it. */
  | { kind: "step"; step: string };

/**
 * What came of an action. `done.message` is announced and shown; `close` closes the sheet; `folder` (a URI) is the one chosen, `alt` an
 * alt text to go on with.
 * `backedOut`: the user closed a dialog. `stale`: the preview no longer held, nothing was done, here is the present one.
 */
export type ActionResult =
  | { outcome: "done"; message?: string; close?: boolean; folder?: string; alt?: string }
  | { outcome: "backedOut" }
  | { outcome: "stale"; preview: Preview; message: string }
  | { outcome: "failed"; message: string };

/** Every word of the review sheet. `control`: what is pressed with Enter and letters. */
export type ReviewStrings = Readonly<Record<ReviewStringKey, string>> & {
  states: Readonly<Record<AssetState, string>>;
};

export type ReviewStringKey =
  | "again"
  | "altHelp"
  | "altText"
  | "cancel"
  | "changeFolder"
  | "close"
  | "composite"
  | "control"
  | "copied"
  | "copy"
  | "copyLink"
  | "copyMarkup"
  | "details"
  | "describe"
  | "describeHelp"
  | "discard"
  | "discarded"
  | "failedResults"
  | "fileName"
  | "fit"
  | "folder"
  | "folderName"
  | "frame"
  | "frames"
  | "gone"
  | "goneDetail"
  | "grid"
  | "insert"
  | "keyChoose"
  | "keyClose"
  | "keyInsert"
  | "keyZoom"
  | "layers"
  | "mediaName"
  | "mediaNameHelp"
  | "noPlace"
  | "cancelled"
  | "noResults"
  | "notPlayable"
  | "openAnswer"
  | "openOutside"
  | "picture"
  | "preview"
  | "prompt"
  | "realSize"
  | "results"
  | "retry"
  | "saveAs"
  | "saveOnly"
  | "showLayer"
  | "single"
  | "stillComing"
  | "undo"
  | "vendorText"
  | "warnings"
  | "working"
  | "zoomIn"
  | "zoomOut";

/** The review sheet's messages. `view` without a view: the job is gone. */
export interface ReviewProtocol extends Protocol {
  commands: {
    ready: Record<string, never>;
    draft: Draft;
    copy: { text: string };
    close: Record<string, never>;
  };
  requests: {
    preview: { params: Draft; result: Preview };
    act: { params: { actionId: string; action: ReviewAction }; result: ActionResult };
  };
  notifications: {
    /** `select`: the asset to choose, where the host wants a certain one. */
    view: { jobId: string; strings: ReviewStrings; view?: ReviewView; select?: string };
  };
}

/** What the review webview keeps over a reload: no words of the user's. */
export interface ReviewState {
  jobId: string;
  assetId?: string;
}

/** Every word of the region picker. `pointName` and `boxName` hold `{0}` for the mark's number. */
export type RegionStrings = Readonly<
  Record<
    | "title"
    | "help"
    | "helpKeys"
    | "picture"
    | "marks"
    | "none"
    | "pointName"
    | "boxName"
    | "remove"
    | "clear"
    | "control"
    | "use"
    | "cancel"
    | "full"
    | "crosshair",
    string
  >
>;

/** The region picker's messages. Sizes in pixels. */
export interface RegionsProtocol extends Protocol {
  commands: {
    ready: Record<string, never>;
    use: { regions: PictureRegion[] };
    cancel: Record<string, never>;
  };
  requests: Record<string, never>;
  notifications: {
    show: { src: string; width: number; height: number; max: number; strings: RegionStrings };
  };
}

/** Every word of the mask painter. `at` holds `{0}` and `{1}` for the brush's place. */
export type MaskStrings = Readonly<
  Record<
    | "title"
    | "help"
    | "helpKeys"
    | "picture"
    | "brush"
    | "erase"
    | "undo"
    | "clear"
    | "control"
    | "use"
    | "cancel"
    | "at"
    | "nothing"
    | "wrong",
    string
  >
>;

/** The mask painter's messages. Sizes in pixels; `use` brings a PNG of just that size, at most 32 MB. */
export interface MaskProtocol extends Protocol {
  commands: { ready: Record<string, never>; cancel: Record<string, never> };
  requests: { use: { params: { bytes: ArrayBuffer }; result: Record<string, never> } };
  notifications: { show: { src: string; width: number; height: number; strings: MaskStrings } };
}
