import type { InputFile } from "../../contract.ts";
import { VendorError } from "../../errors.ts";

type Part = string | { prefix: string; bytes: Uint8Array };

/**
 * The body as UTF-8 JSON: `fields`, and `inputs` as `image` (one picture as a string, several as an array; contract §2.1, §2.3). Made as one
 * buffer of exactly its length into which the base64 is written piece by piece: pictures of many megabytes are never held as strings.
 */
export async function imageBody(
  fields: Record<string, unknown>,
  inputs: readonly InputFile[],
): Promise<Uint8Array> {
  const head = JSON.stringify(fields);
  if (inputs.length === 0) return Buffer.from(head, "utf8");
  const pictures: Part[] = [];
  for (const input of inputs) pictures.push(await picturePart(input));
  const separated = pictures.flatMap((part, index) => (index === 0 ? [part] : [",", part]));
  const list: Part[] = inputs.length === 1 ? separated : ["[", ...separated, "]"];
  return assemble([`${head.slice(0, -1)},"image":`, ...list, "}"]);
}

async function picturePart(input: InputFile): Promise<Part> {
  if (input.url !== undefined) return JSON.stringify(input.url);
  if (!input.open) throw new VendorError({ reason: "invalid", sent: "no", field: "image" });
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.open()) chunks.push(chunk);
  return { prefix: `data:${input.type.toLowerCase()};base64,`, bytes: Buffer.concat(chunks) };
}

/** A multiple of three bytes, so that only the last piece is padded. */
const pieceBytes = 3 * 64 * 1024;

function assemble(parts: readonly Part[]): Uint8Array {
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

function lengthOf(part: Part): number {
  if (typeof part === "string") return Buffer.byteLength(part, "utf8");
  return 2 + part.prefix.length + 4 * Math.ceil(part.bytes.length / 3);
}
