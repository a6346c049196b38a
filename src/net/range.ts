import type { DownloadNote } from "./note.ts";

/** What an answer's headers say about the file. */
export interface FileFacts {
  /** Byte the body starts at. */
  from: number;
  /** Bytes of the whole file. */
  size?: number;
  etag?: string;
  lastModified?: string;
  mediaType?: string;
}

/** Headers that ask to go on at byte `from` if the file is still the same; none when the note has nothing to tell it by. */
export function rangeHeaders(note: Partial<DownloadNote>, from: number): Record<string, string> {
  const validator = note.etag ?? note.lastModified;
  return from > 0 && validator ? { range: `bytes=${from}-`, "if-range": validator } : {};
}

/** Reads an answer with status 200 or 206. */
export function fileFacts(status: number, headers: Readonly<Record<string, string>>): FileFacts {
  const isEncoded = !["", "identity"].includes(headers["content-encoding"] ?? "");
  const mediaType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  const facts: FileFacts = { from: 0 };
  if (mediaType) facts.mediaType = mediaType;
  // Length, range and validators speak of the encoded bytes.
  if (isEncoded) return facts;
  const etag = headers.etag;
  if (etag?.startsWith('"')) facts.etag = etag;
  else if (!etag && headers["last-modified"]) facts.lastModified = headers["last-modified"];
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers["content-range"]?.trim() ?? "");
  const length = /^\d+$/.test(headers["content-length"] ?? "")
    ? Number(headers["content-length"])
    : undefined;
  if (status === 206) facts.from = range ? Number(range[1]) : -1;
  if (range && range[2] !== "*") facts.size = Number(range[2]);
  else if (length !== undefined) facts.size = facts.from + length;
  return facts;
}

/** True when the body of a 206 goes on exactly where the part file ends, in the same file. */
export function carriesOn(facts: FileFacts, note: Partial<DownloadNote>, from: number): boolean {
  const isSame = (a: unknown, b: unknown) => a === undefined || b === undefined || a === b;
  return facts.from === from && isSame(facts.etag, note.etag) && isSame(facts.size, note.size);
}
