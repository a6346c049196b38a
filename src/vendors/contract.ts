import type { EstimateInput, InputFacts, Model, ModelOperation } from "../model/catalog.ts";
import type { Json } from "../model/json.ts";
import type { MediaKind, OperationId } from "../model/operations.ts";
import type { OptionValues } from "../model/options.ts";
import type { InputRole } from "../model/request.ts";
import type { VendorId } from "../model/vendors.ts";
import type { BillableHttp, Clock, FreeHttp } from "../net/types.ts";
import type { VendorError, VendorErrorFacts } from "./errors.ts";

/**
 * An input as the core sees it: its bytes are read when they are needed, not before. `url` for a public https link, or, where the
 * slot takes `ids`, the vendor's own id as the user or the vendor wrote it.
 */
export interface InputFile extends InputFacts {
  role: InputRole;
  /** Yields the bytes anew on every call. Absent for a link. */
  open?(): AsyncIterable<Uint8Array>;
  url?: string;
}

/** A request with everything resolved that a vendor needs. Options are complete: defaults filled in and parsed. */
export interface VendorRequest {
  operation: OperationId;
  /** Model id as the catalog has it. */
  model: string;
  /** What to send as the model where it differs from the catalog id, such as an inference endpoint id `ep-…`. */
  modelOverride?: string;
  prompt: string;
  inputs: readonly InputFile[];
  options: OptionValues;
}

/** What is known of an output besides its bytes; shown to the user and kept with the asset. */
export interface OutputFacts {
  seed?: number;
  requestId?: string;
  /** The vendor's own words for a layer or a part. */
  name?: string;
  description?: string;
  zIndex?: number;
  /** Where a layer sits on the base picture, in its pixels: left, top, right, bottom. */
  box?: readonly [number, number, number, number];
  /** Model as the vendor echoed it. */
  model?: string;
  /** What the output is, where that is not what its operation brings. */
  kind?: MediaKind;
  /** Which part of the result it is, if not the result itself. `lastFrame`: a clip's last frame, fit to start the next one. */
  part?: "lastFrame";
  /** A further billable step the vendor offers for this output: the same request with these options changed. */
  followUp?: FollowUp;
  /** The vendor's own id of this output, by which a later request can name it where a slot takes `ids`. */
  id?: string;
}

/** `final`: the full clip from a draft. `until`: ms since the epoch after which the vendor no longer has what it needs. */
export interface FollowUp {
  step: "final";
  options: OptionValues;
  until: number;
}

/**
 * Where an output's bytes are: a link to fetch without credentials (expires: ms since the epoch), or the bytes themselves, with how
 * many they are where that is known.
 */
export type OutputSource =
  | { kind: "link"; url: string; expires?: number }
  | { kind: "stream"; stream: AsyncIterable<Uint8Array>; bytes?: number };

/** What a vendor used, in its own words, such as `{ images: 2, tokens: 32768 }`; and money where its price is known. */
export interface Usage {
  units: Record<string, number>;
  money?: { amount: number; currency: "CNY" | "USD" };
}

/**
 * What happens to a request at the vendor, in the order it is learned. `answer` is the vendor's answer to look at as JSON: without
 * media bytes, at most 64 KiB. `accepted` carries the operation: plain JSON, enough
 * to go on from another process. `output` indices are the vendor's slots from 0; a slot may fail on its own. A stream that
 * ends without `accepted` or `done` is a protocol error.
 */
export type VendorEvent =
  | { type: "accepted"; operation: Json }
  | { type: "progress"; fraction?: number; phase?: "queued" | "running" }
  | { type: "output"; index: number; source: OutputSource; facts: OutputFacts }
  | { type: "failed"; index?: number; error: VendorError }
  | { type: "text"; text: string }
  | { type: "answer"; body: Json }
  | { type: "warning"; code: string; args?: Record<string, string | number> }
  | { type: "usage"; usage: Usage }
  | { type: "done" };

