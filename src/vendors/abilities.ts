import type { OperationId } from "../model/operations.ts";
import type { VendorId } from "../model/vendors.ts";

/** What a vendor can do: operations of its models, and its parts beside the jobs. */
export type Ability = OperationId | "chat" | "embed" | "rerank" | "library";

/** What each vendor can do, known without loading it: menus show what is possible. A test holds it against the vendors. */
export const abilities: Readonly<Partial<Record<VendorId, readonly Ability[]>>> = {
  placeholder: ["text-to-image", "sound"],
  seedream: [
    "text-to-image",
    "image-to-image",
    "images-to-image",
    "layers",
    "text-to-video",
    "image-to-video",
    "frames-to-video",
    "references-to-video",
    "edit-video",
    "extend-video",
  ],
  visual: [
    "text-to-image",
    "image-to-image",
    "images-to-image",
    "style",
    "portrait",
    "inpaint",
    "outpaint",
    "upscale",
    "cut-out",
    "try-on",
    "text-to-video",
    "image-to-video",
    "frames-to-video",
    "motion-control",
    "avatar",
    "edit-video",
  ],
  kling: [
    "text-to-image",
    "image-to-image",
    "images-to-image",
    "outpaint",
    "try-on",
    "text-to-video",
    "image-to-video",
    "frames-to-video",
    "references-to-video",
    "edit-video",
    "extend-video",
    "lip-sync",
    "effects",
    "video-to-audio",
    "avatar",
    "motion-control",
    "sound",
    "library",
  ],
  animo: ["text-to-video"],
};
