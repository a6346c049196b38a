import { invalid, unsupported } from "./errors.ts";
import { type Body, choice, flag, integer, isGiven, object } from "./fields.ts";
import { type Mode, RATIOS } from "./models.ts";
import { MODES, type NewModel } from "./newModels.ts";

/** `settings` as the products need them. */
export type Settings = {
  mode: Mode;
  seconds: number;
  audio: string;
  multi: boolean;
  ratio: string | undefined;
};

export function readSettings(body: Body, model: NewModel, audios: readonly string[]): Settings {
  const settings = object(body, "settings") ?? {};
  const resolution = choice(settings, "resolution", model.resolutions, "720p");
  const seconds = integer(settings, "duration", model.seconds.least, model.seconds.most) ?? 5;
  if ((seconds - model.seconds.least) % model.seconds.step !== 0)
    throw invalid(`duration value '${seconds}' is invalid`);
  const audio = choice(settings, "audio", audios, model.audio === "always" ? "native" : "off");
  if (audio === "off" && model.audio === "always") throw unsupported(model.name, "audio off");
  if (audio === "native" && (model.audio === "none" || (model.audio === "1080p" && resolution !== "1080p")))
    throw unsupported(model.name, `native audio in ${resolution}`);
  const multi = flag(settings, "multi_shot");
  if (multi === true && !model.multiShot) throw unsupported(model.name, "multi shot");
  const ratio = isGiven(settings, "aspect_ratio") ? choice(settings, "aspect_ratio", RATIOS) : undefined;
  return { mode: MODES[resolution], seconds, audio, multi: multi ?? model.multiShot, ratio };
}

/** `shot n, m, words;` one after the other: at most six, adding up to the length. */
export function checkPrompt(prompt: string, most: number, { multi, seconds }: Settings): void {
  if ([...prompt].length > most) throw invalid(`the length of prompt cannot exceed ${most}`);
  if (!multi || !/^\s*shot \d+,/i.test(prompt)) return;
  const shots = [...prompt.matchAll(/shot (\d+),\s*(\d+),\s*([^;]*);/gi)];
  const inOrder = shots.every(([, place], at) => Number(place) === at + 1);
  const total = shots.reduce((sum, [, , length]) => sum + Number(length), 0);
  if (shots.length > 6 || !inOrder || shots.some(([, , length]) => Number(length) < 1))
    throw invalid("the shots of the prompt are invalid");
  if (shots.some(([, , , words = ""]) => [...words].length > 512))
    throw invalid("the length of a shot cannot exceed 512");
  if (total !== seconds) throw invalid("the sum of shot durations must be equal to duration");
}