/** Everything a vendor's calls need, made by `jobs` for one job. */
export interface VendorContext {
  jobId: string;
  http: FreeHttp;
  /**
   * The only way to a call that may cost. Journals the step before `send` runs; `send` gets the transport.
   * The same step is never sent twice for one job unless the first was certainly refused.
   */
  spend<T>(step: string, send: (http: BillableHttp) => Promise<T>): Promise<T>;
  /** The job's request, its inputs opened anew: for a step after the first, in this process or a later one. */
  request?(): Promise<VendorRequest>;
  credentials: Readonly<Record<string, string>>;
  /** Without a trailing slash. Empty for a vendor whose address is among its credentials. */
  baseUrl: string;
  /** The user's other settings of this vendor as they were when the job started, by the last part of their id; parsed by the vendor. */
  settings?: Readonly<Record<string, Json>>;
  clock: Clock;
  signal: AbortSignal;
}

/** What a free look at credentials brought. `cannotTell`: nothing free can tell, with a code that says why. */
export type Verification =
  | { result: "accepted"; detail?: string }
  | { result: "rejected"; error: VendorErrorFacts }
  | { result: "cannotTell"; why: string; error?: VendorErrorFacts };

/** What deleting a record came to; `gone`: there was none any more. */
export type EraseResult = "erased" | "running" | "gone" | "refused";

/** What cancelling came to: cancelled and not billed, too late (it runs on and is billed), or the vendor cannot. */
export type CancelResult = { result: "cancelled" | "tooLate" | "cannot" };

/**
 * What can be said of cancelling before it is tried: whether it reaches only tasks that still wait in the vendor's queue or any,
 * and whether a task it stops is billed.
 */
export interface Cancelling {
  reaches: "queued" | "any";
  billed: "no" | "maybe";
}

/** What a vendor keeps for an account, to be named in later requests: `elements` are people and things seen, `voices` are heard. */
export type LibraryShelfId = "elements" | "voices";

/** One way to add to a shelf: what it takes, with `prompt` as the description and the option `name` as the item's name. */
export interface LibraryForm {
  /** Key of its words in `text/library.ts`. */
  id: string;
  profile: ModelOperation;
}

export interface LibraryShelf {
  id: LibraryShelfId;
  forms: readonly LibraryForm[];
}

/** One thing on a shelf. `own` ones can be removed; the others are the vendor's. `picture` and `sound` are links to show or play. */
export interface LibraryItem {
  shelf: LibraryShelfId;
  id: string;
  name: string;
  own: boolean;
  description?: string;
  picture?: string;
  sound?: string;
}

/** What to add: `prompt` describes it. Checked with `checkRequest` of the form's profile before. */
export interface LibraryDraft {
  shelf: LibraryShelfId;
  form: string;
  prompt: string;
  options: OptionValues;
  inputs: readonly InputFile[];
}

/**
 * A vendor's library. No job stands behind these calls: the caller hands in a context whose `jobId` is fresh and whose `spend`
 * sends at once, and never repeats a call that was sent. Failures are {@link VendorError}s.
 */
export interface Library {
  shelves: readonly LibraryShelf[];
  /** Own items first, newest first, then the vendor's. */
  list(shelf: LibraryShelfId, context: VendorContext): Promise<LibraryItem[]>;
  /** Adds and waits until it can be used: some seconds. */
  create(draft: LibraryDraft, context: VendorContext): Promise<LibraryItem>;
  remove(item: Pick<LibraryItem, "shelf" | "id">, context: VendorContext): Promise<void>;
  /** How a prompt names it; undefined for what is given as an option only. */
  mention(item: Pick<LibraryItem, "shelf" | "name">): string | undefined;
}

/** One question to a language model: `instructions` say what it is for, `text` is the user's; `pictures` need a model that sees. */
export interface ChatAsk {
  instructions: string;
  text: string;
  pictures?: readonly InputFile[];
}

/** An answer as it comes, piece by piece. */
export type ChatEvent = { type: "text"; text: string } | { type: "usage"; usage: Usage };

