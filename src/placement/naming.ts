import type { PlacementProblem } from "./problems.ts";

/** Longest file name that common file systems take, in bytes of UTF-8, extension included. */
const maxNameBytes = 255;
/** Kept free behind a name for a number such as `-9999`. */
const numberBytes = 5;
/** A prompt can be pages long; a name should still be read at a glance. */
const slugBytes = 64;

const forbidden = /[<>:"/\\|?*\p{Cc}\u2028\u2029]/u;
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

const encoder = new TextEncoder();
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/**
 * A file name (without extension) made from any text: letters, digits and marks of every script are kept (NFC, lower case),
 * everything else becomes a single `-`. Legal on every platform. Empty text or text without a letter gives `fallback`.
 * @param options.maxBytes Longest result in bytes of UTF-8; a longer one is cut at a word if it can be.
 */
export function slug(text: string, options: { maxBytes?: number; fallback?: string } = {}): string {
  const words = text
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC")
    .replace(/[\p{Cf}'’]/gu, "")
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-");
  const cut = cutAtWord(trimmed(words), Math.min(options.maxBytes ?? slugBytes, maxNameBytes));
  if (!/[\p{L}\p{N}]/u.test(cut)) return options.fallback ?? "";
  return reserved.test(cut) ? `${cut}-file` : cut;
}

/** A leading mark would join whatever stands before it, so it goes with the hyphens. */
function trimmed(text: string): string {
  return text.replace(/^[-\p{M}]+|-+$/gu, "");
}

function cutAtWord(text: string, maxBytes: number): string {
  const cut = cutToBytes(text, maxBytes);
  if (cut.length === text.length || text[cut.length] === "-") return trimmed(cut);
  const word = cut.lastIndexOf("-");
  return trimmed(word > cut.length / 2 ? cut.slice(0, word) : cut);
}

/** Cuts between graphemes, so that no letter loses its accents. */
function cutToBytes(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  let bytes = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    bytes += byteLength(segment);
    if (bytes > maxBytes) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/**
 * What keeps `name` (as the user typed it, without extension) from being a file's name on every platform; undefined if nothing does.
 * @param extension Without its dot; counts towards the length.
 */
export function fileNameProblem(name: string, extension = ""): PlacementProblem | undefined {
  if (name.trim() === "") return { code: "nameEmpty" };
  if (/^\.+$/.test(name)) return { code: "nameDots" };
  const character = forbidden.exec(name)?.[0];
  if (character) return { code: "nameForbidden", args: { character: printable(character) } };
  if (/^\s|[.\s]$/.test(name)) return { code: "nameEnding" };
  const stem = name.split(".")[0]?.trimEnd() ?? "";
  if (reserved.test(stem)) return { code: "nameReserved", args: { name: stem } };
  const room = maxNameBytes - numberBytes - suffix(extension).length;
  const bytes = byteLength(name.normalize("NFC"));
  return bytes > room ? { code: "nameTooLong", args: { bytes, max: room } } : undefined;
}

function printable(character: string): string {
  return /[\p{Cc}\u2028\u2029]/u.test(character)
    ? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
    : character;
}

function suffix(extension: string): string {
  return extension === "" ? "" : `.${extension}`;
}

/** Same picture, other spelling: a typed `.jpeg` on a JPEG is its extension, not a part of its name. */
const aliases: Record<string, readonly string[]> = { jpg: ["jpeg", "jpe"], tiff: ["tif"] };

/** The typed name without the asset's own extension, in NFC. */
export function baseName(typed: string, extension: string): string {
  const name = typed.normalize("NFC");
  const dot = name.lastIndexOf(".");
  const ending = name.slice(dot + 1).toLowerCase();
  const own = ending === extension.toLowerCase() || aliases[extension]?.includes(ending);
  return dot > 0 && own ? name.slice(0, dot) : name;
}

/** `name` with its extension and, from 2 on, a number; shortened where the number would make it too long. */
export function numbered(name: string, n: number, extension = ""): string {
  const ending = `${n > 1 ? `-${n}` : ""}${suffix(extension)}`;
  return cutToBytes(name, maxNameBytes - byteLength(ending)) + ending;
}

/**
 * What two names have in common that some platform takes for one file: letter case and the way accents are written.
 * Both sides of every comparison go through it.
 */
export function nameKey(name: string): string {
  return name.toUpperCase().toLowerCase().normalize("NFC");
}

/**
 * The first of `name.ext`, `name-2.ext`, `name-3.ext`… that is free.
 * @param taken Asked with a {@link nameKey}.
 */
export function freeName(name: string, extension: string, taken: (key: string) => boolean): string {
  for (let n = 1; ; n++) {
    const candidate = numbered(name, n, extension);
    if (!taken(nameKey(candidate))) return candidate;
  }
}
