import type { OptionValues } from "../../../model/options.ts";
import type { VendorRequest } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { splitOptions } from "../../wire/split.ts";
import { hasVideoOperation, isVideoOperation, type VideoOperation } from "./operations.ts";
import { videoOptions } from "./options.ts";
import type { Billed } from "./prices.ts";
import { type VideoProfile, videoProfiles } from "./profiles.ts";

/** `draft` and `final` are the two billable steps of a clip that is looked at small first (contract §3.3, Draft). */
export type VideoStep = "clip" | "draft" | "final";

/** A request with everything decided that its body, its price and its handle need. */
export interface VideoPlan {
  profile: VideoProfile;
  operation: VideoOperation;
  /** Those the model has. */
  options: OptionValues;
  /** Keys of those it has not. */
  dropped: string[];
  step: VideoStep;
  billed: Billed;
}

/** Decides about a request. Throws a {@link VendorError} for a model or an operation that there is not. */
export function planVideo(
  request: Pick<VendorRequest, "model" | "operation" | "options" | "inputs">,
): VideoPlan {
  const profile = videoProfiles.find(({ id }) => id === request.model);
  if (!profile) throw new VendorError({ reason: "notFound", sent: "no", field: "model" });
  const { operation } = request;
  if (!isVideoOperation(operation) || !hasVideoOperation(profile, operation)) {
    throw new VendorError({ reason: "invalid", sent: "no", code: operation, field: "operation" });
  }
  const { options, dropped } = splitOptions(request.options, videoOptions(profile, operation).shape);
  const step = stepOf(options);
  const video = request.inputs.some(({ role }) => role === "video");
  return { profile, operation, options, dropped, step, billed: billedOf(profile, options, step, video) };
}

/** Which step the options ask for. */
export function stepOf(options: OptionValues): VideoStep {
  if (String(options.draftTask ?? "") !== "") return "final";
  return options.draft === true ? "draft" : "clip";
}

/** What decides the price. `video`: one goes in. */
export function billedOf(
  profile: VideoProfile,
  options: OptionValues,
  step: VideoStep,
  video: boolean,
): Billed {
  const asked = String(options.resolution);
  const resolution = { clip: asked, draft: "480p", final: profile.draft?.final ?? asked }[step];
  return {
    resolution,
    sound: profile.sound === true && options.sound !== false,
    video,
    flex: options.serviceTier === "flex",
  };
}
