import type { Model, ModelOperation } from "../../../model/catalog.ts";
import { checkVideoRequest } from "./checks.ts";
import { estimateVideo } from "./estimate.ts";
import { videoInputs } from "./inputs.ts";
import { hasVideoOperation, type VideoOperation, videoOperations } from "./operations.ts";
import { expiryHours, videoOptions } from "./options.ts";
import { type VideoProfile, videoProfiles } from "./profiles.ts";

/** The vendor itself gives a task up at the latest after this; an hour more, and nothing is waited for in vain. */
const deadlineMs = (expiryHours.max + 1) * 60 * 60_000;

/** Words are needed where nothing else says what to make or to change. */
const wordless: readonly VideoOperation[] = ["image-to-video", "frames-to-video", "references-to-video"];

/** The video models as the catalog has them. */
export const videoModels: readonly Model[] = videoProfiles.map((profile) => ({
  id: profile.id,
  name: profile.name,
  ...(profile.retires ? { retires: profile.retires } : {}),
  operations: Object.fromEntries(
    videoOperations
      .filter((operation) => hasVideoOperation(profile, operation))
      .map((operation) => [operation, modelOperation(profile, operation)]),
  ),
}));

function modelOperation(profile: VideoProfile, operation: VideoOperation): ModelOperation {
  return {
    options: videoOptions(profile, operation),
    inputs: videoInputs(profile, operation),
    prompt: wordless.includes(operation) ? "optional" : "required",
    deadlineMs,
    check: (request) => checkVideoRequest(profile, operation, request),
    estimate: (input) => estimateVideo(profile, operation, input),
  };
}
