import { invalid, missing } from "./codes.ts";

export type Body = Record<string, unknown>;

/** What a field of a body may hold. Fields that no rule names are ignored, as the vendor ignores them. */
export type Field =
  | { is: "text"; most?: number; needed?: true }
  | { is: "integer"; least: number; most: number; orText?: true }
  | { is: "number"; least: number; most: number }
  | { is: "flag" }
  | { is: "texts" }
  | { is: "choice"; values: readonly (string | number)[]; needed?: true }
  | { is: "group"; fields: Fields; needed?: true };

export type Fields = Readonly<Record<string, Field>>;

export function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a field; null, "" and [] are not given. */
export function given(body: Body, field: string): unknown {
  const value = body[field];
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  return empty ? undefined : value;
}

export function isGiven(body: Body, field: string): boolean {
  return given(body, field) !== undefined;
}

/** Throws a Refusal (50200, 50201) for the first field that is not what its rule says. */
export function checkFields(body: Body, fields: Fields): void {
  for (const [name, field] of Object.entries(fields)) {
    const value = given(body, name);
    if (value !== undefined) checkValue(name, value, field);
    else if ("needed" in field && field.needed) throw missing(name);
  }
}

function checkValue(name: string, value: unknown, field: Field): void {
  switch (field.is) {
    case "text":
      if (typeof value !== "string") throw invalid(`${name} must be a string`);
      if ([...value].length > (field.most ?? Number.POSITIVE_INFINITY))
        throw invalid(`${name} must have at most ${field.most} characters`);
      if (field.needed && value.trim() === "") throw missing(name);
      return;
    case "integer": {
      const whole =
        field.orText && typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
      if (!Number.isInteger(whole)) throw invalid(`${name} must be an integer`);
      checkRange(name, Number(whole), field);
      return;
    }
    case "number":
      if (typeof value !== "number") throw invalid(`${name} must be a number`);
      checkRange(name, value, field);
      return;
    case "flag":
      if (typeof value !== "boolean") throw invalid(`${name} must be a boolean`);
      return;
    case "texts":
      if (!Array.isArray(value) || !value.every((each) => typeof each === "string"))
        throw invalid(`${name} must be an array of strings`);
      return;
    case "choice":
      if (!field.values.some((each) => each === value))
        throw invalid(`${name} must be one of ${field.values.join(", ")}`);
      return;
    case "group":
      if (!isObject(value)) throw invalid(`${name} must be an object`);
      checkFields(value, field.fields);
  }
}

function checkRange(name: string, value: number, { least, most }: { least: number; most: number }): void {
  if (value < least || value > most) throw invalid(`${name} must be between ${least} and ${most}`);
}

/** A number of a body that was found legal; `otherwise` where it is not given. */
export function numberOf(body: Body, field: string, otherwise: number): number {
  const value = given(body, field);
  return typeof value === "number" ? value : otherwise;
}

export function textOf(body: Body, field: string): string | undefined {
  const value = given(body, field);
  return typeof value === "string" ? value : undefined;
}

export function isOn(body: Body, field: string, otherwise: boolean): boolean {
  const value = given(body, field);
  return typeof value === "boolean" ? value : otherwise;
}
