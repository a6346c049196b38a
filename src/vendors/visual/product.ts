import type { CheckedRequest, ModelOperation, Problem } from "../../model/catalog.ts";
import type { OperationId } from "../../model/operations.ts";
import type { OptionValues } from "../../model/options.ts";
import type { ProblemCode } from "../../model/problems.ts";
import type { InputRole } from "../../model/request.ts";
import type { InputFile } from "../contract.ts";
import type { BodyObject } from "../wire/body.ts";
import type { ResultMember } from "./labels.ts";
import type { Pair } from "./operation.ts";

/** What a body is made of. */
export interface Ask {
  prompt: string;
  options: OptionValues;
  /** The inputs of a role, in their order. */
  files(role: InputRole): readonly InputFile[];
}

/** One model doing one operation: what it offers, and how its request is written (contract §6). */
export interface Product {
  /** Id and name in the catalog. `preview` where its fields are known from second hand only. */
  model: { id: string; name: string; preview?: true };
  operation: OperationId;
  profile: ModelOperation;
  /** The algorithm; it may depend on the options. */
  key: string | ((options: OptionValues) => string);
  /** Synchronous by this action, or as a task by this pair. */
  call: { action: string } | { pair: Pair };
  /** What can be said of the result: beside the parameters, or when a task is looked at (contract §4.1). */
  result: readonly ResultMember[];
  /** The parameters, without `req_key` and without what is said of the result. */
  body(ask: Ask): BodyObject;
}

/** A check of a profile, without the noise of its whole request. */
export type Check = NonNullable<ModelOperation["check"]>;

export function keyOf({ key }: Product, options: OptionValues): string {
  return typeof key === "string" ? key : key(options);
}

export function problem(code: ProblemCode, field: string, args?: Problem["args"]): Problem {
  return args ? { code, field, args } : { code, field };
}

/** Most characters of a prompt (contract §6.3). */
const maxPrompt = 800;

export function promptProblems({ prompt }: CheckedRequest, limit = maxPrompt): Problem[] {
  const actual = [...prompt].length;
  return actual > limit ? [problem("promptTooLong", "prompt", { limit, actual, unit: "characters" })] : [];
}

/** Pictures go as files or as links, never some so and some so (contract §4). */
export function mixProblems({ inputs, links = [] }: CheckedRequest, roles: readonly InputRole[]): Problem[] {
  const isHere = (role: InputRole) => roles.includes(role);
  const role = links.find(isHere);
  return role !== undefined && inputs.some((each) => isHere(each.role))
    ? [problem("filesOrLinks", role)]
    : [];
}
