import { MediaError, type MediaFacts } from "../media.ts";
import { type Reader, readExactly, readUpTo } from "../reader.ts";
import { tiffTag } from "./tiff.ts";

const startOfScan = 0xda;
const endOfImage = Buffer.from([0xff, 0xd9]);
const stepBack = 1 << 16;

/** JPEG: marker segments to the first scan, the Exif orientation on the way; then the end mark, looked for from the end. */
export function* readJpeg(size: number): Reader<MediaFacts> {
  let orientation = 1;
  let frame: { width: number; height: number } | undefined;
  let position = 2;
  for (;;) {
    const segment = yield* readExactly(position, 4);
    if (segment[0] !== 0xff) throw new MediaError("notMedia", "image/jpeg");
    const marker = segment[1] ?? 0;
    if (marker === 0xff) {
      position += 1;
      continue;
    }
    const length = segment.readUInt16BE(2);
    if (isFrameHeader(marker)) {
      const header = yield* readExactly(position + 5, 4);
      frame = { height: header.readUInt16BE(0), width: header.readUInt16BE(2) };
    } else if (marker === 0xe1) {
      orientation = exifOrientation(yield* readUpTo(position + 4, length - 2)) ?? orientation;
    }
    position += 2 + length;
    if (marker === startOfScan) break;
    if (marker === 0xd9 || length < 2) throw new MediaError("notMedia", "image/jpeg");
  }
  if (!frame?.width || !frame.height) throw new MediaError("unsupported", "image/jpeg");
  const turned = orientation >= 5;
  return {
    width: turned ? frame.height : frame.width,
    height: turned ? frame.width : frame.height,
    transparent: false,
    animated: false,
    whole: yield* hasEnd(position, size),
  };
}

/** Frame headers are 0xC0 to 0xCF without the three that define tables. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function exifOrientation(segment: Buffer): number | undefined {
  if (segment.toString("latin1", 0, 6) !== "Exif\0\0") return undefined;
  const value = tiffTag(segment.subarray(6), 0x0112);
  return value !== undefined && value >= 1 && value <= 8 ? value : undefined;
}

/** Cameras append video and previews after the end mark, so it need not be last; within scan data it cannot occur. */
function* hasEnd(scan: number, size: number): Reader<boolean> {
  for (let end = size; end > scan; end -= stepBack) {
    const start = Math.max(scan, end - stepBack);
    const piece = yield* readUpTo(start, Math.min(size, end + 1) - start);
    if (piece.lastIndexOf(endOfImage) >= 0) return true;
  }
  return false;
}
