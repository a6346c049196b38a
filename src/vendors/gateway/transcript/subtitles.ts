/** A stretch of speech: what is said, and when, in milliseconds. */
export interface Cue {
  from: number;
  to: number;
  text: string;
  /** The same word by word, where that is known. */
  words?: readonly Cue[];
}

export const transcriptFormats = ["text", "srt", "vtt"] as const;
export type TranscriptFormat = (typeof transcriptFormats)[number];

/** Two lines of subtitles, and how long they stay readable: longer sentences are cut between words. */
const maxCueLength = 84;
const maxCueMs = 7_000;

/** Speech as a file of text: a sentence a line, or subtitles. */
export function writeTranscript(sentences: readonly Cue[], format: TranscriptFormat): string {
  if (format === "text") return `${sentences.map(({ text }) => text.trim()).join("\n")}\n`;
  const cues = sentences.flatMap(shortCues);
  const blocks = cues.map((cue, index) =>
    format === "srt"
      ? `${index + 1}\n${stamp(cue.from, ",")} --> ${stamp(cue.to, ",")}\n${cue.text}\n`
      : `${stamp(cue.from, ".")} --> ${stamp(cue.to, ".")}\n${escapeVtt(cue.text)}\n`,
  );
  return format === "srt" ? blocks.join("\n") : `WEBVTT\n\n${blocks.join("\n")}`;
}

function shortCues(sentence: Cue): Cue[] {
  const whole = { ...sentence, text: sentence.text.trim().replace(/\s*\n\s*/g, " ") };
  if (whole.text === "") return [];
  const isShort = whole.text.length <= maxCueLength && whole.to - whole.from <= maxCueMs;
  const words = sentence.words ?? [];
  if (isShort || words.length < 2) return [whole];
  const cues: Cue[] = [];
  for (const word of words) {
    const last = cues.at(-1);
    const text = (last?.text ?? "") + word.text;
    const fits = last && text.trim().length <= maxCueLength && word.to - last.from <= maxCueMs;
    if (fits) cues[cues.length - 1] = { from: last.from, to: word.to, text };
    else cues.push({ from: word.from, to: word.to, text: word.text });
  }
  return cues.map((cue) => ({ ...cue, text: cue.text.trim() })).filter(({ text }) => text !== "");
}

/** `01:02:03,004`. */
function stamp(ms: number, point: string): string {
  const at = Math.max(0, Math.round(ms));
  const part = (value: number, digits = 2) => String(value).padStart(digits, "0");
  const clock = [Math.floor(at / 3_600_000), Math.floor(at / 60_000) % 60, Math.floor(at / 1000) % 60];
  return `${clock.map((value) => part(value)).join(":")}${point}${part(at % 1000, 3)}`;
}

function escapeVtt(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
