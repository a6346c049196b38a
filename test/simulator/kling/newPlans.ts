import type { Account } from "./account.ts";
import { invalid, unsupported } from "./errors.ts";
import { type Body, choice, object, requiredText } from "./fields.ts";
import type { Input } from "./inputs.ts";
import { readContents } from "./newContents.ts";
import { HD, MODES, type NewModel, O1, OMNI, TURBO, V3, V25, V26 } from "./newModels.ts";
import { checkPrompt, readSettings, type Settings } from "./newSettings.ts";
import type { Plan } from "./plan.ts";
import { type Asked, videoPrice } from "./prices.ts";
import { sizeLike, videoSize } from "./size.ts";

/** One newer path and the models behind it. */
export type Family = {
  path: string;
  models: Record<string, NewModel>;
  check(body: Body, model: NewModel, account: Account): Plan;
};

function byName(...models: NewModel[]): Record<string, NewModel> {
  return Object.fromEntries(models.map((model) => [model.name, model]));
}

function planOf(model: NewModel, operation: string, asked: Asked, settings: Settings, inputs: Input[]): Plan {
  const { mode, seconds, audio, ratio } = settings;
  const [first] = inputs;
  const size = ratio === undefined && first ? sizeLike(first.facts, mode) : videoSize(ratio ?? "16:9", mode);
  return {
    model: model.legacy,
    operation,
    price: videoPrice(model.legacy, asked, mode, seconds),
    slots: 1,
    outputs: [{ kind: "video", size, seconds: seconds + 0.04, sound: audio !== "off" }],
    inputs,
  };
}

const NATIVE = ["native", "off"] as const;

export const FAMILIES: Family[] = [
  {
    path: "text-to-video",
    models: byName(TURBO, V3, V26, V25),
    check: (body, model) => {
      const settings = readSettings(body, model, NATIVE);
      checkPrompt(requiredText(body, "prompt"), model.prompt.text, settings);
      const asked = settings.audio === "native" ? "sound" : "silent";
      return planOf(model, "text-to-video", asked, settings, []);
    },
  },
  {
    path: "image-to-video",
    models: byName(TURBO, V3, V26, V25),
    check: (body, model, account) => {
      const settings = { ...readSettings(body, model, NATIVE), ratio: undefined };
      const types = ["prompt", "first_frame", "last_frame", "element", "voice"] as const;
      const { prompt, images, elements, voices } = readContents(body, types, account);
      checkPrompt(prompt, model.prompt.image, settings);
      const [first] = images.first_frame ?? [];
      const [last] = images.last_frame ?? [];
      if (first === undefined) throw invalid("first_frame is required");
      if (last && (model.lastFrame === "none" || (model.lastFrame === "1080p" && settings.mode !== "pro")))
        throw unsupported(model.name, "last_frame");
      if (elements.length > model.elements) throw unsupported(model.name, `${elements.length} elements`);
      if (voices > model.voices) throw unsupported(model.name, `${voices} voices`);
      if (voices > 0 && settings.audio === "off") throw invalid("voice requires audio native");
      const asked = voices > 0 ? "voice" : settings.audio === "native" ? "sound" : "silent";
      const inputs = last === undefined ? [first] : [first, last];
      return planOf(
        model,
        last === undefined ? "image-to-video" : "frames-to-video",
        asked,
        settings,
        inputs,
      );
    },
  },
  {
    path: "omni-video",
    models: byName(OMNI, O1),
    check: (body, model, account) => {
      const settings = readSettings(body, model, ["native", "original", "off"]);
      const contents = readContents(
        body,
        ["prompt", "first_frame", "last_frame", "refer_image", "feature_video", "base_video", "element"],
        account,
      );
      const { prompt, images, films, elements } = contents;
      if (prompt === "") throw invalid("prompt is required");
      checkPrompt(prompt, model.prompt.image, settings);
      const frames = [...(images.first_frame ?? []), ...(images.last_frame ?? [])];
      if (images.last_frame !== undefined && images.first_frame === undefined)
        throw invalid("last_frame requires first_frame");
      const { feature_video: feature, base_video: base } = films;
      if (feature !== undefined && base !== undefined) throw invalid("only one video is supported");
      if (feature !== undefined && (settings.audio !== "off" || !settings.multi))
        throw invalid("feature_video requires audio off and multi_shot true");
      const plainSettings = object(body, "settings") ?? {};
      if (
        base !== undefined &&
        (frames.length > 0 || plainSettings.multi_shot === true || settings.audio === "native")
      )
        throw invalid("base_video cannot be used with frames, multi_shot or native audio");
      if (settings.audio === "original" && base === undefined)
        throw invalid("audio original requires base_video");
      const film = base ?? feature;
      const references = images.refer_image ?? [];
      const most = film === undefined ? 7 : 4;
      if (frames.length + references.length + elements.length > most)
        throw invalid(`the total number of images and elements cannot exceed ${most}`);
      if (frames.length === 0 && base === undefined && settings.ratio === undefined)
        throw invalid("aspect_ratio is required");
      const inputs = [...frames, ...(film ? [film] : []), ...references];
      const asked = film ? "video" : settings.audio === "native" ? "sound" : "silent";
      const framed = [undefined, "image-to-video", "frames-to-video"][frames.length];
      const operation = base
        ? "edit-video"
        : film || references.length > 0
          ? "references-to-video"
          : "text-to-video";
      return planOf(model, framed ?? operation, asked, settings, inputs);
    },
  },
  {
    path: "motion-control",
    models: byName(V3, V26),
    check: (body, model, account) => {
      const settings = object(body, "settings") ?? {};
      choice(settings, "character_orientation", ["image", "video"]);
      const audio = choice(settings, "audio", ["original", "off"], "original");
      const resolution = choice(settings, "resolution", HD, "720p");
      const { images, films, elements } = readContents(
        body,
        ["image", "video", "prompt", "element"],
        account,
      );
      const [person] = images.image ?? [];
      const dance = films.video;
      if (person === undefined || dance === undefined) throw invalid("image and video are required");
      if (elements.length > (model === V3 ? 1 : 0))
        throw unsupported(model.name, `${elements.length} elements`);
      const seconds = Math.ceil(dance.facts.seconds);
      const whole = { mode: MODES[resolution], seconds, audio, multi: false, ratio: undefined };
      return planOf(model, "motion-control", "motion", whole, [person, dance]);
    },
  },
];
