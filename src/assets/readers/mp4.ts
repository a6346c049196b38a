import type { MediaFacts } from "../media.ts";
import type { Reader } from "../reader.ts";
import { formatOf } from "../sniff.ts";
import { type Box, findPath, readBoxes, readPayload } from "./boxes.ts";

const maxTracks = 64;

interface Track {
  handler: string;
  codec: string | undefined;
  bitDepth: number | undefined;
  width: number;
  height: number;
}

/** MP4, MOV and M4A: top-level boxes, then the movie's header and its tracks' headers; media data is never read. */
export function* readMp4(size: number): Reader<MediaFacts> {
  const { boxes, exact } = yield* readBoxes(0, size);
  const movie = boxes.find((box) => box.type === "moov");
  if (!movie) return { whole: false };
  const inner = (yield* readBoxes(movie.start, movie.end)).boxes;
  const tracks: Track[] = [];
  for (const box of inner.filter(({ type }) => type === "trak").slice(0, maxTracks)) {
    tracks.push(yield* readTrack(box));
  }
  const seconds = yield* movieSeconds(movie, inner);
  const picture = tracks.find(({ handler }) => handler === "vide");
  const soundOnly = !picture && tracks.some(({ handler }) => handler === "soun");
  return {
    whole: exact,
    codecs: tracks.flatMap(({ handler, codec }) =>
      codec && (handler === "vide" || handler === "soun") ? [codec] : [],
    ),
    ...(seconds === undefined ? {} : { seconds }),
    ...(picture?.width && picture.height ? { width: picture.width, height: picture.height } : {}),
    ...(picture?.bitDepth ? { bitDepth: picture.bitDepth } : {}),
    ...(soundOnly ? { format: formatOf("m4a") } : {}),
  };
}

/** Length from the movie header, or for a fragmented movie from the header of its extension. */
function* movieSeconds(movie: Box, inner: readonly Box[]): Reader<number | undefined> {
  const header = inner.find(({ type }) => type === "mvhd");
  const bytes = header && (yield* readPayload(header, 32));
  const long = bytes?.[0] === 1;
  if (!bytes || bytes.length < (long ? 32 : 20)) return undefined;
  const scale = bytes.readUInt32BE(long ? 20 : 12);
  let duration = long ? Number(bytes.readBigUInt64BE(24)) : bytes.readUInt32BE(16);
  if (!duration) {
    const extension = yield* findPath(movie, "mvex", "mehd");
    const payload = extension && (yield* readPayload(extension, 12));
    if (payload && payload.length >= (payload[0] === 1 ? 12 : 8)) {
      duration = payload[0] === 1 ? Number(payload.readBigUInt64BE(4)) : payload.readUInt32BE(4);
    }
  }
  return scale && duration && duration < 0xffff_ffff ? duration / scale : undefined;
}

function* readTrack(track: Box): Reader<Track> {
  const handlerBox = yield* findPath(track, "mdia", "hdlr");
  const handler = handlerBox ? (yield* readPayload(handlerBox, 12)).toString("latin1", 8, 12) : "";
  const table = yield* findPath(track, "mdia", "minf", "stbl", "stsd");
  const description = table && (yield* readPayload(table, 1024));
  const entry = description?.toString("latin1", 12, 16);
  const codec = entry && /^[\x20-\x7e]{4}$/.test(entry) ? entry.trim() : undefined;
  const header = yield* findPath(track, "tkhd");
  return {
    handler,
    codec,
    bitDepth: description && hevcDepth(description),
    ...(header ? displaySize(yield* readPayload(header, 96)) : { width: 0, height: 0 }),
  };
}

/** Bits of a colour from an HEVC decoder configuration, which lies in the sample description; undefined if there is none. */
function hevcDepth(description: Buffer): number | undefined {
  const record = description.indexOf("hvcC", 0, "latin1") + 4;
  const depth = record < 4 ? undefined : description[record + 17];
  return depth === undefined ? undefined : (depth & 7) + 8;
}

/** Width and height in 16.16 fixed point, exchanged when the matrix turns the picture by a quarter. */
function displaySize(header: Buffer): { width: number; height: number } {
  const matrix = header[0] === 1 ? 52 : 40;
  if (header.length < matrix + 44) return { width: 0, height: 0 };
  const width = Math.round(header.readUInt32BE(matrix + 36) / 65536);
  const height = Math.round(header.readUInt32BE(matrix + 40) / 65536);
  const quarter = header.readInt32BE(matrix) === 0 && header.readInt32BE(matrix + 4) !== 0;
  return quarter ? { width: height, height: width } : { width, height };
}
