import type { InputSlot, ModelOperation } from "../../../model/catalog.ts";
import type { Product } from "../product.ts";
import { checkImages } from "./checks.ts";
import { imageOptions } from "./options.ts";
import { estimateImages } from "./prices.ts";
import { type EditForm, type ImageForm, type ImageProfile, imageProfiles } from "./profiles.ts";
import { startImages } from "./start.ts";

/** Longest wait for pictures: as tasks they may queue; with the answer, the most patient client waits 6 minutes (contract §5). */
const deadlineMs = 20 * 60_000;

type ImageOperation = "text-to-image" | "image-to-image" | "images-to-image";

/** Every image model of contract §5 with each operation it has. */
export const imageProducts: readonly Product[] = imageProfiles.flatMap((profile) => [
  ...(profile.text ? [product(profile, "text-to-image", profile.text, [])] : []),
  ...(profile.edit ? editProducts(profile, profile.edit) : []),
]);

function editProducts(profile: ImageProfile, form: EditForm): Product[] {
  const one = product(profile, "image-to-image", form, slots(form, 1, 1));
  if (form.references < 2) return [one];
  return [one, product(profile, "images-to-image", form, slots(form, 2, form.references))];
}

function product(
  profile: ImageProfile,
  operation: ImageOperation,
  form: ImageForm,
  inputs: InputSlot[],
): Product {
  const { id, name, preview } = profile;
  return {
    model: { id, name, ...(preview ? { preview } : {}) },
    operation,
    profile: modelOperation(profile, form, inputs),
    start: (request, context) => startImages(form, request, context),
  };
}

function modelOperation(profile: ImageProfile, form: ImageForm, inputs: InputSlot[]): ModelOperation {
  return {
    options: imageOptions(profile, form),
    inputs,
    prompt: profile.maxPrompt === 0 ? "none" : "required",
    deadlineMs,
    check: (request) => checkImages(profile, form, request),
    estimate: (input) => estimateImages(profile, input),
  };
}

/** The pictures that go in, in the order the prompt counts them. */
function slots({ limits, linksOnly }: EditForm, min: number, max: number): InputSlot[] {
  return [{ role: "reference", kind: "image", min, max, limits, takes: linksOnly ? "link" : "either" }];
}
