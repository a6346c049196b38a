import type { Clock } from "../clock.ts";
import type { Links } from "../links.ts";
import type { Size } from "../media/scene.ts";
import { invalid, missing, Refusal } from "./codes.ts";
import { type Body, given, isGiven, textOf } from "./fields.ts";
import { checkPicture, checkTogether, decoded, measured } from "./pictures.ts";
import type { MediaRule, PicturesRule } from "./product.ts";

/** A picture taken in; `bytes` where the file itself is at hand. */
export type Picture = Size & { bytes?: Buffer };

/** `problem` is the code with which the task fails later on: the vendor looks at media after its answer. */
export type MediaFacts = Size & { seconds: number; problem?: number };

/** Reads what a body brings to work on (contract volcengine-visual §4, §6.3). Each throws a Refusal. */
export type Inputs = {
  pictures(body: Body, rule: PicturesRule): Picture[];
  media(body: Body, rules: Readonly<Record<string, MediaRule>>): Record<string, MediaFacts>;
  /** Remembers what a published file is. */
  know(url: string, facts: MediaFacts): void;
  reset(): void;
};

const BASE64 = "binary_data_base64";
const LINKS = "image_urls";
/** Hosts that are reserved for examples, and stand for a file as their query says: nothing is fetched. */
const SAMPLE_HOST = /^https?:\/\/(([\w-]+\.)*example\.(com|org|net)|([\w-]+\.)+example)\//;
const SAMPLE = { width: 1280, height: 720, seconds: 5.04, bytes: 2 ** 20 };

export function createInputs(links: Links, clock: Clock): Inputs {
  const known = new Map<string, MediaFacts>();

  /** The file behind a link of the simulator's own that is still alive. */
  const ownFile = (url: string, kind: string) => {
    const link = links.resolve(url);
    const alive = link !== undefined && clock.now() < link.expiresAt && link.type.startsWith(`${kind}/`);
    return alive ? link.bytes() : undefined;
  };
  const linkedPicture = (url: string, rule: PicturesRule): Picture => {
    const sample = sampleOf(url);
    if (sample !== undefined) {
      if (/\.(gif|webp|bmp|svg|heic)$/i.test(new URL(url).pathname)) throw new Refusal(50207);
      return checkPicture(sample, sample.bytes, rule.limits);
    }
    const bytes = ownFile(url, "image");
    if (bytes === undefined) throw new Refusal(50220);
    return { ...checkPicture(measured(bytes), bytes.length, rule.limits), bytes };
  };
  const filePicture = (text: string, rule: PicturesRule): Picture => {
    const bytes = decoded(text);
    return { ...checkPicture(measured(bytes), bytes.length, rule.limits), bytes };
  };
  const mediaOf = (
    url: string,
    { kind, seconds: [least, most], bytes = Number.POSITIVE_INFINITY }: MediaRule,
  ) => {
    const sample = sampleOf(url);
    const facts = known.get(url) ?? sample;
    if (facts === undefined || (sample === undefined && ownFile(url, kind) === undefined))
      throw new Refusal(50220);
    if ((sample?.bytes ?? 0) > bytes) throw new Refusal(kind === "video" ? 50211 : 50215);
    const problem =
      facts.seconds > most && kind === "video"
        ? 50214
        : facts.seconds > most || facts.seconds < least
          ? 50215
          : undefined;
    return { ...facts, ...(problem !== undefined && { problem }) };
  };

  return {
    pictures: (body, rule) => {
      const field = carrier(body, rule);
      const texts = field === undefined ? [] : listOf(body, field);
      if (texts.length < rule.least || texts.length > rule.most)
        throw invalid(`expected ${countText(rule)} in ${rule.fields.join(" or ")}, got ${texts.length}`);
      const pictures = texts.map((text) =>
        field === BASE64 ? filePicture(text, rule) : linkedPicture(text, rule),
      );
      checkTogether(pictures, rule);
      return pictures;
    },
    media: (body, rules) =>
      Object.fromEntries(
        Object.entries(rules).map(([field, rule]) => {
          const url = textOf(body, field);
          if (url === undefined)
            throw isGiven(body, field) ? invalid(`${field} must be a string`) : missing(field);
          return [field, mediaOf(url, rule)];
        }),
      ),
    know: (url, facts) => {
      known.set(url, facts);
    },
    reset: () => known.clear(),
  };
}

/** The field that carries the pictures; undefined where none does. */
function carrier(body: Body, { fields, both }: PicturesRule): string | undefined {
  const used = fields.filter((field) => isGiven(body, field));
  if (used.length > 1 && !both) throw invalid(`exactly one of ${fields.join(" and ")} is required`);
  if (fields.includes(LINKS) && !fields.includes(BASE64) && isGiven(body, BASE64))
    throw invalid(`${BASE64} is not supported`);
  return used[0];
}

/** `binary_data_base64` and `image_urls` are lists, the older fields are texts. */
function listOf(body: Body, field: string): string[] {
  const value = given(body, field);
  const isList = field === BASE64 || field === LINKS;
  const list: unknown[] = isList && Array.isArray(value) ? value : isList ? [undefined] : [value];
  if (!list.every((text) => typeof text === "string"))
    throw invalid(`${field} must be ${isList ? "an array of strings" : "a string"}`);
  return list;
}

function countText({ least, most }: PicturesRule): string {
  return least === most ? `${least} picture(s)` : `${least} to ${most} pictures`;
}

/** What stands behind an address of example.com and the like: `?width=…&height=…&seconds=…&bytes=…`. */
function sampleOf(url: string) {
  if (!SAMPLE_HOST.test(url) || !URL.canParse(url)) return undefined;
  const query = new URL(url).searchParams;
  const told = Object.entries(SAMPLE).map(([name, usual]) => [name, Number(query.get(name) ?? usual)]);
  return Object.fromEntries(told) as typeof SAMPLE;
}
