import { MediaError, type MediaFacts } from "../media.ts";
import { type Reader, readExactly, readUpTo } from "../reader.ts";

const maxEntries = 1000;

/** TIFF: width, height and orientation of the first image. */
export function* readTiff(_size: number): Reader<MediaFacts> {
  const header = yield* readExactly(0, 8);
  const little = header[0] === 0x49;
  const directory = little ? header.readUInt32LE(4) : header.readUInt32BE(4);
  const count = u16(yield* readExactly(directory, 2), 0, little);
  const entries = yield* readUpTo(directory + 2, Math.min(count, maxEntries) * 12);
  const width = entryValue(entries, 0x0100, little);
  const height = entryValue(entries, 0x0101, little);
  if (!width || !height)
    throw new MediaError(entries.length < count * 12 ? "truncated" : "notMedia", "image/tiff");
  const turned = (entryValue(entries, 0x0112, little) ?? 1) >= 5;
  return { width: turned ? height : width, height: turned ? width : height, whole: true };
}

/** A short or long value of the first directory of a TIFF structure, such as the one inside Exif; undefined if absent. */
export function tiffTag(tiff: Buffer, tag: number): number | undefined {
  const order = tiff.toString("latin1", 0, 2);
  if (tiff.length < 10 || (order !== "II" && order !== "MM")) return undefined;
  const little = order === "II";
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return undefined;
  const count = Math.min(u16(tiff, directory, little), maxEntries);
  return entryValue(tiff.subarray(directory + 2, directory + 2 + count * 12), tag, little);
}

/** Entries are 12 bytes: tag, type, count, value. */
function entryValue(entries: Buffer, tag: number, little: boolean): number | undefined {
  for (let at = 0; at + 12 <= entries.length; at += 12) {
    if (u16(entries, at, little) !== tag) continue;
    const type = u16(entries, at + 2, little);
    if (type === 3) return u16(entries, at + 8, little);
    if (type === 4) return little ? entries.readUInt32LE(at + 8) : entries.readUInt32BE(at + 8);
    return undefined;
  }
  return undefined;
}

function u16(bytes: Buffer, at: number, little: boolean): number {
  return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
}
