/** Kilobits a second and samples a second of MPEG-1 and MPEG-2 Layer III by index. */
const BITRATES = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const RATES = { 1: [44_100, 48_000, 32_000], 2: [22_050, 24_000, 16_000] };

/** Seconds of a WAV (PCM) or MP3 file; undefined for anything else. */
export function soundSeconds(bytes: Buffer): { format: "wav" | "mp3"; seconds: number } | undefined {
  const wav = wavSeconds(bytes);
  if (wav !== undefined) return { format: "wav", seconds: wav };
  const mp3 = mp3Seconds(bytes);
  return mp3 === undefined ? undefined : { format: "mp3", seconds: mp3 };
}

function wavSeconds(bytes: Buffer): number | undefined {
  if (bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "RIFF") return undefined;
  if (bytes.toString("latin1", 8, 12) !== "WAVE") return undefined;
  let perSecond = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    if (name === "fmt " && at + 20 <= bytes.length) perSecond = bytes.readUInt32LE(at + 16);
    if (name === "data")
      return perSecond > 0 ? Math.min(length, bytes.length - at - 8) / perSecond : undefined;
    at += 8 + length + (length % 2);
  }
  return undefined;
}

/** Walks the frames; a tag in front is jumped over, what follows the last frame is ignored. */
function mp3Seconds(bytes: Buffer): number | undefined {
  let at = 0;
  if (bytes.length >= 10 && bytes.toString("latin1", 0, 3) === "ID3")
    at = 10 + [6, 7, 8, 9].reduce((sum, index) => sum * 128 + (bytes[index] ?? 0), 0);
  let seconds = 0;
  while (at + 4 <= bytes.length) {
    const frame = mp3Frame(bytes.readUInt32BE(at));
    if (frame === undefined) break;
    seconds += frame.seconds;
    at += frame.length;
  }
  return seconds > 0 ? seconds : undefined;
}

function mp3Frame(head: number): { length: number; seconds: number } | undefined {
  const sync = head >>> 21 === 0x7ff;
  const layer3 = ((head >>> 17) & 3) === 1;
  const versionBits = (head >>> 19) & 3;
  const version = versionBits === 3 ? 1 : versionBits === 2 ? 2 : undefined;
  if (!sync || !layer3 || version === undefined) return undefined;
  const kilobits = BITRATES[version][(head >>> 12) & 15];
  const rate = RATES[version][(head >>> 10) & 3];
  if (!kilobits || rate === undefined) return undefined;
  const samples = version === 1 ? 1152 : 576;
  const padding = (head >>> 9) & 1;
  return {
    length: Math.floor(((samples / 8) * kilobits * 1000) / rate) + padding,
    seconds: samples / rate,
  };
}
