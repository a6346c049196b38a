import type { Input } from "./inputs.ts";
import type { Markers } from "./markers.ts";

const RISK = { code: "DataInspectionFailed", message: "Output data may contain inappropriate content." };

/** Why a task will fail: `[fail]`, `[fail CODE words]`, or what is wrong with its files. */
export function failureOf(markers: Markers, inputs: Input[]): { code: string; message: string } | undefined {
  const told = markers.get("fail");
  if (told !== undefined) {
    const [code = "", ...words] = told.split(" ");
    return told === "" ? RISK : { code, message: words.join(" ") || code };
  }
  const problem = inputs.find((input) => input.problem !== undefined)?.problem;
  return problem === undefined ? undefined : { code: problem.code, message: problem.message };
}
