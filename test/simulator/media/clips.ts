import { readFileSync } from "node:fs";
import type { Size } from "./scene.ts";

const FILES = new URL("files/", import.meta.url);
const files = new Map<string, Buffer>();

function file(name: string): Buffer {
  const known = files.get(name) ?? readFileSync(new URL(name, FILES));
  files.set(name, known);
  return known;
}

/**
 * An MP4 (H.264 and AAC, two seconds) of the shape nearest to `size`. `mark` makes the bytes differ from clip
 * to clip without changing what is played: it goes into a `free` box at the end.
 */
export function videoClip({ width, height }: Size, mark: string): Buffer {
  const shape =
    Math.abs(Math.log(width / height)) < 0.2 ? "square" : width > height ? "landscape" : "portrait";
  const text = Buffer.from(mark);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + text.length);
  head.write("free", 4, "latin1");
  return Buffer.concat([file(`${shape}.mp4`), head, text]);
}

/** An MP3 of two seconds; `mark`, in an ID3v1 tag, makes the bytes differ. */
export function mp3Clip(mark: string): Buffer {
  const tag = Buffer.alloc(128);
  tag.write("TAG", 0, "latin1");
  tag.write(mark.slice(0, 30), 3, "latin1");
  tag[127] = 255;
  return Buffer.concat([file("tone.mp3"), tag]);
}

const RATE = 8000;

/** A WAV (PCM, 16 bits, one channel, 8 kHz) of a tone of `seconds` whose height `mark` decides. */
export function wavClip(mark: string, seconds = 2): Buffer {
  const hertz = 220 + ([...mark].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 440);
  const samples = Math.round(RATE * seconds);
  const wav = Buffer.alloc(44 + samples * 2);
  wav.write("RIFF", 0, "latin1");
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write("WAVEfmt ", 8, "latin1");
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36, "latin1");
  wav.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1)
    wav.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * hertz * at) / RATE)), 44 + at * 2);
  return wav;
}
