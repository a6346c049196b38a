import { invalid, unsupported } from "./errors.ts";
import { type Body, choice, flag, isGiven, objects, requiredText, text } from "./fields.ts";

const MOST_PROMPT = 2500;
const MOST_SHOT_PROMPT = 512;
const MOST_SHOTS = 6;

/** How a prompt that may be a list of shots is asked for. */
export type Shots = { multi: boolean; customized: boolean; prompt: string };

/**
 * `prompt`, `multi_shot`, `shot_type` and `multi_prompt` (contract kling §4.1): the prompt is needed unless the
 * shots are written out, and those add up to `seconds`.
 */
export function readShots(
  body: Body,
  model: { name: string; multiShot: boolean },
  seconds: number,
  promptNeeded: boolean,
): Shots {
  const multi = flag(body, "multi_shot") === true;
  if (multi && !model.multiShot) throw unsupported(model.name, "multi shot");
  const customized = multi && choice(body, "shot_type", ["customize", "intelligence"]) === "customize";
  const shots = objects(body, "multi_prompt", MOST_SHOTS, customized ? 1 : 0);
  if (shots.length > 0 && !customized)
    throw invalid("multi_prompt requires multi_shot true and shot_type customize");
  let total = 0;
  for (const [place, shot] of shots.entries()) {
    if (shot.index !== place + 1) throw invalid("multi_prompt index must count up from 1");
    requiredText(shot, "prompt", MOST_SHOT_PROMPT);
    const duration = requiredText(shot, "duration");
    if (!/^[1-9]\d?$/.test(duration)) throw invalid("multi_prompt duration must be at least 1");
    total += Number(duration);
  }
  if (customized && total !== seconds)
    throw invalid("the sum of multi_prompt durations must be equal to duration");
  if (promptNeeded && !customized && !isGiven(body, "prompt")) throw invalid("prompt is required");
  return { multi, customized, prompt: text(body, "prompt", MOST_PROMPT) ?? "" };
}

/** Refuses a `<<<kind_n>>>` of the prompt that has nothing behind it. */
export function checkMentions(prompt: string, counts: Record<string, number>): void {
  for (const [whole, kind = "", place] of prompt.matchAll(/<<<([a-z]+)_(\d+)>>>/g)) {
    const count = counts[kind];
    if (count !== undefined && !(Number(place) >= 1 && Number(place) <= count))
      throw invalid(`prompt refers to ${whole}, which is not given`);
  }
}
