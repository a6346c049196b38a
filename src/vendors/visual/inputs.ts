import type { InputLimits, InputSlot } from "../../model/catalog.ts";
import type { InputRole } from "../../model/request.ts";
import type { InputFile } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { type BodyObject, FilePart } from "../wire/body.ts";

const megabyte = 1024 * 1024;
const types = ["image/jpeg", "image/png"];

/** Pictures of most products: 4.7 MB of file (contract §6.3). */
const pictureLimits: InputLimits = {
  types,
  maxBytes: Math.floor(4.7 * megabyte),
  maxSide: 4096,
  minRatio: 1 / 3,
  maxRatio: 3,
};

/** First and last frames of videos. */
const frameLimits: InputLimits = { ...pictureLimits, minSide: 320 };

/** Pictures of the newest generation. */
const largeLimits: InputLimits = { ...pictureLimits, maxBytes: 15 * megabyte };

/** The picture of a talking person. */
const portraitLimits: InputLimits = { types, maxBytes: 5 * megabyte, maxSide: 4096 };

function slot(
  role: InputRole,
  [min, max]: readonly [number, number],
  limits: InputLimits,
  takes: InputSlot["takes"],
): InputSlot {
  return { role, kind: "image", min, max, limits, takes };
}

/** A picture as a file or as a link. */
export function picture(role: InputRole): InputSlot {
  return slot(role, [1, 1], pictureLimits, "either");
}

export function frame(role: InputRole): InputSlot {
  return slot(role, [1, 1], frameLimits, "either");
}

/** A picture that the vendor fetches itself: some products take nothing else (contract §4). */
export function linkedPicture(role: InputRole): InputSlot {
  return slot(role, [1, 1], pictureLimits, "link");
}

export function linkedPortrait(): InputSlot {
  return slot("person", [1, 1], portraitLimits, "link");
}

export function linkedReferences(min: number, max: number): InputSlot {
  return slot("reference", [min, max], largeLimits, "link");
}

/** A video, of at most so many seconds where that is known: a link always. */
export function linkedVideo(
  limits: Pick<InputLimits, "minSeconds" | "maxSeconds"> & { maxBytes?: number },
): InputSlot {
  return {
    role: "video",
    kind: "video",
    min: 1,
    max: 1,
    limits: { types: ["video/mp4", "video/quicktime"], maxBytes: 500 * megabyte, ...limits },
    takes: "link",
  };
}

export function linkedSound(limits: Pick<InputLimits, "maxSeconds"> = {}): InputSlot {
  return {
    role: "audio",
    kind: "audio",
    min: 1,
    max: 1,
    limits: { types: ["audio/mpeg", "audio/wav"], maxBytes: 100 * megabyte, ...limits },
    takes: "link",
  };
}

/** Pictures under the one name that fits: all as links or all as base64, never both (contract §4). */
export function pictureFields(files: readonly InputFile[]): BodyObject {
  const urls = files.flatMap(({ url }) => url ?? []);
  if (urls.length === 0) return { binary_data_base64: files.map((file) => new FilePart(file)) };
  if (urls.length < files.length) {
    throw new VendorError({ reason: "invalid", sent: "no", next: "filesOrLinks", retryable: false });
  }
  return { image_urls: urls };
}

/** The link of an input that goes as nothing else; files are refused before it comes to this. */
export function linkOf([file]: readonly InputFile[]): string {
  if (file?.url !== undefined) return file.url;
  throw new VendorError({ reason: "invalid", sent: "no", next: "checkLink", retryable: false });
}
