import type { InputKind } from "../model/assign.ts";
import type { MediaKind, OperationId } from "../model/operations.ts";
import type { SizeRule } from "../model/options.ts";
import type { InputRole } from "../model/request.ts";
import type { AssetView, FactView, FailureView } from "./protocol.ts";

/**
 * What the Studio shows, as the host tells it. Every text is words for people in their language; every `src` is an address
 * that this very webview may load. Times are ms since the epoch, lengths of media are seconds, sizes are pixels and bytes.
 */

/** An operation to choose. `can`: some vendor that is usable as things stand does it; the others are offered all the same. */
export interface OperationView {
  id: OperationId;
  label: string;
  /** What comes of it, in one sentence. */
  detail: string;
  output: MediaKind;
  can: boolean;
}

/** A model that can do the chosen operation, with what there is to know before choosing it. */
export interface OfferView {
  /** Names it in commands. */
  id: string;
  vendor: string;
  model: string;
  /** Marks such as "preview" or the day it may be switched off, and what it takes ("up to 10 pictures"). */
  notes: readonly string[];
  /** What the draft would cost with it, at its own options. */
  cost: string;
  /** False for a vendor without a key here, for which Generate asks, and for any that needs one where the workspace is not trusted. */
  usable: boolean;
}

/** One way to fill in an option. */
export interface OptionChoiceView {
  value: string;
  label: string;
}

/** A size that is offered: `ratio` such as `16:9`; without pixels the vendor works them out. */
export interface SizeChoiceView extends OptionChoiceView {
  ratio?: string;
  width?: number;
  height?: number;
}

/** One option of one model as a control. */
export interface OptionView {
  key: string;
  label: string;
  /** One sentence about it; may be empty. */
  detail: string;
  /** Shown up front, or behind "More options". */
  level: "basic" | "more";
  /** What is sent now: what was set, else the default; absent where the vendor decides. */
  value?: string | number | boolean;
  /** True if it was set to something other than the default: it can be reset. */
  changed: boolean;
  /** The default in words; absent where there is none. */
  standard?: string;
  /** True if it moves the cost. */
  cost: boolean;
  /** Why its present value cannot be sent. */
  problem?: string;
  control:
    | { kind: "choice"; choices: readonly OptionChoiceView[] }
    | { kind: "toggle" }
    /** `unit` in words, such as "s"; `range` says the bounds in words. */
    | {
        kind: "number";
        integer: boolean;
        min?: number;
        max?: number;
        step?: number;
        unit?: string;
        range?: string;
      }
    | { kind: "size"; choices: readonly SizeChoiceView[]; free?: NonNullable<SizeRule["free"]> }
    /** `suggestions` are offered; anything else can be typed. */
    | { kind: "text"; multiline: boolean; maxLength?: number; suggestions?: readonly string[] }
    /** Absent `value`: another one every time. Locked by setting it. */
    | { kind: "seed"; min?: number; max?: number };
}

/** The options of one chosen model, with what is wrong with the draft for it. */
export interface OfferFormView {
  offer: string;
  /** Vendor and model. */
  title: string;
  options: readonly OptionView[];
  /** All that stands in the way of sending it, options and slots included, in the order of the form. */
  problems: readonly ComposeProblemView[];
  cost: string;
}

/** A reason not to send the draft. `field`: `prompt`, an option's key, an input role, or an input's id. */
export interface ComposeProblemView {
  text: string;
  field?: string;
}

/** Something given to the request. */
export interface InputView {
  /** Names it in commands. */
  id: string;
  name: string;
  kind: InputKind;
  /** Its picture, if the webview can load it. */
  src?: string;
  /** Size, length and weight in one line; empty for a link. */
  facts: string;
  /** Why the model does not take it. */
  problem?: string;
  /** Slots it could be moved to instead. */
  roles: readonly { role: InputRole; label: string }[];
}

/** A place for inputs of one role, in order; of the first chosen model. */
export interface SlotView {
  role: InputRole;
  label: string;
  /** What it takes, in one line: number, types, limits. */
  detail: string;
  kind: InputKind;
  min: number;
  max: number;
  /** `link`: only links (or ids): files that are dropped are refused with words. */
  takes: "bytes" | "link" | "either";
  inputs: readonly InputView[];
  problem?: string;
}

/** A prompt of this session. Holds all of the draft: restoring it brings back operation, models, inputs and options. */
export interface HistoryView {
  id: string;
  prompt: string;
  operation: string;
  at: number;
  /** `sent`, or put aside when another draft took its place. */
  kind: "sent" | "aside";
}

/** Compose as it stands. Sent whole with every change; the parts the user is typing in are the webview's (see `own`). */
export interface ComposeView {
  /** Rises with every change. */
  revision: number;
  /** `own`: this webview wrote it last, so its text field is right or newer and must not be touched. */
  prompt: { text: string; own: boolean; rule: "required" | "optional" | "none"; problem?: string };
  operations: readonly OperationView[];
  operation: OperationId;
  offers: readonly OfferView[];
  /** Ids of the models chosen, in order; at least one. Slots are the first one's. */
  chosen: readonly string[];
  forms: readonly OfferFormView[];
  slots: readonly SlotView[];
  /** Inputs that the first model has no place for. */
  left: readonly InputView[];
  /** True if nothing stands in the way of any chosen model. */
  ready: boolean;
  /** What all chosen models cost together, in words. */
  cost: string;
  /** Where the markup will go: "README.md, line 12"; absent: no text editor was used. */
  place?: string;
  history: readonly HistoryView[];
  /** Improve Prompt; `why` says in words why it is off. */
  improve: { enabled: boolean; why?: string };
}

