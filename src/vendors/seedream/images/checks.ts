import type { CheckedRequest, Problem } from "../../../model/catalog.ts";
import { groupLimit } from "./options.ts";
import type { ImageProfile } from "./profiles.ts";

/** Rules over several fields at once (contract §2.1, §2.4). */
export function checkImageRequest(profile: ImageProfile, request: CheckedRequest): Problem[] {
  return [...groupProblems(request), ...backgroundProblems(profile, request)];
}

function groupProblems({ options, inputs }: CheckedRequest): Problem[] {
  const count = Number(options.count ?? 1);
  if (count <= 1 || count + inputs.length <= groupLimit) return [];
  const args = { limit: groupLimit, actual: count + inputs.length, references: inputs.length, count };
  return [{ code: "groupTooLarge", args, field: "count" }];
}

function backgroundProblems(profile: ImageProfile, { options, inputs }: CheckedRequest): Problem[] {
  if (options.background !== "transparent" || profile.transparent !== "edit") return [];
  const [input] = inputs;
  if (!input || input.type === "") return [];
  if (input.type !== "image/png") {
    return [
      { code: "transparentNeedsPng", args: { name: input.name, actual: input.type }, field: "background" },
    ];
  }
  if (input.transparent === false) {
    return [{ code: "transparentNeedsAlpha", args: { name: input.name }, field: "background" }];
  }
  return [];
}
