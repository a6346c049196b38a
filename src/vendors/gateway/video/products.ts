import type { Product } from "../product.ts";
import { checkVideo } from "./checks.ts";
import type { VideoForm, VideoOperation, VideoProfile } from "./form.ts";
import { videoOptions } from "./options.ts";
import { estimateVideo, videoProfiles } from "./prices.ts";
import { startVideo } from "./start.ts";

/** Longest a video may take, queue included, before Easel stops looking: 1 to 5 minutes are usual (contract §6). */
const deadlineMs = 60 * 60_000;

/** Every video model of contract §6 with each operation it has. */
export const videoProducts: readonly Product[] = videoProfiles.flatMap((profile) =>
  Object.entries(profile.operations).map(([operation, form]) =>
    product(profile, operation as VideoOperation, form),
  ),
);

function product({ id, name, preview }: VideoProfile, operation: VideoOperation, form: VideoForm): Product {
  return {
    model: { id, name, ...(preview ? { preview } : {}) },
    operation,
    profile: {
      options: videoOptions(form),
      inputs: form.inputs,
      prompt: form.prompt,
      deadlineMs,
      check: (request) => checkVideo(form, request),
      estimate: (input) => estimateVideo(form, input),
    },
    start: (request, context) => startVideo(form, request, context),
  };
}
