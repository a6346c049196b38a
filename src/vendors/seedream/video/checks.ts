import type { CheckedRequest, Problem } from "../../../model/catalog.ts";
import type { ProblemCode } from "../../../model/problems.ts";
import { takesReferences, type VideoOperation } from "./operations.ts";
import { frameCounts } from "./options.ts";
import type { VideoProfile } from "./profiles.ts";

/** Longest body the vendor takes (contract §3.2). Bytes. */
const maxBodyBytes = 64 * 1024 * 1024;
/** Room in it for everything that is not a file. */
const fieldBytes = 1024 * 1024;

/** Rules over several fields at once, and gaps in their ranges (contract §3.1, §3.2). */
export function checkVideoRequest(
  profile: VideoProfile,
  operation: VideoOperation,
  request: CheckedRequest,
): Problem[] {
  const { options } = request;
  if (String(options.draftTask ?? "") !== "") return [];
  return [
    ...lengthProblems(profile, options.duration),
    ...frameProblems(options.frames),
    ...(takesReferences(operation) ? referenceProblems(profile, request) : []),
    ...bodyProblems(request),
  ];
}

function problem(code: ProblemCode, field: string, args: Record<string, string | number> = {}): Problem {
  return Object.keys(args).length > 0 ? { code, args, field } : { code, field };
}

/** -1 is a value of its own below the range. */
function lengthProblems({ seconds }: VideoProfile, duration: unknown): Problem[] {
  if (typeof duration !== "number" || duration === -1 || duration >= seconds.min) return [];
  // Below -1, or below the range of a model that cannot choose, the schema has said so itself.
  if (!seconds.auto || duration < -1) return [];
  const args = { option: "duration", limit: seconds.min, actual: duration, unit: "s" };
  return [problem("optionTooSmall", "duration", args)];
}

function frameProblems(frames: unknown): Problem[] {
  if (typeof frames !== "number" || frames <= 0 || frames > frameCounts.max) return [];
  const { min, step, from } = frameCounts;
  const args = { option: "frames", actual: frames, unit: "" };
  if (frames < min) return [problem("optionTooSmall", "frames", { ...args, limit: min })];
  if ((frames - from) % step !== 0) return [problem("optionStep", "frames", { ...args, limit: step })];
  return [];
}

function referenceProblems({ references }: VideoProfile, request: CheckedRequest): Problem[] {
  const roles = [...request.inputs.map(({ role }) => role), ...(request.links ?? [])];
  if (roles.length === 0) return [problem("referencesMissing", "reference")];
  const found: Problem[] = [];
  if (!references?.audioAlone && roles.every((role) => role === "audio")) {
    found.push(problem("audioAlone", "audio"));
  }
  const seconds = request.inputs
    .filter(({ role }) => role === "audio")
    .reduce((sum, input) => sum + (input.seconds ?? 0), 0);
  const limit = references?.mostSeconds ?? 0;
  if (seconds > limit) found.push(problem("audioTooLong", "audio", { limit, actual: seconds, unit: "s" }));
  return found;
}

function bodyProblems({ inputs }: CheckedRequest): Problem[] {
  const actual = inputs.reduce((sum, { bytes }) => sum + 4 * Math.ceil(bytes / 3), 0);
  const limit = maxBodyBytes - fieldBytes;
  const role = inputs[0]?.role ?? "reference";
  return actual > limit ? [problem("bodyTooLarge", role, { limit, actual, unit: "B" })] : [];
}
