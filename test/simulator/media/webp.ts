import type { Rgb, Size } from "./scene.ts";

/** A lossless WebP of one colour: five prefix codes of one symbol each, so that a pixel takes no bits. */
export function encodeFlatWebp(size: Size, [red, green, blue]: Rgb): Buffer {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let bit = 0; bit < count; bit += 1) bits.push((value >> bit) & 1);
  };
  put(0x2f, 8);
  put(size.width - 1, 14);
  put(size.height - 1, 14);
  put(0, 1); // no alpha in use
  put(0, 3); // version
  put(0, 1); // no transform
  put(0, 1); // no colour cache
  put(0, 1); // one set of prefix codes for the whole picture
  for (const symbol of [green, red, blue, 255, 0]) {
    put(1, 1); // simple code
    put(0, 1); // of one symbol
    put(1, 1); // of eight bits
    put(symbol, 8);
  }
  const data = Buffer.alloc(Math.ceil(bits.length / 16) * 2);
  bits.forEach((bit, at) => {
    data[at >> 3] = (data[at >> 3] ?? 0) | (bit << (at & 7));
  });
  const header = Buffer.alloc(20);
  header.write("RIFF", 0, "latin1");
  header.writeUInt32LE(data.length + 12, 4);
  header.write("WEBPVP8L", 8, "latin1");
  header.writeUInt32LE(data.length, 16);
  return Buffer.concat([header, data]);
}
