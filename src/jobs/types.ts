import type { Probe } from "../assets/media.ts";
import type { AnchorRecord, Asset, Job } from "../model/job.ts";
import type { Json } from "../model/json.ts";
import type { OptionValues } from "../model/options.ts";
import type { AssetRequest, InputRef } from "../model/request.ts";
import type { VendorId } from "../model/vendors.ts";
import type { Clock, DownloadKind, Net } from "../net/types.ts";
import type { CancelResult, InputFile, Vendor } from "../vendors/contract.ts";
import type { Unreadable } from "./ledger.ts";
import type { AssetNote, Decision } from "./machine.ts";

/** One line of the log. `fault` is the name and place of an error nobody foresaw; never its message. */
export interface JobLogLine {
  job: string;
  vendor: string;
  status: string;
  requestId?: string;
  fault?: string;
}

/** Times in milliseconds; everything has a default. */
export interface JobTimings {
  /** Between heartbeats, and between looks at what other windows do. */
  beatMs: number;
  /** Looks at an unchanged heartbeat after which its owner counts as silent. */
  misses: number;
  /** Waits before a billable call that was certainly refused goes out again; how many there are bounds the attempts. */
  resendMs: readonly number[];
  /** Waits between the tries of one download before it is put off. */
  downloadMs: readonly number[];
  /** Waits before looks for a job whose answer never came. */
  findMs: readonly number[];
  /** Between looks at what is in doubt or put off, while the window stays open. */
  relookMs: number;
  /** How long another window may hold a job before a decision about it fails as busy. */
  busyMs: number;
}

/** See `VendorContext.settings`. */
type Settings = Readonly<Record<string, Json>>;

/** What `jobs` needs of the rest of Easel. */
export interface JobsOptions {
  /** Absolute path of the ledger; made when the first job starts. */
  root: string;
  clock: Clock;
  net: Pick<Net, "free" | "billable" | "download">;
  loadVendor(id: VendorId): Promise<Vendor>;
  /** The vendor's secrets for a job's address and settings; an empty object if it needs none; undefined if they are missing. */
  credentials(
    vendor: VendorId,
    baseUrl: string,
    settings: Settings,
  ): Promise<Record<string, string> | undefined>;
  /** Whether an empty base URL stands for an address of this machine or a private network, to which links may then lead. */
  isLocal?(vendor: VendorId, settings: Settings): Promise<boolean>;
  /** Opens an input. `path` is where a staged one lies. A `VendorError` says why it cannot be used. */
  openInput(ref: InputRef, job: Job, path: string | undefined): Promise<InputFile>;
  /** What a file is by its bytes; only where text is expected can it be text. Throws `MediaError`. */
  probe(path: string, expected: DownloadKind): Promise<Probe>;
  log(line: JobLogLine): void;
  /** Follows what other windows do with the same ledger. Default true. */
  watchOtherWindows?: boolean;
  /** Whether the file is still where it landed, with the same bytes. Absent: a staged file that is back was not. */
  isStillPlaced?(landed: { uri: string }, asset: Asset): Promise<boolean>;
  /** How long an asset may wait before it is let go, in milliseconds; undefined: for ever. */
  keepWaitingMs?(): number | undefined;
  timings?: Partial<JobTimings>;
}

/** Where a request comes from. Staged inputs are written as `inputs/<name>`, which their reference names as its `file`. */
export interface StartOptions {
  /** Without a trailing slash. */
  baseUrl: string;
  modelOverride?: string;
  /** See `VendorContext.settings`. */
  settings?: Record<string, Json>;
  anchor?: AnchorRecord;
  workspace?: string;
  stagedInputs?: readonly { file: string; open(): AsyncIterable<Uint8Array> }[];
}

/** How far a job is. `fraction` from 0 to 1, of the vendor's work or of the download. */
export interface JobProgress {
  phase: "queued" | "running" | "downloading";
  fraction?: number;
}

/** What came of cancelling, and whether the vendor bills what was asked. */
export type CancelOutcome = CancelResult & { billed: "no" | "maybe" | "yes" };

/** `busy`: another window is at work on it and does not answer. `gone`: no such job or asset. `inputs`: what it was made from is no longer there. */
export class JobsError extends Error {
  override readonly name = "JobsError";
  readonly reason: "busy" | "gone" | "inputs";

  constructor(reason: "busy" | "gone" | "inputs") {
    super(reason);
    this.reason = reason;
  }
}

/** Every job of this machine. All methods that name a job throw {@link JobsError} `gone` for one that is not there. */
export interface Jobs {
  /** Resolves when the intent is on disk; the rest runs on by itself. */
  start(request: AssetRequest, options: StartOptions): Promise<Job>;
  /** Takes over a task that was made elsewhere, to be looked at by its operation until it is over; it is never sent. Resolves when it is on disk. */
  adopt(request: AssetRequest, operation: Json, options: StartOptions): Promise<Job>;
  /** A job that is open, or that closed in this session. */
  get(id: string): Job | undefined;
  /** Jobs that are not closed, oldest first. */
  list(): readonly Job[];
  /** Closed jobs whose last decision can still be taken back: those of this session, and discards of the last day. */
  closed(): readonly Job[];
  /** Jobs on disk that this version cannot read. */
  unreadable(): readonly Unreadable[];
  progress(id: string): JobProgress | undefined;
  /** Calls back with each job that changed, in this window or another; `undefined` when it is gone. */
  onDidChange(listener: (id: string, job: Job | undefined) => void): { dispose(): void };
  /** Stops a job as far as its vendor allows. A result that has already come is kept. */
  cancel(id: string): Promise<CancelOutcome>;
  decide(id: string, asset: string, decision: Decision): Promise<Job>;
  note(id: string, asset: string, note: AssetNote): Promise<Job>;
  setAnchor(id: string, anchor: AnchorRecord | undefined): Promise<Job>;
  /** Removes a job and its files; what it is still doing is aborted. */
  forget(id: string): Promise<void>;
  /** The same request as a new job, with some options changed if given; of an adopted one without, the same task looked at anew. An old one that brought nothing is forgotten. Costs again if the first was carried out. */
  retry(id: string, options?: OptionValues): Promise<Job>;
  /** Looks now at a job in doubt, or tries a download again that was put off. Resolves when that has come to rest; at once if it is under way. */
  lookAgain(id: string): Promise<Job>;
  /** Reads the ledger and carries on with what is open. Cheap where there is nothing. Resolves when everything is under way. */
  resume(): Promise<void>;
  /** Compares placed assets with their staged files: one that has come back by undo waits again. */
  settle(): Promise<void>;
  /** Brings back a job from a copy kept elsewhere, see `withoutWords`. Undefined if nothing of it can be had any more. */
  revive(record: Job): Promise<Job | undefined>;
  /** Absolute path of the folder that a job's results are staged in. */
  stagingFolder(id: string): string;
  /** Absolute path of an asset's staged file. */
  stagedPath(job: Job, asset: Asset): string;
  /** Stops everything and lets other windows take over. */
  dispose(): Promise<void>;
}
