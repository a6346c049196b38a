import { invalid } from "./errors.ts";

export type Body = Record<string, unknown>;

/** Readers of a body's fields. Each throws a Refusal (1201) for what is illegal; null and "" are not given. */

function given(body: Body, field: string): unknown {
  const value = body[field];
  return value === null || value === "" ? undefined : value;
}

export function isGiven(body: Body, field: string): boolean {
  return given(body, field) !== undefined;
}

/** A text of at most `most` characters. */
export function text(body: Body, field: string, most = Number.POSITIVE_INFINITY): string | undefined {
  const value = given(body, field);
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw invalid(`${field} must be a string`);
  if ([...value].length > most) throw invalid(`the length of ${field} cannot exceed ${most}`);
  return value;
}

export function requiredText(body: Body, field: string, most?: number): string {
  const value = text(body, field, most);
  if (value === undefined) throw invalid(`${field} is required`);
  return value;
}

/** One of `values`; without `otherwise` it must be there. */
export function choice<T extends string>(body: Body, field: string, values: readonly T[], otherwise?: T): T {
  const value = given(body, field) ?? otherwise;
  const found = values.find((each) => each === value);
  if (found === undefined)
    throw invalid(
      value === undefined
        ? `${field} is required`
        : `${field} value '${String(value)}' is invalid, expected one of ${values.join(", ")}`,
    );
  return found;
}

export function flag(body: Body, field: string): boolean | undefined {
  const value = given(body, field);
  if (value !== undefined && typeof value !== "boolean") throw invalid(`${field} must be a boolean`);
  return value;
}

/** A JSON number within `least` and `most`. */
export function number(body: Body, field: string, least: number, most: number): number | undefined {
  const value = given(body, field);
  if (value === undefined) return undefined;
  if (typeof value !== "number") throw invalid(`${field} must be a number`);
  if (value < least || value > most) throw invalid(`${field} must be between ${least} and ${most}`);
  return value;
}

export function requiredNumber(body: Body, field: string, least: number, most: number): number {
  const value = number(body, field, least, most);
  if (value === undefined) throw invalid(`${field} is required`);
  return value;
}

export function integer(body: Body, field: string, least: number, most: number): number | undefined {
  const value = number(body, field, least, most);
  if (value !== undefined && !Number.isInteger(value)) throw invalid(`${field} must be an integer`);
  return value;
}

export function object(body: Body, field: string): Body | undefined {
  const value = given(body, field);
  if (value !== undefined && !isObject(value)) throw invalid(`${field} must be an object`);
  return value;
}

/** A list of `least` to `most` objects; a missing one counts as empty. */
export function objects(body: Body, field: string, most: number, least = 0): Body[] {
  const value = given(body, field) ?? [];
  if (!Array.isArray(value) || !value.every(isObject)) throw invalid(`${field} must be an array of objects`);
  if (value.length > most) throw invalid(`the size of ${field} cannot exceed ${most}`);
  if (value.length < least) throw invalid(`${field} must have at least ${least} item(s)`);
  return value;
}

export function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Fields of every create (contract kling §4). */
export type Tail = { watermark: boolean; externalId: string | undefined };

export function readTail(body: Body): Tail {
  const callback = text(body, "callback_url");
  if (callback !== undefined && !isHttpUrl(callback)) throw invalid("callback_url is not a valid url");
  const watermark = object(body, "watermark_info");
  return {
    watermark: watermark !== undefined && flag(watermark, "enabled") === true,
    externalId: text(body, "external_task_id", 256),
  };
}

export function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}