/** What texts mean, as one vector each in their order. Vectors of different `model`s cannot be compared. */
export interface Embeddings {
  model: string;
  vectors: readonly (readonly number[])[];
}

/** How well a document answers a query: `index` into the documents given, each at most once; higher scores fit better. */
export interface Ranked {
  index: number;
  score: number;
}

/** A task found for a job whose answer never came. */
export interface FoundTask {
  operation: Json;
  created: number;
}

/** A task that somebody made elsewhere, as its maker knows it. */
export interface ForeignTask {
  /** The vendor's own id: letters, digits and `.:_-`, at most 128. */
  id: string;
  operation: OperationId;
  /** Model id as the catalog has it. */
  model: string;
}

/** How a task that was made elsewhere is fetched. */
export interface Adoption {
  /** What has to be said beside the id: nothing, what was asked for, or also of which model. */
  needs: "id" | "operation" | "model";
  /** Whether this is done by tasks that can be looked at. */
  isTask(operation: OperationId, model: string): boolean;
  /**
   * Looks at the task once, which is free. Answers what it is as far as that is known, and the operation by which a job goes on with
   * it. Throws a {@link VendorError}: `notFound` where there is none.
   */
  find(
    task: ForeignTask,
    context: VendorContext,
  ): Promise<Pick<ForeignTask, "operation" | "model"> & { handle: Json }>;
}

/**
 * A vendor: what it can do as data, and a few things it does. Failures are {@link VendorError}s, thrown or yielded; anything
 * else thrown is a fault of Easel's own. Iterating is what makes calls: stop iterating or abort the signal to stop.
 */
export interface Vendor {
  id: VendorId;
  models: readonly Model[];
  /**
   * When to look at a running operation: milliseconds before the first look, and between looks; with `maxMs` each wait is half as
   * long again as the one before, up to that. Absent if all is synchronous.
   */
  poll?: { firstMs: number; everyMs: number; maxMs?: number };
  /** Makes the billable call (through `context.spend`) and yields what comes back of it. */
  start(request: VendorRequest, context: VendorContext): AsyncIterable<VendorEvent>;
  /** One look at a running operation; ends with `done` when there is nothing more to come. */
  status?(operation: Json, context: VendorContext): AsyncIterable<VendorEvent>;
  cancel?(operation: Json, context: VendorContext): Promise<CancelResult>;
  /**
   * Deletes the vendor's record of an operation that has ended, with its result there; one that still runs is left alone. Only for
   * results that are safe here.
   */
  erase?(operation: Json, context: VendorContext): Promise<EraseResult>;
  /** What {@link cancel} can do; where it is not said, only tasks in the queue, which are then not billed. */
  cancelling?: Cancelling;
  /** The task's id as the vendor's console and support know it. Undefined if the operation has none. */
  taskId?(operation: Json): string | undefined;
  /** Tasks that could be the job's: by its own task id, else by model and time window. */
  find?(request: VendorRequest, since: number, context: VendorContext): Promise<FoundTask[]>;
  /** Looks at credentials without any call that costs. */
  verify?(context: VendorContext): Promise<Verification>;
  /** Fetching what was made elsewhere, by the vendor's task id. */
  adoption?: Adoption;
  /** What the vendor keeps to be used by name. */
  library?: Library;
  /**
   * Calls beside the jobs, made on a user's act and with the same kind of context as {@link Library}'s: never resent once sent,
   * never on disk. Failures are {@link VendorError}s.
   */
  chat?(ask: ChatAsk, context: VendorContext): AsyncIterable<ChatEvent>;
  embed?(texts: readonly string[], use: "document" | "query", context: VendorContext): Promise<Embeddings>;
  /** Best first. */
  rerank?(query: string, documents: readonly string[], context: VendorContext): Promise<Ranked[]>;
  /** Which price list an address belongs to. */
  region?(baseUrl: string): EstimateInput["region"];
}
