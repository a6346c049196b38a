/** How loud a sound is over its length, each from 0 to 1. */
export type Peaks = readonly number[];

/** How many peaks a whole sound has. */
const count = 480;
/** A larger sound is not decoded for its looks alone (bytes). */
const largest = 48 * 1024 * 1024;
/** Enough to see how loud it is (samples a second). */
const sampleRate = 8_000;

/** Reads and decodes a sound and measures its peaks. Rejects if it cannot be decoded, is too large, or the signal is aborted. */
export async function readPeaks(src: string, signal: AbortSignal): Promise<Peaks> {
  const response = await fetch(src, { signal });
  const bytes = await response.arrayBuffer();
  if (!response.ok || bytes.byteLength > largest)
    throw new RangeError(`${response.status}, ${bytes.byteLength} bytes`);
  const sound = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(bytes);
  signal.throwIfAborted();
  const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index));
  const width = sound.length / count;
  return Array.from({ length: count }, (_, index) => {
    let peak = 0;
    for (const samples of channels) {
      for (let at = Math.floor(index * width); at < (index + 1) * width; at += 1) {
        peak = Math.max(peak, Math.abs(samples[at] ?? 0));
      }
    }
    return Math.min(1, peak);
  });
}
