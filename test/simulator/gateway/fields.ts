import { invalid } from "./errors.ts";

export type Body = Record<string, unknown>;

/** What the models' own refusals begin with (fixture 77b). */
const ALGO = "<400> InternalError.Algo.InvalidParameter:";

/** Readers of a body's fields. Each throws a Refusal for what is illegal; null counts as not given. */

export function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function object(body: Body, field: string): Body {
  const value = body[field] ?? {};
  if (!isObject(value)) throw invalid(`${field} must be an object`);
  return value;
}

export function text(body: Body, field: string): string | undefined {
  const value = body[field] ?? undefined;
  if (value !== undefined && typeof value !== "string") throw invalid(`${field} must be a string`);
  return value;
}

export function requiredText(body: Body, field: string): string {
  const value = text(body, field);
  if (value === undefined || value === "") throw invalid(`Field required: ${field}`);
  return value;
}

export function flag(body: Body, field: string): boolean | undefined {
  const value = body[field] ?? undefined;
  if (value !== undefined && typeof value !== "boolean") throw invalid(`${field} must be a boolean`);
  return value;
}

/** A JSON number within `least` and `most`. */
export function number(body: Body, field: string, least: number, most: number): number | undefined {
  const value = body[field] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "number") throw invalid(`${field} must be a number`);
  if (value < least || value > most) throw invalid(`${ALGO} Range of ${field} should be [${least}, ${most}]`);
  return value;
}

export function integer(body: Body, field: string, least: number, most: number): number | undefined {
  const value = number(body, field, least, most);
  if (value !== undefined && !Number.isInteger(value)) throw invalid(`${field} must be an integer`);
  return value;
}

/** One of `values`. */
export function choice<T extends string>(body: Body, field: string, values: readonly T[]): T | undefined {
  const value = body[field] ?? undefined;
  if (value === undefined) return undefined;
  const found = values.find((each) => each === value);
  if (found === undefined) throw invalid(`${field} must be one of ${values.join(", ")}`);
  return found;
}

/** A list of strings, each of them not empty. */
export function texts(body: Body, field: string): string[] | undefined {
  const value = body[field] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((item) => typeof item === "string" && item !== ""))
    throw invalid(`${field} must be an array of non-empty strings`);
  return value as string[];
}

export function objects(body: Body, field: string): Body[] | undefined {
  const value = body[field] ?? undefined;
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every(isObject)) throw invalid(`${field} must be an array of objects`);
  return value;
}
