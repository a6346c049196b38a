import { type BodyObject, fileFields } from "../../wire/body.ts";
import { idOf, pictures, soundFile } from "../inputs.ts";
import * as option from "../options.ts";
import { perSecond } from "../prices.ts";
import type { Product } from "../product.ts";
import { promptProblems } from "../shots.ts";
import { videoDeadlineMs } from "./settings.ts";

const id = "kling-avatar";
const minSeconds = 2;
const maxSeconds = 300;

/** A picture of a person that speaks (contract §4.4). */
export const avatarProduct: Product = {
  model: { id, name: "Kling Avatar" },
  operation: "avatar",
  unit: "videoUnits",
  profile: {
    options: option.schemaOf({ mode: option.mode(["std", "pro"]), ...option.watermark() }),
    inputs: [pictures("person", 1, 1), soundFile(minSeconds, maxSeconds)],
    prompt: "optional",
    deadlineMs: videoDeadlineMs,
    check: (request) => promptProblems(request),
    estimate: ({ options, inputs = [] }) => {
      const known = inputs.find(({ role }) => role === "audio")?.seconds;
      const whole = known === undefined ? undefined : Math.ceil(known);
      return perSecond(id, "silent", options.mode, whole ?? minSeconds, whole ?? maxSeconds);
    },
  },
  legacy: {
    path: "/v1/videos/avatar/image2video",
    body: (ask) => ({
      ...fileFields("image", ask.files("person")),
      ...soundFields(ask.files("audio")),
      ...(ask.prompt === "" ? {} : { prompt: ask.prompt }),
      mode: String(ask.options.mode),
    }),
  },
};

/** A sound by the vendor's id, or as a file: never both. */
export function soundFields(sounds: Parameters<typeof fileFields>[1]): BodyObject {
  const known = idOf(sounds[0]?.url);
  return known === undefined ? fileFields("sound_file", sounds) : { audio_id: known };
}
