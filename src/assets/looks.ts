/** What bytes that are no media look like, for the message that refuses them: a media type, or undefined. */
export function looksLike(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 512)).toString("latin1");
  const start = text.trimStart().toLowerCase();
  const known = prefixes.find(([prefix]) => start.startsWith(prefix));
  if (known) return known[1];
  return text.length > 0 && isText(text) ? "text/plain" : undefined;
}

const prefixes = [
  ["<!doctype html", "text/html"],
  ["<html", "text/html"],
  ["<?xml", "application/xml"],
  ["{", "application/json"],
  ["[", "application/json"],
  ["%pdf-", "application/pdf"],
  ["pk\x03\x04", "application/zip"],
  ["\x1f\x8b", "application/gzip"],
  ["\x1a\x45\xdf\xa3", "video/x-matroska"],
] as const;

function isText(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 9 || (code > 13 && code < 32) || code === 127) return false;
  }
  return true;
}
