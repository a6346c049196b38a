import { MediaError, type MediaFacts } from "../media.ts";
import type { Reader } from "../reader.ts";
import { type Box, findBox, readBoxes, readPayload } from "./boxes.ts";

const maxAssociations = 1 << 18;

/** HEIC, HEIF and AVIF: extent and rotation among the properties of the primary item. Sequences keep theirs in a movie box. */
export function* readHeif(size: number): Reader<MediaFacts> {
  const { boxes, exact } = yield* readBoxes(0, size);
  const meta = boxes.find(({ type }) => type === "meta");
  if (!meta)
    throw new MediaError(
      boxes.some(({ type }) => type === "moov") ? "unsupported" : "truncated",
      "image/heif",
    );
  const properties = yield* findBox(meta, "iprp", 4);
  const container = properties && (yield* findBox(properties, "ipco"));
  const association = properties && (yield* findBox(properties, "ipma"));
  if (!container || !association) throw new MediaError("notMedia", "image/heif");
  const all = (yield* readBoxes(container.start, container.end)).boxes;
  const primary = yield* primaryItem(meta);
  const indices = associated(yield* readPayload(association, maxAssociations), primary);
  const own = indices.flatMap((index) => all[index - 1] ?? []);
  const extent = own.find(({ type }) => type === "ispe");
  const bytes = extent && (yield* readPayload(extent, 12));
  if (!bytes || bytes.length < 12) throw new MediaError("notMedia", "image/heif");
  const width = bytes.readUInt32BE(4);
  const height = bytes.readUInt32BE(8);
  if (!width || !height) throw new MediaError("notMedia", "image/heif");
  const rotation = own.find(({ type }) => type === "irot");
  const quarter = rotation !== undefined && ((yield* readPayload(rotation, 1))[0] ?? 0) % 2 === 1;
  return {
    width: quarter ? height : width,
    height: quarter ? width : height,
    animated: boxes.some(({ type }) => type === "moov"),
    whole: exact && boxes.some(({ type }) => type === "mdat"),
  };
}

function* primaryItem(meta: Box): Reader<number> {
  const box = yield* findBox(meta, "pitm", 4);
  const bytes = box && (yield* readPayload(box, 8));
  if (!bytes || bytes.length < (bytes[0] ? 8 : 6)) throw new MediaError("notMedia", "image/heif");
  return bytes[0] ? bytes.readUInt32BE(4) : bytes.readUInt16BE(4);
}

/** Property numbers, from 1, of one item in an item property association box. */
function associated(bytes: Buffer, item: number): number[] {
  if (bytes.length < 8) return [];
  const wideItems = (bytes[0] ?? 0) > 0;
  const wideIndices = ((bytes[3] ?? 0) & 1) === 1;
  let at = 8;
  for (let entries = bytes.readUInt32BE(4); entries > 0; entries--) {
    if (at + (wideItems ? 5 : 3) > bytes.length) return [];
    const id = wideItems ? bytes.readUInt32BE(at) : bytes.readUInt16BE(at);
    at += wideItems ? 4 : 2;
    const count = bytes[at] ?? 0;
    at += 1;
    const end = at + count * (wideIndices ? 2 : 1);
    if (end > bytes.length) return [];
    if (id === item) {
      return Array.from({ length: count }, (_, index) =>
        wideIndices ? bytes.readUInt16BE(at + index * 2) & 0x7fff : (bytes[at + index] ?? 0) & 0x7f,
      );
    }
    at = end;
  }
  return [];
}
