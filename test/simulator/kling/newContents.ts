import type { Account } from "./account.ts";
import { invalid } from "./errors.ts";
import { type Body, choice, objects, requiredText, text } from "./fields.ts";
import type { Input } from "./inputs.ts";
import { type Element, findElement, findVoice } from "./library.ts";

const TYPES = [
  "prompt",
  "first_frame",
  "last_frame",
  "refer_image",
  "feature_video",
  "base_video",
  "image",
  "video",
  "element",
  "voice",
] as const;
type ContentType = (typeof TYPES)[number];

type Contents = {
  prompt: string;
  images: Partial<Record<ContentType, Input[]>>;
  films: Partial<Record<ContentType, Input>>;
  elements: Element[];
  voices: number;
};

/** Reads `contents[]`: items of the `allowed` types, each name used once. Throws a Refusal. */
export function readContents(body: Body, allowed: readonly ContentType[], account: Account): Contents {
  const contents: Contents = { prompt: "", images: {}, films: {}, elements: [], voices: 0 };
  const names = new Set<string>();
  for (const item of objects(body, "contents", 20, 1)) {
    const type = choice(item, "type", allowed);
    const name = text(item, "id");
    if (name !== undefined && names.has(name)) throw invalid(`contents id '${name}' is used twice`);
    if (name !== undefined) names.add(name);
    if (type === "prompt") contents.prompt = requiredText(item, "text");
    else if (type === "element")
      contents.elements.push(findElement(account.library, requiredText(item, "element_id")));
    else if (type === "voice") {
      findVoice(account.library, requiredText(item, "voice_id"));
      contents.voices += 1;
    } else if (type.endsWith("video")) {
      requiredText(item, "url");
      const film = account.inputs.video(item, "url", { seconds: [3, 30.1], sides: [340, 4553] });
      if (contents.films[type] !== undefined) throw invalid(`contents has more than one ${type}`);
      if (film !== undefined) contents.films[type] = film;
    } else {
      const list = contents.images[type] ?? [];
      if (type !== "refer_image" && list.length > 0) throw invalid(`contents has more than one ${type}`);
      contents.images[type] = [...list, account.inputs.imageText(requiredText(item, "url"), "url")];
    }
  }
  return contents;
}
