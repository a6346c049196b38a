import type { Body } from "../fields.ts";
import type { VideoModel } from "./models.ts";
import { ratioNames } from "./size.ts";

type Reader = (text: string, model: VideoModel) => unknown;

const bool: Reader = (text) => (text === "true" || text === "false" ? text === "true" : undefined);
const whole: Reader = (text) => (/^-?\d+$/.test(text) ? Number(text) : undefined);

/** Field and reader of a flag. A reader gives nothing for a value that is to be ignored. */
const FLAGS: Record<string, readonly [field: string, read: Reader]> = {
  rs: ["resolution", (text, model) => (Object.hasOwn(model.resolutions, text) ? text : undefined)],
  rt: ["ratio", (text) => (ratioNames.includes(text) ? text : undefined)],
  dur: ["duration", whole],
  frames: ["frames", whole],
  seed: ["seed", whole],
  cf: ["camera_fixed", bool],
  wm: ["watermark", bool],
};

const LONG: Record<string, string> = {
  resolution: "rs",
  ratio: "rt",
  duration: "dur",
  camerafixed: "cf",
  watermark: "wm",
};

/**
 * The old way of writing fields at the end of the prompt (contract ark §3.3). An illegal number is refused as
 * the field would be, other illegal values are ignored. Which wins against a field is undocumented: here the field.
 */
export function withFlags(body: Body, prompt: string, model: VideoModel): Body {
  const told: Body = {};
  for (const [, name = "", text = ""] of prompt.matchAll(/(?:^|\s)--([a-z]+)\s+(\S+)/g)) {
    const flag = FLAGS[LONG[name] ?? name];
    if (flag === undefined) continue;
    const [field, read] = flag;
    const value = read(text, model);
    if (value !== undefined) told[field] = value;
  }
  return { ...told, ...body };
}
