import type { OperationId } from "./operations.ts";
import type { OptionsSchema, OptionValues } from "./options.ts";
import type { InputRole } from "./request.ts";

/** What an input file must be like. Bytes, pixels, and ratio = width / height; every bound is inclusive. */
export interface InputLimits {
  /** Media types by the bytes, such as `image/png`. */
  types: readonly string[];
  maxBytes: number;
  minSide?: number;
  maxSide?: number;
  minPixels?: number;
  maxPixels?: number;
  minRatio?: number;
  maxRatio?: number;
  minSeconds?: number;
  maxSeconds?: number;
}

/** A place for inputs of one role in a request. */
export interface InputSlot {
  role: InputRole;
  kind: "image" | "video" | "audio";
  /** Kinds that can stand in it besides, such as a video where its sound is what counts. */
  also?: readonly InputSlot["kind"][];
  min: number;
  max: number;
  limits: InputLimits;
  /** Whether the vendor takes the file's bytes, only a public link to it, or either. */
  takes: "bytes" | "link" | "either";
  /** The vendor's own id of something it holds can stand where a link does (`also`), or must (`only`); given as the link's address. */
  ids?: "also" | "only";
  /** Models whose results the vendor takes by id; absent: all of the vendor's. */
  idModels?: readonly string[];
}

/** What a request will cost, before it is sent. Money in major units of `currency`; `unit` where a vendor sells units. */
export type Estimate =
  | { kind: "free" }
  | {
      kind: "money";
      low: number;
      high: number;
      currency: "CNY" | "USD";
      basis: EstimateBasis;
      /** Only `high` says something: the vendor decides how much of it is used. */
      upTo?: true;
    }
  | { kind: "units"; low: number; high: number; unit: string; basis: EstimateBasis }
  | { kind: "unknown" };

/** Where an estimate comes from: price per item and how many items, for the sentence that explains it. */
export interface EstimateBasis {
  unitPrice: number;
  per: "image" | "million-tokens" | "second" | "call";
  count: number;
}

/** What an estimate is made from: the checked request, and on which price list the base URL is. */
export interface EstimateInput {
  options: OptionValues;
  inputCount: number;
  /** What is known of each input, links included; absent: nothing. Matters where the price depends on what goes in. */
  inputs?: readonly Pick<InputFacts, "role" | "seconds">[];
  /** `cn` or `intl`, from the vendor's base URL; other addresses count as `cn` with an unknown price where they differ. */
  region: "cn" | "intl" | "other";
}

/** One model doing one operation. */
export interface ModelOperation {
  options: OptionsSchema;
  inputs: readonly InputSlot[];
  prompt: "required" | "optional" | "none";
  /** Longest time the vendor may take for it before Easel gives up waiting, in milliseconds. */
  deadlineMs: number;
  /** Cross-option rules that a flat schema cannot say. Returns problems; an empty array is fine. */
  check?(request: CheckedRequest): Problem[];
  estimate(input: EstimateInput): Estimate;
  /** True if points and boxes on the picture can be written into the prompt. */
  regions?: boolean;
  /** True if the prompt can name elements of the vendor's library. */
  namesElements?: boolean;
}

/**
 * What cross-option rules look at. `inputs` hold what is known of the files, in order; `links` the roles of those given as
 * public links, of which nothing else is known.
 */
export interface CheckedRequest {
  prompt: string;
  options: OptionValues;
  inputs: readonly InputFacts[];
  links?: readonly InputRole[];
}

/** What is known of an input file from its bytes. */
export interface InputFacts {
  role: InputRole;
  name: string;
  type: string;
  bytes: number;
  width?: number;
  height?: number;
  seconds?: number;
  /** Has at least one pixel that is not opaque; absent when not looked at. */
  transparent?: boolean;
}

/** A reason not to send a request: a code of `text/problems.ts`, its arguments, and the field it is about. */
export interface Problem {
  code: string;
  args?: Record<string, string | number>;
  field?: string;
}

/** One model of a vendor. Names are proper nouns and are not translated. */
export interface Model {
  id: string;
  name: string;
  /** The day it stops serving (ISO date). A documented date hides the model from then on; a reported one warns. */
  retires?: { on: string; source: "documented" | "reported" };
  /** Known only from second-hand sources; shown as a preview. */
  preview?: boolean;
  operations: Partial<Record<OperationId, ModelOperation>>;
}
