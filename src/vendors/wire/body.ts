import type { InputFile } from "../contract.ts";
import { VendorError } from "../errors.ts";

/** A whole number written digit for digit: element ids can be JSON numbers beyond 2^53. */
export class Digits {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A file's place in a body: its link, or its bytes as plain base64 without the prefix of a data URI. */
export class FilePart {
  readonly input: InputFile;

  constructor(input: InputFile) {
    this.input = input;
  }
}

/** A file's place in a body, its bytes as a data URI. The media type is written in lower case: some vendors take no other. */
export class DataUriPart extends FilePart {}

export type BodyValue =
  | string
  | number
  | boolean
  | Digits
  | FilePart
  | readonly BodyValue[]
  | { readonly [name: string]: BodyValue | undefined };

export type BodyObject = { readonly [name: string]: BodyValue | undefined };

/** The first of some files as a member; none where there is none. */
export function fileFields(name: string, files: readonly InputFile[]): BodyObject {
  return files[0] ? { [name]: new FilePart(files[0]) } : {};
}

type Part = string | Uint8Array;

/**
 * A body as UTF-8 JSON, made as one buffer of exactly its length into which base64 is written piece by piece: files of many
 * megabytes are never held as strings. Members that are undefined are left out.
 */
export async function encodeBody(body: BodyObject): Promise<Uint8Array> {
  return assemble(await partsOf(body));
}

async function partsOf(value: BodyValue): Promise<Part[]> {
  if (value instanceof Digits) return [value.text];
  if (value instanceof FilePart) return filePart(value);
  if (isList(value)) {
    const items = await Promise.all(value.map(partsOf));
    return ["[", ...items.flatMap((parts, index) => (index === 0 ? parts : [",", ...parts])), "]"];
  }
  if (typeof value !== "object") return [JSON.stringify(value)];
  const parts: Part[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    parts.push(`${parts.length === 0 ? "{" : ","}${JSON.stringify(name)}:`, ...(await partsOf(member)));
  }
  return parts.length === 0 ? ["{}"] : [...parts, "}"];
}

function isList(value: BodyValue): value is readonly BodyValue[] {
  return Array.isArray(value);
}

async function filePart(part: FilePart): Promise<Part[]> {
  const { input } = part;
  if (input.url !== undefined) return [JSON.stringify(input.url)];
  const prefix = part instanceof DataUriPart ? `data:${input.type.toLowerCase()};base64,` : "";
  return [`"${prefix}`, await bytesOf(input), '"'];
}

/** All bytes of an input file. Throws a {@link VendorError} for one that is only a link. */
export async function bytesOf(input: InputFile): Promise<Buffer> {
  if (!input.open) throw new VendorError({ reason: "invalid", sent: "no", field: input.role });
  const chunks: Uint8Array[] = [];
  for await (const chunk of input.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
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
    for (let from = 0; from < part.length; from += pieceBytes) {
      at += body.write(Buffer.from(part.subarray(from, from + pieceBytes)).toString("base64"), at, "latin1");
    }
  }
  return body;
}

function lengthOf(part: Part): number {
  return typeof part === "string" ? Buffer.byteLength(part, "utf8") : 4 * Math.ceil(part.length / 3);
}
