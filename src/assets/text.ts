import { readFile, stat } from "node:fs/promises";
import { MediaError, type Probe } from "./media.ts";

/** Longer than any transcript. Bytes. */
const maxBytes = 16 * 2 ** 20;

/** Text formats by what their first lines look like; anything else is plain text. */
const formats = [
  { pattern: /^WEBVTT(?:[ \t\r\n]|$)/, type: "text/vtt", extension: "vtt" },
  { pattern: /^\d+\r?\n\d{2}:\d{2}:\d{2},\d{3} --> /, type: "application/x-subrip", extension: "srt" },
] as const;

const plain = { type: "text/plain", extension: "txt" };

/** Characters that no text holds: controls other than tab, line feed and carriage return. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f]/;

/**
 * What a file is that should be text: UTF-8 without control characters, known as subtitles by its first lines. Throws
 * {@link MediaError}, and the file system's own errors.
 */
export async function probeText(path: string): Promise<Probe> {
  const { size } = await stat(path);
  if (size > maxBytes) throw new MediaError("tooLarge");
  const text = decode(await readFile(path));
  if (text.trim() === "" || controls.test(text)) throw new MediaError("notMedia");
  const { type, extension } = formats.find(({ pattern }) => pattern.test(text)) ?? plain;
  return { kind: "text", type, extension, bytes: size, whole: true };
}

/** Without a byte order mark. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MediaError("notMedia", undefined, { cause });
  }
}
