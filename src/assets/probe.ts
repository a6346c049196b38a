import { looksLike } from "./looks.ts";
import { MediaError, type MediaFacts, type Probe } from "./media.ts";
import { type Reader, readBytes, readFile, readUpTo } from "./reader.ts";
import { readFlac } from "./readers/flac.ts";
import { readAac, readMp3 } from "./readers/frames.ts";
import { readGif } from "./readers/gif.ts";
import { readHeif } from "./readers/heif.ts";
import { readJpeg } from "./readers/jpeg.ts";
import { readMp4 } from "./readers/mp4.ts";
import { readOgg } from "./readers/ogg.ts";
import { readPng } from "./readers/png.ts";
import { readWav, readWebp } from "./readers/riff.ts";
import { readBmp, readSvg } from "./readers/simple.ts";
import { readTiff } from "./readers/tiff.ts";
import { type FormatId, formatId, formatOf, sniffLength } from "./sniff.ts";

/** The others are known by their first bytes only. */
const readers: Partial<Record<FormatId, (size: number) => Reader<MediaFacts>>> = {
  png: readPng,
  jpeg: readJpeg,
  webp: readWebp,
  gif: readGif,
  bmp: readBmp,
  tiff: readTiff,
  heic: readHeif,
  heif: readHeif,
  avif: readHeif,
  svg: readSvg,
  mp4: readMp4,
  mov: readMp4,
  m4a: readMp4,
  wav: readWav,
  flac: readFlac,
  mp3: readMp3,
  aac: readAac,
  ogg: readOgg,
};

/**
 * What a file is, from its bytes: only headers are read, however large it is, but for MP3 and AAC, which say nowhere how long they
 * are. Throws {@link MediaError}, and the file
 * system's own errors.
 */
export function probeFile(path: string): Promise<Probe> {
  return readFile(path, probe);
}

/** What bytes are. Throws {@link MediaError}. */
export function probeBytes(bytes: Uint8Array): Probe {
  return readBytes(bytes, probe(bytes.length));
}

function* probe(size: number): Reader<Probe> {
  const head = yield* readUpTo(0, sniffLength);
  const id = formatId(head);
  if (!id) throw new MediaError("notMedia", looksLike(head));
  const reader = readers[id];
  const { format, ...facts }: MediaFacts = reader ? yield* reader(size) : { whole: true };
  return { ...formatOf(id), ...format, ...facts, bytes: size };
}
