import type { CheckedRequest, Problem } from "../../model/catalog.ts";

/** Largest body a gateway takes (contract §4). */
const maxBodyBytes = 100 * 1024 * 1024;

/** A prompt beyond the limit would be cut by the vendor without a word (contract §6). */
export function promptProblems({ prompt }: CheckedRequest, limit: number): Problem[] {
  const actual = [...prompt].length;
  if (limit === 0 || actual <= limit) return [];
  return [{ code: "promptTooLong", args: { limit, actual, unit: "characters" }, field: "prompt" }];
}

/** Pictures may have no transparent pixels (contract §6). */
export function pictureProblems({ inputs }: CheckedRequest): Problem[] {
  return inputs
    .filter(({ transparent }) => transparent === true)
    .map(({ name, role }) => ({ code: "pictureTransparent", args: { name }, field: role }));
}

/** Files travel inside the body as base64, a third larger than they are. */
export function bodyProblems({ inputs }: CheckedRequest): Problem[] {
  const actual = inputs.reduce((sum, { bytes }) => sum + 4 * Math.ceil(bytes / 3), 0);
  if (actual <= maxBodyBytes) return [];
  const field = inputs[0]?.role ?? "reference";
  return [{ code: "bodyTooLarge", args: { limit: maxBodyBytes, actual, unit: "B" }, field }];
}
