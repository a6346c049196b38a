import type { InputLimits, InputSlot } from "../../../model/catalog.ts";
import { takesReferences, type VideoOperation } from "./operations.ts";
import type { VideoProfile } from "./profiles.ts";

/**
 * What files must be like (contract §3.2). Pages of the vendor differ on whether the ends of its ranges are taken, so they are not
 * here: sides from 301 to 5999, ratios just inside 0.4 and 2.5.
 */
const shape = { minSide: 301, maxSide: 5999, minRatio: 0.4001, maxRatio: 2.4999 } as const;

const pictureTypes = [
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/bmp",
  "image/tiff",
  "image/gif",
] as const;

function pictureLimits(profile: VideoProfile): InputLimits {
  return {
    types: profile.heic ? [...pictureTypes, "image/heic", "image/heif"] : pictureTypes,
    maxBytes: 30 * 1024 * 1024 - 1,
    ...shape,
  };
}

function videoLimits(profile: VideoProfile, operation: VideoOperation): InputLimits {
  return {
    types: ["video/mp4", "video/quicktime"],
    maxBytes: 200 * 1024 * 1024,
    ...shape,
    minPixels: 407_696,
    maxPixels: 8_295_044,
    minSeconds: operation === "edit-video" && profile.typed ? 4 : 2,
    maxSeconds: profile.references?.mostSeconds ?? 0,
  };
}

function audioLimits(profile: VideoProfile): InputLimits {
  return {
    types: ["audio/wav", "audio/mpeg"],
    maxBytes: 15 * 1024 * 1024,
    minSeconds: 2,
    maxSeconds: profile.references?.mostSeconds ?? 0,
  };
}

/**
 * The files an operation takes, in the order the prompt counts those of a kind: Image 1, Image 2… A video goes as a link only; what lies
 * in the account's library there goes by its id, `asset://…`.
 */
export function videoInputs(profile: VideoProfile, operation: VideoOperation): InputSlot[] {
  const picture = { kind: "image", takes: "either", ids: "also", limits: pictureLimits(profile) } as const;
  const first = { ...picture, role: "firstFrame", min: 1, max: 1 } as const;
  if (operation === "image-to-video") return [first];
  if (operation === "frames-to-video") return [first, { ...first, role: "lastFrame" }];
  const { references } = profile;
  if (!references || !takesReferences(operation)) return [];
  const pictures: InputSlot = { ...picture, role: "reference", min: 0, max: references.images };
  const videos: InputSlot = {
    role: "video",
    kind: "video",
    min: operation === "references-to-video" ? 0 : 1,
    max: references.videos,
    limits: videoLimits(profile, operation),
    takes: "link",
    ids: "also",
  };
  const sounds: InputSlot = {
    role: "audio",
    kind: "audio",
    min: 0,
    max: references.audios,
    limits: audioLimits(profile),
    takes: "either",
    ids: "also",
  };
  return operation === "references-to-video" ? [pictures, videos, sounds] : [videos, pictures, sounds];
}
