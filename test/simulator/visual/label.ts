import { crc32 } from "node:zlib";
import type { Options } from "./options.ts";

/** What the labels of a file say, as JSON; "" where there are none. */
export function labelText({ logo, meta }: Options): string {
  const shown = logo?.add_logo === true ? { logo_info: logo } : {};
  const labels = { ...shown, ...(meta && { aigc_meta: meta }) };
  return Object.keys(labels).length === 0 ? "" : JSON.stringify(labels);
}

/** Writes labels into a picture: a comment in a JPEG, an `iTXt` chunk in a PNG. The picture stays as it is. */
export function labelled(picture: Buffer, format: "png" | "jpeg", text: string): Buffer {
  if (text === "") return picture;
  const [at, part] = format === "png" ? [33, textChunk(text)] : [2, comment(text)];
  return Buffer.concat([picture.subarray(0, at), part, picture.subarray(at)]);
}

function comment(text: string): Buffer {
  const data = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

function textChunk(text: string): Buffer {
  const body = Buffer.concat([Buffer.from("iTXtAIGC\0\0\0\0\0", "latin1"), Buffer.from(text)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
