import type { InputFile } from "../contract.ts";
import { VendorError } from "../errors.ts";

/** A piece of a body: JSON text, or a file that becomes a string of `prefix` and its base64. */
export type BodyPart = string | { prefix: string; bytes: Uint8Array };

/**
 * An input as a JSON string: its link as it is, else a data URI. `type` is the media type as the vendor spells it, if not the
 * file's own; the vendor takes it in lower case only (contract §2.3).
 */
export async function mediaPart(input: InputFile, type = input.type): Promise<BodyPart> {
  if (input.url !== undefined) return JSON.stringify(input.url);
  if (!input.open) throw new VendorError({ reason: "invalid", sent: "no", field: input.role });
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.open()) chunks.push(chunk);
  return { prefix: `data:${type.toLowerCase()};base64,`, bytes: Buffer.concat(chunks) };
}

/** A multiple of three bytes, so that only the last piece is padded. */
const pieceBytes = 3 * 64 * 1024;

/**
 * The parts as UTF-8, in one buffer of exactly their length into which the base64 is written piece by piece: files of many
 * megabytes are never held as strings.
 */
export function assemble(parts: readonly BodyPart[]): Uint8Array {
  const body = Buffer.alloc(parts.reduce((total, part) => total + lengthOf(part), 0));
  let at = 0;
  for (const part of parts) {
    if (typeof part === "string") {
      at += body.write(part, at, "utf8");
      continue;
    }
    at += body.write(`"${part.prefix}`, at, "latin1");
    for (let from = 0; from < part.bytes.length; from += pieceBytes) {
      const piece = Buffer.from(part.bytes.subarray(from, from + pieceBytes)).toString("base64");
      at += body.write(piece, at, "latin1");
    }
    at += body.write('"', at, "latin1");
  }
  return body;
}

function lengthOf(part: BodyPart): number {
  if (typeof part === "string") return Buffer.byteLength(part, "utf8");
  return 2 + part.prefix.length + 4 * Math.ceil(part.bytes.length / 3);
}
