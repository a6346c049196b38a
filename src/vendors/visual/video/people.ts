import { named, productOf, promptField } from "../build.ts";
import {
  linkedPicture,
  linkedPortrait,
  linkedSound,
  linkedVideo,
  linkOf,
  picture,
  pictureFields,
} from "../inputs.ts";
import * as option from "../options.ts";
import { byLength } from "../prices.ts";
import type { Product } from "../product.ts";

const sync2async = { pair: "sync2async" } as const;
const submit = { pair: "submit" } as const;
const hidden = ["aigc_meta"] as const;
const basic = { level: "basic" } as const;

/** Most seconds of a sound that a talking picture takes: longer ones are accepted and then fail (contract §6.2). */
const maxSpeech = 60;
const maxMotion = 30;
/** Longest prompt of a talking picture, in characters (contract §6.3). */
const maxAvatarPrompt = 300;

const motion1 = productOf({
  model: { id: "dreamactor-1.0", name: "DreamActor M1" },
  operation: "motion-control",
  key: "jimeng_dream_actor_m1_gen_video_cv",
  call: sync2async,
  result: hidden,
  prompt: "none",
  inputs: [linkedPicture("person"), linkedVideo({ maxSeconds: maxMotion })],
  body: (ask) => ({ image_url: linkOf(ask.files("person")), video_url: linkOf(ask.files("video")) }),
  estimate: (input) => byLength("motion1", input, "video", [1, maxMotion]),
});

const motion2 = productOf({
  model: { id: "dreamactor-2.0", name: "DreamActor M2.0" },
  operation: "motion-control",
  key: "jimeng_dreamactor_m20_gen_video",
  call: sync2async,
  result: hidden,
  prompt: "none",
  inputs: [picture("person"), linkedVideo({ maxSeconds: maxMotion })],
  options: { cutFirstSecond: option.flag("cutFirstSecond", true), seed: option.seed() },
  body: (ask) => ({
    ...pictureFields(ask.files("person")),
    video_url: linkOf(ask.files("video")),
    ...named(ask.options, { seed: "seed", cutFirstSecond: "cut_result_first_second_switch" }),
  }),
  estimate: (input) => byLength("motion2", input, "video", [1, maxMotion]),
});

const omniHuman1 = productOf({
  model: { id: "omnihuman-1.0", name: "OmniHuman 1.0" },
  operation: "avatar",
  key: "jimeng_realman_avatar_picture_omni_v2",
  call: submit,
  result: [],
  prompt: "none",
  inputs: [linkedPortrait(), linkedSound({ maxSeconds: maxSpeech })],
  body: (ask) => ({ image_url: linkOf(ask.files("person")), audio_url: linkOf(ask.files("audio")) }),
  estimate: (input) => byLength("omni1", input, "audio", [1, maxSpeech]),
});

/** With a subject chosen, the people in the picture are looked for first, see `subjects.ts`; `mask_url` is added then. */
export const omniHuman15 = productOf({
  model: { id: "omnihuman-1.5", name: "OmniHuman 1.5" },
  operation: "avatar",
  key: "jimeng_realman_avatar_picture_omni_v15",
  call: submit,
  result: [],
  prompt: "optional",
  maxPrompt: maxAvatarPrompt,
  inputs: [linkedPortrait(), linkedSound({ maxSeconds: maxSpeech })],
  options: {
    resolution: option.choice("clipResolution", ["720p", "1080p"], "1080p", { ...basic, cost: true }),
    subject: option.integer("subject", 0, 5, 0),
    fast: option.flag("fast", false, { cost: true }),
    seed: option.seed(),
  },
  body: (ask) => ({
    image_url: linkOf(ask.files("person")),
    audio_url: linkOf(ask.files("audio")),
    ...promptField(ask),
    ...named(ask.options, { seed: "seed", fast: "pe_fast_mode" }),
    output_resolution: ask.options.resolution === "720p" ? 720 : 1080,
  }),
  estimate: (input) => byLength("omni15", input, "audio", [1, maxSpeech]),
});

/** Anyone's own double, made in the vendor's console and named by its id. */
const clonedAvatar = productOf({
  model: { id: "cloned-avatar", name: "Cloned Avatar" },
  operation: "avatar",
  key: "realman_avatar_creation_task",
  call: submit,
  result: [],
  prompt: "none",
  inputs: [linkedSound()],
  options: { avatarId: option.words("avatarId", 200, "250623-zhibo-linyunzhi", basic) },
  body: (ask) => ({
    ...named(ask.options, { avatarId: "resource_id" }),
    audio_url: linkOf(ask.files("audio")),
  }),
});

const minTranslated = 5;
const maxTranslated = 180;

const translation = productOf({
  model: { id: "video-translation-2", name: "Video Translation 2", preview: true },
  operation: "edit-video",
  key: "video_translate_v2_cvtob",
  call: sync2async,
  result: [],
  prompt: "none",
  inputs: [linkedVideo({ minSeconds: minTranslated, maxSeconds: maxTranslated })],
  options: {
    fromLanguage: option.words("fromLanguage", 20, "zh", basic),
    toLanguage: option.words("toLanguage", 20, "en", basic),
  },
  body: (ask) => ({
    video_url: linkOf(ask.files("video")),
    ...named(ask.options, { fromLanguage: "src_language", toLanguage: "target_language" }),
  }),
  estimate: (input) => byLength("translate", input, "video", [minTranslated, maxTranslated]),
});

/** People who speak and move, and clips in another language (contract §6.2). */
export const peopleProducts: readonly Product[] = [
  motion2,
  motion1,
  omniHuman15,
  omniHuman1,
  clonedAvatar,
  translation,
];
