import type { Asset } from "../model/job.ts";

/**
 * What the editor makes of a sound or a video: `plays`; `silent`, the picture without its sound; `doubtful`, only where the machine
 * helps; `aac` and `deep` (more than 8 bits of HEVC) not at all.
 */
export type Playability = "plays" | "silent" | "doubtful" | "aac" | "deep";

/** The desktop editor is built without patented codecs; a browser brings its own. */
export type Player = "desktop" | "browser";

const hevc: readonly string[] = ["hvc1", "hev1"];
const aac = "mp4a";

/** Whether a player can play a file, by its type, its codecs and the depth of its picture, as far as they are known. */
export function playability(
  { kind, type, codecs = [], bitDepth = 8 }: Pick<Asset, "kind" | "type" | "codecs" | "bitDepth">,
  player: Player,
): Playability {
  if (kind === "image") return "plays";
  const hasAac = codecs.includes(aac) || type === "audio/aac" || type === "audio/mp4";
  if (kind === "audio") return hasAac && player === "desktop" ? "aac" : "plays";
  if (codecs.some((codec) => hevc.includes(codec))) return bitDepth > 8 ? "deep" : "doubtful";
  return hasAac && player === "desktop" ? "silent" : "plays";
}

const names: Readonly<Record<string, string>> = {
  avc1: "H.264",
  avc3: "H.264",
  hvc1: "HEVC",
  hev1: "HEVC",
  av01: "AV1",
  vp09: "VP9",
  mp4a: "AAC",
  Opus: "Opus",
};

/** Codecs as people know them: `avc1, mp4a` → `H.264, AAC`. */
export function codecNames({ codecs = [], bitDepth = 8 }: Pick<Asset, "codecs" | "bitDepth">): string {
  return codecs
    .map((codec) => names[codec] ?? codec)
    .map((name) => (name === "HEVC" && bitDepth > 8 ? `HEVC ${bitDepth}-bit` : name))
    .join(", ");
}
