import type { Model, ModelOperation } from "../../../model/catalog.ts";
import { checkImageRequest } from "./checks.ts";
import { estimateImages } from "./estimate.ts";
import { inputSlots } from "./inputs.ts";
import { type ImageOperation, imageOptions } from "./options.ts";
import { type ImageProfile, imageProfiles } from "./profiles.ts";

/** Longest wait for an answer: fifteen pictures of 4K took 869 s, and a wait cut short loses what is then billed all the same (contract §1, Timeouts). */
export const answerDeadlineMs = 20 * 60_000;

const imageOperations = [
  "text-to-image",
  "image-to-image",
  "images-to-image",
  "layers",
] as const satisfies ImageOperation[];

/** Whether an operation is one of those on pictures. */
export function isImageOperation(operation: string): operation is ImageOperation {
  return imageOperations.some((known) => known === operation);
}

/** Whether a model has an operation: each has all but `layers`, which some have. */
export function hasOperation(profile: ImageProfile, operation: ImageOperation): boolean {
  return operation !== "layers" || profile.layers !== undefined;
}

/** The image models as the catalog has them. */
export const imageModels: readonly Model[] = imageProfiles.map((profile) => ({
  id: profile.id,
  name: profile.name,
  ...(profile.preview ? { preview: true } : {}),
  ...(profile.retires ? { retires: profile.retires } : {}),
  operations: Object.fromEntries(
    imageOperations
      .filter((operation) => hasOperation(profile, operation))
      .map((operation) => [operation, modelOperation(profile, operation)]),
  ),
}));

function modelOperation(profile: ImageProfile, operation: ImageOperation): ModelOperation {
  const tagged = profile.regions && (operation === "image-to-image" || operation === "images-to-image");
  return {
    options: imageOptions(profile, operation),
    inputs: inputSlots(profile, operation),
    prompt: operation === "layers" ? "optional" : "required",
    deadlineMs: answerDeadlineMs,
    check: (request) => checkImageRequest(profile, request),
    estimate: (input) => estimateImages(profile, operation, input),
    ...(tagged ? { regions: true } : {}),
  };
}