/** A piece of the difference between the prompt and the improved one, in order. */
export interface DifferenceView {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Improve Prompt as it goes. `text` is all that came so far; `parts` once it is done. */
export interface ImproveView {
  state: "off" | "running" | "done" | "failed";
  text: string;
  parts?: readonly DifferenceView[];
  /** Who improves it and what it costs, or what went wrong. */
  message?: string;
}

/** A job on its way, or one that needs the user: it failed, or nobody knows. */
export interface RunningView {
  jobId: string;
  /** Jobs of one press of Generate share it. */
  batch?: string;
  prompt: string;
  operation: string;
  maker: string;
  created: number;
  /** Told anew while it grows: "2 min". */
  age: string;
  running: boolean;
  /** What happens now, in words. */
  stage: string;
  /** 0 to 1, if known. */
  fraction?: number;
  expected?: number;
  /** What has come so far, by its slot. */
  pictures: readonly { item: string; index: number; kind: MediaKind; src: string }[];
  canCancel: boolean;
  /** Steps are done with the request `reviewAct { kind: "step" }`. */
  failures: readonly FailureView[];
  cost: string;
}

/** `missing`: it was placed, and its file is no longer there. */
export type ItemState = "waiting" | "placed" | "saved" | "discarded" | "missing";

/** One asset in the gallery: light, thousands of them pass by. */
export interface ItemView {
  /** Stays the same when the asset is placed or comes back. */
  id: string;
  /** Content hash: names its thumbnail. */
  hash: string;
  kind: MediaKind;
  /** File name where it has landed, else a short name; also what a screen reader says first. */
  label: string;
  /** Operation, maker, state and age in one line, for screen readers and the list. */
  detail: string;
  state: ItemState;
  at: number;
  width?: number;
  height?: number;
  seconds?: number;
  /** The whole file; absent if missing or not a file of this machine's. */
  src?: string;
  /** Its thumbnail; absent: the webview makes one from `src` and uploads it (purpose `thumbnail`). */
  thumb?: string;
  /** Jobs of one press of Generate share it. */
  batch?: string;
}

/** What can be done with an item, in the order of its menu. Ids are the kinds of `ItemAction`, and `decide` for the sheet. */
export interface ItemActionView {
  id: string;
  label: string;
  icon: string;
  /** A key shown beside it, as the webview binds it. */
  key?: string;
  danger?: boolean;
}

/** All there is to show of one item. */
export interface DetailView {
  item: ItemView;
  /** Set while its job is open: the sheet (`reviewOpen`) decides on it. */
  jobId?: string;
  assetId?: string;
  /** Of an open job, or from a recipe; absent otherwise: nothing is kept. */
  prompt?: string;
  operation: string;
  vendor: string;
  model: string;
  facts: readonly FactView[];
  media: Pick<AssetView, "type" | "bytes" | "playable" | "playNote" | "text">;
  actions: readonly ItemActionView[];
  /** What a link to a file that has landed calls it, until the user writes something else. */
  alt: string;
  /** Roles that the draft's first model has for it, for "Use as …". */
  roles: readonly { role: InputRole; label: string }[];
  /** For a video: what a frame of it can become. `role` where it goes into Compose. */
  frameUses: readonly { use: FrameUse; label: string }[];
  /** Where Insert would put a link to a file that has landed; absent if there is no place. */
  place?: string;
}

export type FrameUse = "firstFrame" | "lastFrame" | "reference" | "poster";

/** Something to filter by, with how many items have it. `value` goes into the query. */
export interface FacetView {
  value: string;
  label: string;
  count: number;
}

export type FacetId = "kind" | "operation" | "vendor" | "state" | "folder";

/** What the gallery holds in all. */
export interface GallerySummary {
  /** Rises whenever pages must be asked for anew. */
  revision: number;
  total: number;
  waiting: number;
  facets: Readonly<Record<FacetId, readonly FacetView[]>>;
}

/** Which items, in which order. Values of one facet are alternatives; facets add up. */
export interface GalleryQuery {
  /** Words that must all occur in name, folder, maker, operation, seed, or the prompt where it is known. */
  text?: string;
  where?: Partial<Record<FacetId, readonly string[]>>;
  /** Bounds of `at`, inclusive. */
  from?: number;
  to?: number;
  /** Only those of one press of Generate. */
  batch?: string;
  sort: "newest" | "oldest" | "name" | "largest";
}

export interface GalleryPage {
  revision: number;
  /** How many items the query finds. */
  total: number;
  offset: number;
  items: readonly ItemView[];
}

/** A vendor in Setup. `test` is what the last free look at its key brought. */
export interface VendorSetupView {
  id: string;
  name: string;
  /** What it makes: "Images, video". */
  makes: string;
  needsKey: boolean;
  hasKey: boolean;
  /** Host that requests go to; empty for one that calls none. */
  address: string;
  /** Why its address cannot be used. */
  problem?: string;
  test: { state: "none" | "running" | "accepted" | "rejected" | "cannotTell"; text: string };
}

export interface SetupView {
  /** True while no vendor has a key: Setup is shown first. */
  first: boolean;
  trusted: boolean;
  vendors: readonly VendorSetupView[];
  /** Where results land, in words, such as "assets (blog: static/img)". */
  outputFolder: string;
  recipes: boolean;
  /** How many placed assets this workspace remembers. */
  placed: number;
  /** Four sentences. */
  privacy: readonly string[];
}
