import type { MediaFormat } from "./media.ts";

/** How many of a file's first bytes {@link sniff} can make use of. */
export const sniffLength = 4096;

const formats = {
  png: { type: "image/png", extension: "png", kind: "image" },
  jpeg: { type: "image/jpeg", extension: "jpg", kind: "image" },
  webp: { type: "image/webp", extension: "webp", kind: "image" },
  gif: { type: "image/gif", extension: "gif", kind: "image" },
  bmp: { type: "image/bmp", extension: "bmp", kind: "image" },
  tiff: { type: "image/tiff", extension: "tiff", kind: "image" },
  heic: { type: "image/heic", extension: "heic", kind: "image" },
  heif: { type: "image/heif", extension: "heif", kind: "image" },
  avif: { type: "image/avif", extension: "avif", kind: "image" },
  svg: { type: "image/svg+xml", extension: "svg", kind: "image" },
  mp4: { type: "video/mp4", extension: "mp4", kind: "video" },
  mov: { type: "video/quicktime", extension: "mov", kind: "video" },
  webm: { type: "video/webm", extension: "webm", kind: "video" },
  wav: { type: "audio/wav", extension: "wav", kind: "audio" },
  mp3: { type: "audio/mpeg", extension: "mp3", kind: "audio" },
  ogg: { type: "audio/ogg", extension: "ogg", kind: "audio" },
  flac: { type: "audio/flac", extension: "flac", kind: "audio" },
  m4a: { type: "audio/mp4", extension: "m4a", kind: "audio" },
  aac: { type: "audio/aac", extension: "aac", kind: "audio" },
} as const satisfies Record<string, MediaFormat>;

export type FormatId = keyof typeof formats;

/** The format of an id; the inverse of {@link formatId}. */
export function formatOf(id: FormatId): MediaFormat {
  return formats[id];
}

/** Signatures in the order they are tried: bytes as Latin-1 text, at an offset; all parts must match. */
const signatures: readonly [FormatId, ...(readonly [offset: number, bytes: string])[]][] = [
  ["png", [0, "\x89PNG\r\n\x1a\n"]],
  ["jpeg", [0, "\xff\xd8\xff"]],
  ["webp", [0, "RIFF"], [8, "WEBP"]],
  ["wav", [0, "RIFF"], [8, "WAVE"]],
  ["gif", [0, "GIF87a"]],
  ["gif", [0, "GIF89a"]],
  ["tiff", [0, "II*\0"]],
  ["tiff", [0, "MM\0*"]],
  ["ogg", [0, "OggS"]],
  ["flac", [0, "fLaC"]],
  ["mp3", [0, "ID3"]],
  // QuickTime files older than the ftyp box begin with one of these.
  ["mov", [4, "moov"]],
  ["mov", [4, "mdat"]],
  ["mov", [4, "wide"]],
];

/** Brands of an ISO media file that decide its format, the first that is found wins; any other brand is an MP4. */
const brands: readonly (readonly [FormatId, readonly string[]])[] = [
  ["avif", ["avif", "avis"]],
  ["heic", ["heic", "heix", "heim", "heis", "hevc", "hevx"]],
  ["heif", ["mif1", "msf1"]],
  ["mov", ["qt  "]],
  ["m4a", ["M4A ", "M4B "]],
];

/** Tells a file's format by its first bytes, at best {@link sniffLength} of them; undefined if it is none that Easel knows. */
export function sniff(head: Uint8Array): MediaFormat | undefined {
  const id = formatId(head);
  return id && formats[id];
}

/** Like {@link sniff}, as an id to choose a reader by. */
export function formatId(head: Uint8Array): FormatId | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, sniffLength)).toString(
    "latin1",
  );
  for (const [id, ...parts] of signatures) {
    if (parts.every(([offset, bytes]) => text.startsWith(bytes, offset))) return id;
  }
  if (text.startsWith("ftyp", 4)) return brandFormat(text);
  if (text.startsWith("BM") && isBitmapHeader(head)) return "bmp";
  if (text.startsWith("\x1a\x45\xdf\xa3")) return text.includes("\x42\x82\x84webm") ? "webm" : undefined;
  return audioFrame(head) ?? (isSvg(head) ? "svg" : undefined);
}

function brandFormat(text: string): FormatId {
  const end = Math.min(text.length, Math.max(16, text.charCodeAt(2) * 256 + text.charCodeAt(3)));
  const found = [text.slice(8, 12)];
  for (let offset = 16; offset + 4 <= end; offset += 4) found.push(text.slice(offset, offset + 4));
  // An image brand counts wherever it stands, because `mif1` often comes first; the others only as the major brand.
  for (const [id, names] of brands) {
    const among = formats[id].kind === "image" && isImageBrand(found[0]) ? found : found.slice(0, 1);
    if (among.some((brand) => names.includes(brand))) return id;
  }
  return "mp4";
}

function isImageBrand(brand: string | undefined): boolean {
  return brands.some(
    ([id, names]) => formats[id].kind === "image" && brand !== undefined && names.includes(brand),
  );
}

/** "BM" alone is also how words begin: the header's length must be one of the known ones too. */
function isBitmapHeader(head: Uint8Array): boolean {
  return [40, 52, 56, 108, 124].includes(head[14] ?? 0) && !head[15] && !head[16] && !head[17];
}

/** A bare MPEG audio frame: eleven sync bits, then a layer, bit rate and sample rate that exist. */
function audioFrame(head: Uint8Array): FormatId | undefined {
  const [first = 0, second = 0, third = 0] = head;
  if (first !== 0xff) return undefined;
  if ((second & 0xf6) === 0xf0) return (third & 0x3c) >> 2 < 13 ? "aac" : undefined;
  const layerThree = (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return layerThree && third >> 4 !== 15 && third >> 4 !== 0 && (third & 0x0c) !== 0x0c ? "mp3" : undefined;
}

const svgPreamble = [
  ["<?", "?>"],
  ["<!--", "-->"],
  ["<!DOCTYPE", ">"],
] as const;

/** The root element is `svg`: only white space, declarations and comments before it. */
function isSvg(head: Uint8Array): boolean {
  let text = new TextDecoder().decode(head.subarray(0, sniffLength)).trimStart();
  for (;;) {
    const preamble = svgPreamble.find(([open]) => text.startsWith(open));
    if (!preamble) return /^<svg[\s>/]/.test(text);
    const end = text.indexOf(preamble[1], preamble[0].length);
    if (end < 0) return false;
    text = text.slice(end + preamble[1].length).trimStart();
  }
}
