import type { InputLimits, InputSlot } from "../../model/catalog.ts";
import type { InputRole } from "../../model/request.ts";

/** Pictures: a link or plain base64 (contract §3). */
const imageLimits: InputLimits = {
  types: ["image/jpeg", "image/png"],
  maxBytes: 10 * 1024 * 1024,
  minSide: 300,
  minRatio: 1 / 2.5,
  maxRatio: 2.5,
};

export function pictures(role: InputRole, min: number, max: number): InputSlot {
  return { role, kind: "image", min, max, limits: imageLimits, takes: "either" };
}

/** A video: a link only, never the file (contract §3). Lengths in seconds, of the product. */
export function videoLink(
  range: { min?: number; minSeconds: number; maxSeconds: number; maxBytes?: number },
  ids?: InputSlot["ids"],
): InputSlot {
  const limits: InputLimits = {
    types: ["video/mp4", "video/quicktime"],
    maxBytes: range.maxBytes ?? 200 * 1024 * 1024,
    minSeconds: range.minSeconds,
    maxSeconds: range.maxSeconds,
  };
  return {
    role: "video",
    kind: "video",
    min: range.min ?? 1,
    max: 1,
    limits,
    takes: "link",
    ...(ids ? { ids } : {}),
  };
}

/** A sound: a link, plain base64, or the vendor's own id of an earlier one. M4A and AAC are documented but refused (contract §3). */
export function soundFile(minSeconds: number, maxSeconds: number): InputSlot {
  const limits: InputLimits = {
    types: ["audio/mpeg", "audio/wav"],
    maxBytes: 5 * 1024 * 1024,
    minSeconds,
    maxSeconds,
  };
  return { role: "audio", kind: "audio", min: 1, max: 1, limits, takes: "either", ids: "also" };
}

/** The vendor's own id where one was given in place of a link. */
export function idOf(link: string | undefined): string | undefined {
  return link !== undefined && /^\d{6,}$/.test(link.trim()) ? link.trim() : undefined;
}
