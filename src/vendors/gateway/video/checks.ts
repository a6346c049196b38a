import type { CheckedRequest, Problem } from "../../../model/catalog.ts";
import type { InputRole } from "../../../model/request.ts";
import { bodyProblems, pictureProblems, promptProblems } from "../checks.ts";
import type { VideoForm } from "./form.ts";

/** Rules over several fields at once (contract §6). */
export function checkVideo(form: VideoForm, request: CheckedRequest): Problem[] {
  return [
    ...promptProblems(request, form.maxPrompt),
    ...referenceProblems(form, request),
    ...durationProblems(form, request),
    ...optionProblems(form, request),
    ...pictureProblems(request),
    ...bodyProblems(request),
  ];
}

function countOf({ inputs, links = [] }: CheckedRequest, role: InputRole): number {
  return inputs.filter((input) => input.role === role).length + links.filter((link) => link === role).length;
}

function referenceProblems(form: VideoForm, request: CheckedRequest): Problem[] {
  if (form.most === undefined) return [];
  const actual = countOf(request, "reference") + countOf(request, "video");
  const voices = form.members.audio?.as === "voice" ? countOf(request, "audio") : 0;
  if (actual === 0) return [{ code: "referencesMissing", field: "reference" }];
  if (actual > form.most) {
    return [{ code: "tooManyMedia", args: { limit: form.most, actual }, field: "reference" }];
  }
  if (voices > actual)
    return [{ code: "voicesTooMany", args: { limit: actual, actual: voices }, field: "audio" }];
  return [];
}

function durationProblems(form: VideoForm, request: CheckedRequest): Problem[] {
  const actual = Number(request.options.duration ?? 0);
  const limit = form.secondsWithVideo;
  const found: Problem[] = [];
  if (limit !== undefined && actual > limit && countOf(request, "video") > 0) {
    found.push({ code: "durationWithVideo", args: { limit, actual, unit: "s" }, field: "duration" });
  }
  // What stands for a choice of the vendor's lies apart from the seconds.
  const least = form.duration && form.duration.least < 2 ? 2 : undefined;
  if (least !== undefined && form.duration && actual > form.duration.least && actual < least) {
    const args = { option: "duration", limit: least, actual, unit: "s" };
    found.push({ code: "optionTooSmall", args, field: "duration" });
  }
  return found;
}

function optionProblems(form: VideoForm, request: CheckedRequest): Problem[] {
  const { shotType, promptExtension, sound } = request.options;
  const found: Problem[] = [];
  if (shotType === "multi" && promptExtension === false) {
    found.push({ code: "shotsNeedExtension", field: "shotType" });
  }
  if (form.fields.includes("sound") && sound === false && countOf(request, "audio") > 0) {
    found.push({ code: "audioNeedsSound", field: "sound" });
  }
  return found;
}
