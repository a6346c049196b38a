import { MediaError, type MediaFacts } from "../media.ts";
import { type Reader, readExactly, readUpTo } from "../reader.ts";

/** PNG: IHDR, then chunk headers only, to IEND. */
export function* readPng(size: number): Reader<MediaFacts> {
  const header = yield* readExactly(8, 18);
  const width = header.readUInt32BE(8);
  const height = header.readUInt32BE(12);
  if (header.toString("latin1", 4, 8) !== "IHDR" || !width || !height) {
    throw new MediaError("notMedia", "image/png");
  }
  const colourType = header[17] ?? 0;
  let hasAlpha = colourType === 4 || colourType === 6;
  let animated = false;
  let whole = false;
  for (let position = 8; position + 12 <= size; ) {
    const chunk = yield* readUpTo(position, 8);
    const type = chunk.toString("latin1", 4, 8);
    position += 12 + chunk.readUInt32BE(0);
    if (type === "tRNS") hasAlpha = true;
    if (type === "acTL") animated = true;
    if (type === "IEND") {
      whole = position <= size;
      break;
    }
  }
  return { width, height, animated, whole, ...(hasAlpha ? {} : { transparent: false }) };
}
