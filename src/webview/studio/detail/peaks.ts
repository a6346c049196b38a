/** How loud a sound is over its length, each from 0 to 1; undefined where it has not been heard yet. */
export type Peaks = readonly (number | undefined)[];

/** How many peaks a whole sound has. */
const count = 400;
/** The page may read no bytes, so a sound is heard through once without being audible, this many times as fast. */
const speed = 4;
/** How much is heard at a time (samples). */
const window = 2048;

/**
 * Listens to a sound, unheard, and tells its peaks as they become known. Rejects if it cannot be decoded; ends when the signal
 * is aborted.
 */
export async function scanPeaks(
  src: string,
  signal: AbortSignal,
  tell: (peaks: Peaks) => void,
): Promise<void> {
  const audio = new Audio();
  audio.crossOrigin = "anonymous";
  audio.preload = "auto";
  audio.playbackRate = speed;
  audio.preservesPitch = false;
  audio.src = src;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = window;
  context.createMediaElementSource(audio).connect(analyser);
  const samples = new Float32Array(window);
  const peaks: (number | undefined)[] = Array.from({ length: count });
  const end = () => {
    audio.pause();
    audio.removeAttribute("src");
    void context.close().catch(() => {});
  };
  signal.addEventListener("abort", end, { once: true });
  let last = 0;
  const listen = () => {
    if (signal.aborted || !(audio.duration > 0)) return;
    analyser.getFloatTimeDomainData(samples);
    const loudest = samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    const at = Math.min(count, Math.ceil((audio.currentTime / audio.duration) * count));
    for (let index = last; index < at; index += 1) peaks[index] = loudest;
    last = at;
    tell(peaks);
  };
  const timer = setInterval(listen, 20);
  try {
    await audio.play();
    await new Promise<void>((resolve, reject) => {
      audio.addEventListener("ended", () => resolve(), { once: true });
      audio.addEventListener("error", () => reject(audio.error), { once: true });
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    listen();
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", end);
    end();
  }
}
