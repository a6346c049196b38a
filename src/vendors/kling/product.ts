import type { CheckedRequest, ModelOperation, Problem } from "../../model/catalog.ts";
import type { OperationId } from "../../model/operations.ts";
import type { OptionValues } from "../../model/options.ts";
import type { KlingProblemCode } from "../../model/problems.ts";
import type { InputRole } from "../../model/request.ts";
import type { InputFile } from "../contract.ts";
import type { BodyObject } from "../wire/body.ts";

/** What a body is made of. `model` is the id on the wire; `elements` and `voices` are ids in the order the prompt counts them. */
export interface Ask {
  model: string;
  prompt: string;
  options: OptionValues;
  elements: readonly string[];
  voices: readonly string[];
  /** The inputs of a role, in their order. */
  files(role: InputRole): readonly InputFile[];
}

/** In whose resource pack a product is counted. */
export type PackUnit = "videoUnits" | "imageUnits";

/** One model doing one operation: what it offers, and how its request is written in either generation of the API (contract §4 to §7). */
export interface Product {
  /** Id and name in the catalog. */
  model: { id: string; name: string; retires?: string };
  operation: OperationId;
  profile: ModelOperation;
  unit: PackUnit;
  /** Paths `/v1/…`, with access and secret key or API key. Absent for a model that only the newer paths have. */
  legacy?: LegacyForm;
  /** Paths with the model in them, API key only. */
  newer?: NewerForm;
  /** True if `@name` and `<<<image_1>>>` in the prompt mean something. */
  mentions?: boolean;
  /** Most elements it takes. */
  elements?: number;
}

export interface LegacyForm {
  path: string;
  body(ask: Ask): BodyObject;
  /** False where the request has no `watermark_info`. */
  watermark?: false;
}

export interface NewerForm {
  path: string;
  body(ask: Ask): BodyObject;
  /** Whether it can say all of what was asked; otherwise the legacy form is used. */
  canSay(ask: Ask): boolean;
}

/** A check of a profile, without the noise of its whole request. */
export type Check = NonNullable<ModelOperation["check"]>;

/** How many inputs of a role there are, files and links. */
export function countOf({ inputs, links = [] }: CheckedRequest, role: InputRole): number {
  return inputs.filter((input) => input.role === role).length + links.filter((link) => link === role).length;
}

export function problem(code: KlingProblemCode, field: string, args?: Problem["args"]): Problem {
  return args ? { code, field, args } : { code, field };
}
