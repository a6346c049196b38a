import type { InputSlot, Model, ModelOperation } from "../../../model/catalog.ts";
import { VendorError } from "../../errors.ts";
import { checkImages } from "./checks.ts";
import { imageOptions } from "./options.ts";
import { estimateImages } from "./prices.ts";
import { type EditForm, type ImageForm, type ImageProfile, imageProfiles } from "./profiles.ts";

/** Longest wait for pictures: as tasks they may queue; with the answer, the longest client in use waits 6 minutes (contract §5). */
const deadlineMs = 20 * 60_000;

const imageOperations = ["text-to-image", "image-to-image", "images-to-image"] as const;
export type ImageOperation = (typeof imageOperations)[number];

/** Whether an operation is one of those on pictures. */
export function isImageOperation(operation: string): operation is ImageOperation {
  return imageOperations.some((known) => known === operation);
}

/** The form in which a model does an operation; undefined if it does not. */
function formOf(profile: ImageProfile, operation: ImageOperation): ImageForm | EditForm | undefined {
  if (operation === "text-to-image") return profile.text;
  if (operation === "images-to-image" && (profile.edit?.references ?? 0) < 2) return undefined;
  return profile.edit;
}

/** Profile and form of a request. Throws a {@link VendorError} where the model does not have the operation. */
export function imageFormOf(
  model: string,
  operation: ImageOperation,
): { profile: ImageProfile; form: ImageForm } {
  const profile = imageProfiles.find(({ id }) => id === model);
  if (!profile) throw new VendorError({ reason: "notFound", sent: "no", field: "model" });
  const form = formOf(profile, operation);
  if (!form) throw new VendorError({ reason: "invalid", sent: "no", code: operation, field: "operation" });
  return { profile, form };
}

/** The image models as the catalog has them. */
export const imageModels: readonly Model[] = imageProfiles.map((profile) => ({
  id: profile.id,
  name: profile.name,
  ...(profile.preview ? { preview: true } : {}),
  operations: Object.fromEntries(
    imageOperations.flatMap((operation) => {
      const form = formOf(profile, operation);
      return form ? [[operation, modelOperation(profile, operation, form)]] : [];
    }),
  ),
}));

function modelOperation(
  profile: ImageProfile,
  operation: ImageOperation,
  form: ImageForm | EditForm,
): ModelOperation {
  return {
    options: imageOptions(profile, form),
    inputs: "references" in form ? slots(operation, form) : [],
    prompt: profile.maxPrompt === 0 ? "none" : "required",
    deadlineMs,
    check: (request) => checkImages(profile, form, request),
    estimate: (input) => estimateImages(profile, input),
  };
}

/** The pictures that go in, in the order the prompt counts them. */
function slots(operation: ImageOperation, { references, limits, linksOnly }: EditForm): InputSlot[] {
  const [min, max] = operation === "image-to-image" ? [1, 1] : [2, references];
  return [{ role: "reference", kind: "image", min, max, limits, takes: linksOnly ? "link" : "either" }];
}
