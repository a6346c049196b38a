import { markWords } from "./mark.ts";
import { type Random, random } from "./random.ts";

const sampleRate = 22_050;
const chunkSamples = 1 << 14;

/** Major pentatonic and its relatives, in semitones: no two notes of these clash. */
const scales: readonly [readonly number[], ...(readonly number[])[]] = [
  [0, 2, 4, 7, 9, 12, 14, 16],
  [0, 3, 5, 7, 10, 12, 15, 17],
  [0, 2, 5, 7, 9, 12, 14, 17],
];

interface Note {
  /** Seconds. */
  at: number;
  hertz: number;
  loudness: number;
  /** Time in which it falls to about a third, in seconds. */
  decay: number;
}

/** A soft chime melody over a quiet pad, as a mono 16-bit WAV stream. The same seed and prompt give the same melody. */
export function* encodeChime(seconds: number, seed: number, prompt: string): Generator<Uint8Array, void> {
  const samples = Math.round(seconds * sampleRate);
  yield wavHeader(samples * 2);
  const source = random(JSON.stringify([seed, prompt, "sound"]));
  const root = 196 * 2 ** (source.whole(0, 7) / 12);
  const scale = source.pick(scales);
  const notes = melody(seconds, root * 2, scale, source);
  const pad = [root / 2, (root / 2) * 1.5, root].map((hertz) => hertz * (1 + source.between(-0.001, 0.001)));
  for (let start = 0; start < samples; start += chunkSamples) {
    const count = Math.min(chunkSamples, samples - start);
    const bytes = Buffer.alloc(count * 2);
    for (let index = 0; index < count; index++) {
      const time = (start + index) / sampleRate;
      const value = (chime(notes, time) + drone(pad, time)) * envelope(time, seconds);
      bytes.writeInt16LE(Math.round(Math.tanh(value) * 30_000), index * 2);
    }
    yield bytes;
  }
}

function melody(seconds: number, root: number, scale: readonly number[], source: Random): Note[] {
  const beat = source.pick([0.3, 0.36, 0.42]);
  const notes: Note[] = [];
  let step = source.whole(0, 4);
  for (let at = 0.05; at < seconds - 0.45; at += beat * source.pick([1, 1, 1, 2])) {
    step = Math.min(scale.length - 1, Math.max(0, step + source.whole(-2, 2)));
    const hertz = root * 2 ** ((scale[step] ?? 0) / 12);
    notes.push({ at, hertz, loudness: source.between(0.16, 0.26), decay: source.between(0.35, 0.6) });
  }
  return notes;
}

/** A struck bar: the tone, its octave and a short high partial. */
function chime(notes: readonly Note[], time: number): number {
  let sum = 0;
  for (const { at, hertz, loudness, decay } of notes) {
    const since = time - at;
    if (since < 0 || since > decay * 7) continue;
    const phase = Math.PI * 2 * hertz * since;
    const strike = Math.min(1, since / 0.006) * loudness;
    sum +=
      strike *
      (Math.sin(phase) * Math.exp(-since / decay) +
        0.28 * Math.sin(phase * 2) * Math.exp(-since / (decay * 0.6)) +
        0.12 * Math.sin(phase * 4.1) * Math.exp(-since / (decay * 0.2)));
  }
  return sum;
}

function drone(pad: readonly number[], time: number): number {
  const swell = 0.8 + 0.2 * Math.sin(time * 1.3);
  return pad.reduce((sum, hertz) => sum + Math.sin(Math.PI * 2 * hertz * time), 0) * 0.035 * swell;
}

/** In gently, out gently: no click at either end. */
function envelope(time: number, seconds: number): number {
  return Math.min(1, time / 0.04, (seconds - time) / Math.min(0.6, seconds / 3));
}

/** RIFF header with the mark as INFO chunks, then the format and the beginning of the data. */
function wavHeader(dataBytes: number): Buffer {
  const info = Buffer.concat([
    Buffer.from("INFO"),
    tag("ISFT", markWords.software),
    tag("ICMT", markWords.soundDescription),
  ]);
  const list = Buffer.concat([Buffer.from("LIST"), u32(info.length), info]);
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const rest = Buffer.concat([
    Buffer.from("WAVEfmt "),
    u32(format.length),
    format,
    list,
    Buffer.from("data"),
    u32(dataBytes),
  ]);
  return Buffer.concat([Buffer.from("RIFF"), u32(rest.length + dataBytes), rest]);
}

/** An INFO entry: text ends with a zero byte and is padded to an even length. */
function tag(id: string, value: string): Buffer {
  const text = Buffer.from(`${value}\0`, "latin1");
  return Buffer.concat([Buffer.from(id), u32(text.length), text, Buffer.alloc(text.length % 2)]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
