import { parseExact } from "../exact.ts";
import { invalid } from "./errors.ts";
import { type Body, objects, requiredText } from "./fields.ts";

/** An element ("subject") of the account or of the vendor (contract kling §6.1). */
export type Element = {
  id: bigint;
  name: string;
  description: string;
  referenceType: "image_refer" | "video_refer";
  images: { frontal_image?: string; refer_images?: { image_url: string }[] };
  videos: { refer_videos?: { video_url: string }[] };
  voice: Voice | undefined;
  tags: string[];
  ownedBy: string;
  deleted: boolean;
};

export type Voice = { id: string; name: string; trialUrl: string; ownedBy: string; deleted: boolean };

export const TAGS: Record<string, string> = {
  o_101: "Hottest",
  o_102: "Character",
  o_103: "Animal",
  o_104: "Item",
  o_105: "Costume",
  o_106: "Scene",
  o_107: "Effect",
  o_108: "Others",
};

/** The account's own id, in `owned_by`. */
export const OWNER = "1234567";

const PLAIN: Omit<Element, "id" | "name" | "description"> = {
  referenceType: "image_refer",
  images: {},
  videos: {},
  voice: undefined,
  tags: [],
  ownedBy: OWNER,
  deleted: false,
};

/** Elements that are there from the start, oldest first: the contract's examples. */
export function firstElements(picture: string): Element[] {
  const images = { frontal_image: picture, refer_images: [{ image_url: picture }] };
  const mia = { images, tags: ["o_102"], description: "girl with red hood" };
  return [
    { ...PLAIN, ...mia, id: 160n, name: "Preset", ownedBy: "kling" },
    { ...PLAIN, ...mia, id: 321922438904313n, name: "Mia" },
    { ...PLAIN, id: 829836802793406551n, name: "Big", description: "id above 2^53" },
  ];
}

/** The vendor's own voices for videos. */
export function firstVoices(trialUrl: string): Voice[] {
  return ["Calm narrator", "Bright girl"].map((name, index) => ({
    id: String(829824295735410756n + BigInt(index)),
    name,
    trialUrl,
    ownedBy: "kling",
    deleted: false,
  }));
}

/** The account's and the vendor's elements and voices. */
export type Library = { elements: Element[]; voices: Voice[] };

/** The elements that a legacy `element_list` names by JSON number, digit for digit. */
export function listedElements(body: Body, library: Library, most: number): Element[] {
  return objects(body, "element_list", most).map((item) => {
    const id = item.element_id;
    if (typeof id !== "number" && typeof id !== "bigint") throw invalid("element_id must be an int64 number");
    return findElement(library, id);
  });
}

/** A living element by id; text is legal where the new API and delete take it. */
export function findElement({ elements }: Library, id: unknown): Element {
  const wanted = typeof id === "string" && /^\d+$/.test(id) ? parseExact(id) : id;
  const element = elements.find((each) => !each.deleted && each.id === toBig(wanted));
  if (element === undefined) throw invalid(`element not found by id: ${String(id)}`);
  return element;
}

function toBig(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  return Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
}

/** The voices that a `voice_list` names. */
export function listedVoices(body: Body, library: Library): Voice[] {
  return objects(body, "voice_list", 2).map((item) => findVoice(library, requiredText(item, "voice_id")));
}

export function findVoice({ voices }: Library, id: string): Voice {
  const voice = voices.find((each) => !each.deleted && each.id === id);
  if (voice === undefined) throw invalid(`voice not found by id: ${id}`);
  return voice;
}

/** An element as answers show it. */
export function elementView(element: Element): Body {
  return {
    element_id: element.id,
    element_name: element.name,
    element_description: element.description,
    reference_type: element.referenceType,
    element_image_list: element.images,
    element_video_list: element.videos,
    element_voice_info: element.voice === undefined ? {} : voiceView(element.voice),
    tag_list: element.tags.map((id) => ({ id, name: TAGS[id] ?? "", description: "" })),
    owned_by: element.ownedBy,
    status: element.deleted ? "deleted" : "succeed",
  };
}

export function voiceView({ id, name, trialUrl, ownedBy }: Voice): Body {
  return { voice_id: id, voice_name: name, trial_url: trialUrl, owned_by: ownedBy };
}
