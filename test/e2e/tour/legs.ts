import type { OperationId } from "../../../src/model/operations.ts";
import type { InputRole } from "../../../src/model/request.ts";
import type { VendorId } from "../../../src/model/vendors.ts";

/** What is given of, see `givens.ts`. */
export type MaterialId = "picture" | "other" | "sound";

/**
 * How an input comes to a request: from a right-click on files in the Explorer, pasted into the Studio, as a link (of the kind of
 * media), from the list of the workspace's files, painted over the picture, or as the result of an earlier leg.
 */
export type Given =
  | { by: "explorer"; files: readonly MaterialId[] }
  | { by: "paste"; files: readonly MaterialId[] }
  | { by: "link"; role: InputRole; ending: "png" | "mp4" | "mp3" }
  | { by: "list"; file: MaterialId }
  | { by: "paint" }
  | { by: "earlier"; role: InputRole; operation: OperationId };

/** One sending: through the command of the operation, or from the Studio to several vendors at once. */
export interface Leg {
  operation: OperationId;
  vendors: readonly [VendorId, ...VendorId[]];
  door: "command" | "studio";
  given?: readonly Given[];
  /** What the operation is called, where its command asks what should be done. */
  called?: string;
  /** Its command asks for no words. */
  wordless?: true;
}

const paste = (...files: MaterialId[]): Given => ({ by: "paste", files });
const explorer = (...files: MaterialId[]): Given => ({ by: "explorer", files });
const image = (role: InputRole): Given => ({ by: "link", role, ending: "png" });
const clip = (role: InputRole = "video"): Given => ({ by: "link", role, ending: "mp4" });

/** Through every command that asks for an asset, once. The result of each is looked at in its review sheet. */
const commandLegs: readonly Leg[] = [
  { operation: "text-to-image", vendors: ["placeholder"], door: "command" },
  { operation: "image-to-image", vendors: ["seedream"], door: "command", given: [explorer("picture")] },
  {
    operation: "inpaint",
    vendors: ["visual"],
    door: "command",
    called: "Inpaint",
    given: [explorer("picture"), { by: "paint" }],
  },
  { operation: "text-to-video", vendors: ["animo"], door: "command" },
  { operation: "image-to-video", vendors: ["kling"], door: "command", given: [explorer("picture")] },
  // Two files that were selected stay so: it comes after those of one.
  {
    operation: "images-to-image",
    vendors: ["gateway"],
    door: "command",
    given: [explorer("picture", "other")],
  },
  { operation: "edit-video", vendors: ["gateway"], door: "command", called: "Edit Video", given: [clip()] },
  {
    operation: "avatar",
    vendors: ["visual"],
    door: "command",
    called: "Avatar",
    given: [{ by: "link", role: "audio", ending: "mp3" }],
    wordless: true,
  },
  { operation: "speech", vendors: ["gateway"], door: "command" },
  {
    operation: "transcript",
    vendors: ["gateway"],
    door: "command",
    given: [{ by: "list", file: "sound" }],
    wordless: true,
  },
];

/** All else, from the Studio. */
const studioLegs: readonly Leg[] = [
  { operation: "text-to-image", vendors: ["seedream", "visual", "kling", "gateway"], door: "studio" },
  { operation: "text-to-video", vendors: ["seedream", "visual", "kling", "gateway"], door: "studio" },
  { operation: "sound", vendors: ["kling", "placeholder"], door: "studio" },
  { operation: "image-to-image", vendors: ["kling", "gateway"], door: "studio", given: [paste("picture")] },
  { operation: "image-to-image", vendors: ["visual"], door: "studio", given: [image("reference")] },
  {
    operation: "images-to-image",
    vendors: ["seedream", "kling"],
    door: "studio",
    given: [paste("picture", "other")],
  },
  {
    operation: "images-to-image",
    vendors: ["visual"],
    door: "studio",
    given: [image("reference"), image("reference")],
  },
  { operation: "outpaint", vendors: ["visual", "kling"], door: "studio", given: [paste("picture")] },
  { operation: "upscale", vendors: ["visual"], door: "studio", given: [paste("picture")] },
  { operation: "portrait", vendors: ["visual"], door: "studio", given: [image("person")] },
  { operation: "layers", vendors: ["seedream"], door: "studio", given: [paste("picture")] },
  { operation: "cut-out", vendors: ["visual"], door: "studio", given: [paste("picture")] },
  { operation: "try-on", vendors: ["visual"], door: "studio", given: [image("person"), image("garment")] },
  { operation: "try-on", vendors: ["kling"], door: "studio", given: [paste("picture", "other")] },
  { operation: "style", vendors: ["visual"], door: "studio", given: [image("source")] },
  {
    operation: "image-to-video",
    vendors: ["seedream", "visual", "gateway"],
    door: "studio",
    given: [paste("picture")],
  },
  {
    operation: "frames-to-video",
    vendors: ["seedream", "visual", "kling", "gateway"],
    door: "studio",
    given: [paste("picture", "other")],
  },
  {
    operation: "references-to-video",
    vendors: ["seedream", "kling", "gateway"],
    door: "studio",
    given: [paste("picture")],
  },
  { operation: "edit-video", vendors: ["seedream"], door: "studio", given: [clip()] },
  { operation: "edit-video", vendors: ["kling"], door: "studio", given: [clip()] },
  { operation: "edit-video", vendors: ["visual"], door: "studio", given: [clip()] },
  { operation: "extend-video", vendors: ["seedream", "gateway"], door: "studio", given: [clip()] },
  { operation: "lip-sync", vendors: ["kling"], door: "studio", given: [clip(), paste("sound")] },
  { operation: "effects", vendors: ["kling"], door: "studio", given: [paste("picture", "other")] },
  { operation: "video-to-audio", vendors: ["kling"], door: "studio", given: [clip()] },
  { operation: "avatar", vendors: ["kling"], door: "studio", given: [paste("picture", "sound")] },
  {
    operation: "motion-control",
    vendors: ["kling", "visual"],
    door: "studio",
    given: [paste("picture"), clip()],
  },
  {
    operation: "extend-video",
    vendors: ["kling"],
    door: "studio",
    given: [{ by: "earlier", role: "video", operation: "references-to-video" }],
  },
];

export const legs: readonly Leg[] = [...commandLegs, ...studioLegs];
