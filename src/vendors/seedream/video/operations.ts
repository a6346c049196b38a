import type { VideoProfile } from "./profiles.ts";

/** What is done with clips, as far as the vendor's rules tell it apart. */
export const videoOperations = [
  "text-to-video",
  "image-to-video",
  "frames-to-video",
  "references-to-video",
  "edit-video",
  "extend-video",
] as const;
export type VideoOperation = (typeof videoOperations)[number];

/** Whether an operation is one of those on clips. */
export function isVideoOperation(operation: string): operation is VideoOperation {
  return videoOperations.some((known) => known === operation);
}

/** Operations that take reference media; editing and extending are kinds of it (contract §3.2). */
export function takesReferences(operation: VideoOperation): boolean {
  return operation === "references-to-video" || operation === "edit-video" || operation === "extend-video";
}

/** Whether a model has an operation (contract §3.3). */
export function hasVideoOperation(profile: VideoProfile, operation: VideoOperation): boolean {
  if (operation === "frames-to-video") return profile.lastFrame;
  return !takesReferences(operation) || profile.references !== undefined;
}

/** Whether a video goes in: always where one is edited or extended, else if one is given. */
export function hasVideoInput(
  operation: VideoOperation,
  inputs: readonly { role: string }[] | undefined,
): boolean {
  if (operation === "edit-video" || operation === "extend-video") return true;
  return inputs?.some(({ role }) => role === "video") ?? false;
}
