import { MediaError, type MediaFacts } from "../media.ts";
import { type Reader, readExactly, readUpTo } from "../reader.ts";

const maxBlocks = 50_000;

/** GIF: the screen's size; animated if a second image begins; whole if the trailer ends it (padding tolerated). */
export function* readGif(size: number): Reader<MediaFacts> {
  const screen = yield* readExactly(0, 13);
  const width = screen.readUInt16LE(6);
  const height = screen.readUInt16LE(8);
  if (!width || !height) throw new MediaError("notMedia", "image/gif");
  const images = yield* countImages(13 + colourTable(screen[10] ?? 0), size);
  const tail = (yield* readUpTo(Math.max(0, size - 64), 64)).toString("latin1").replace(/\0+$/, "");
  return { width, height, animated: images > 1, whole: images > 0 && tail.endsWith(";") };
}

/** Counts up to two images; gives up on a file of uncommonly many blocks. */
function* countImages(start: number, size: number): Reader<number> {
  let images = 0;
  let position = start;
  for (let blocks = 0; blocks < maxBlocks && position < size && images < 2; blocks++) {
    const [kind = 0x3b, label = 0] = yield* readUpTo(position, 2);
    if (kind === 0x21) {
      position = yield* afterSubBlocks(position + 2, size);
    } else if (kind === 0x2c && label >= 0) {
      images++;
      const descriptor = yield* readUpTo(position, 10);
      position = yield* afterSubBlocks(position + 11 + colourTable(descriptor[9] ?? 0), size);
    } else {
      break;
    }
  }
  return images;
}

/** Bytes of the colour table that a packed field announces. */
function colourTable(packed: number): number {
  return packed & 0x80 ? 3 << ((packed & 7) + 1) : 0;
}

function* afterSubBlocks(start: number, size: number): Reader<number> {
  let position = start;
  for (let blocks = 0; blocks < maxBlocks && position < size; blocks++) {
    const [length = 0] = yield* readUpTo(position, 1);
    position += 1 + length;
    if (!length) return position;
  }
  return size;
}
