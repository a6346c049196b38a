import type { OptionValues } from "../../model/options.ts";

/** The options the model has for this; a schema of another model's may have left others, whose keys are `dropped`. */
export function splitOptions(
  options: OptionValues,
  known: object,
): { options: OptionValues; dropped: string[] } {
  const entries = Object.entries(options);
  return {
    options: Object.fromEntries(entries.filter(([key]) => key in known)),
    dropped: entries.flatMap(([key]) => (key in known ? [] : [key])),
  };
}
