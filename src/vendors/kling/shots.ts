import type { CheckedRequest, Problem } from "../../model/catalog.ts";
import { maxPrompt } from "./options.ts";
import { problem } from "./product.ts";

/** One shot of a video: seconds, and what it shows. */
export interface Shot {
  seconds: number;
  prompt: string;
}

const maxShots = 6;
const maxShotPrompt = 512;

/**
 * Shots written in a prompt in the vendor's own notation, `shot 1, 3, words; shot 2, 2, words;` (contract §7). Undefined if the
 * prompt is not made of shots that count up from 1.
 */
function writtenShots(prompt: string): Shot[] | undefined {
  const parts = prompt.split(/;\s*(?=shot\s|$)/i).filter((part) => part.trim() !== "");
  const shots: Shot[] = [];
  for (const [index, part] of parts.entries()) {
    const [, number, seconds, words] = /^\s*shot\s+(\d+)\s*,\s*(\d+)\s*,\s*(\S.*?)\s*$/is.exec(part) ?? [];
    if (Number(number) !== index + 1 || words === undefined) return undefined;
    shots.push({ seconds: Number(seconds), prompt: words });
  }
  return shots.length > 0 ? shots : undefined;
}

/** What is wrong with the shots of a request, where it has some (contract §4.1): their number, words and lengths. */
export function shotProblems({ prompt, options }: CheckedRequest): Problem[] {
  if (options.shots !== "written") return [];
  const shots = writtenShots(prompt);
  if (!shots) return [problem("shotsFormat", "prompt")];
  if (shots.length > maxShots) {
    return [problem("shotsTooMany", "prompt", { limit: maxShots, actual: shots.length })];
  }
  const long = shots.find((shot) => shot.prompt.length > maxShotPrompt);
  if (long) {
    const args = { limit: maxShotPrompt, actual: long.prompt.length, unit: "characters" };
    return [problem("shotTooLong", "prompt", args)];
  }
  const total = shots.reduce((sum, { seconds }) => sum + seconds, 0);
  if (total === options.duration && shots.every(({ seconds }) => seconds >= 1)) return [];
  return [problem("shotsLength", "prompt", { limit: Number(options.duration), actual: total, unit: "s" })];
}

/** A prompt longer than the model takes. */
export function promptProblems({ prompt }: Pick<CheckedRequest, "prompt">, limit = maxPrompt): Problem[] {
  const actual = [...prompt].length;
  return actual > limit ? [problem("promptTooLong", "prompt", { limit, actual, unit: "characters" })] : [];
}

/** The fields of a legacy request for its prompt and shots (contract §4.1). */
export function legacyShots(
  prompt: string,
  shots: unknown,
): Record<string, string | boolean | { index: number; prompt: string; duration: string }[] | undefined> {
  if (shots === undefined || shots === "off") return { prompt: prompt === "" ? undefined : prompt };
  if (shots === "auto") return { multi_shot: true, shot_type: "intelligence", prompt };
  const list = (writtenShots(prompt) ?? []).map((shot, index) => ({
    index: index + 1,
    prompt: shot.prompt,
    duration: String(shot.seconds),
  }));
  return { multi_shot: true, shot_type: "customize", multi_prompt: list };
}
