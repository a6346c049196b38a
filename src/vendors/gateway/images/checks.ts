import type { CheckedRequest, Problem } from "../../../model/catalog.ts";
import { bodyProblems, pictureProblems, promptProblems } from "../checks.ts";
import type { ImageForm, ImageProfile } from "./profiles.ts";

/** Rules over several fields at once (contract §5). */
export function checkImages(profile: ImageProfile, form: ImageForm, request: CheckedRequest): Problem[] {
  return [
    ...promptProblems(request, profile.maxPrompt),
    ...countProblems(form, request),
    ...pictureProblems(request),
    ...bodyProblems(request),
  ];
}

/** More than a few pictures come only as a sequence that belongs together. */
function countProblems(form: ImageForm, { options }: CheckedRequest): Problem[] {
  const actual = Number(options.count ?? 1);
  const isFree = !form.fields.includes("sequential") || options.sequential === true;
  if (isFree || actual <= form.count) return [];
  return [{ code: "sequenceNeeded", args: { limit: form.count, actual }, field: "count" }];
}
