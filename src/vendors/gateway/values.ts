import type { OptionValues } from "../../model/options.ts";

type Value = OptionValues[string] | undefined;

/** A text that says something, for a member of a body; undefined leaves the member out. */
export function text(value: Value): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function number(value: Value): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function toggle(value: Value): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** A seed that was chosen; -1 leaves it to the vendor. */
export function seedOf({ seed }: OptionValues): number | undefined {
  return typeof seed === "number" && seed >= 0 ? seed : undefined;
}
