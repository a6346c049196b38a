import type { Account } from "../account.ts";
import { invalid } from "../errors.ts";
import { type Body, choice, isGiven, object, objects, requiredText, text } from "../fields.ts";
import { type Element, findElement, findVoice, OWNER, TAGS, type Voice } from "../library.ts";
import type { Product } from "../plan.ts";
import { units } from "../prices.ts";

/** `POST /v1/general/advanced-custom-elements` (contract kling §6.1); free. */
export const CREATE_ELEMENT: Product = {
  path: "/v1/general/advanced-custom-elements",
  pack: "element",
  check: (body, account) => {
    const { library, maker, ids } = account;
    const name = requiredText(body, "element_name", 20);
    const description = requiredText(body, "element_description", 100);
    const referenceType = choice(body, "reference_type", ["image_refer", "video_refer"]);
    const voiceId = text(body, "element_voice_id");
    const voice = voiceId === undefined ? undefined : findVoice(library, voiceId);
    const tags = readTags(body);
    const filmed = referenceType === "video_refer";
    const sources = filmed ? readVideos(body, account) : readPictures(body, account);
    const element: Element = {
      id: ids.element(),
      name,
      description,
      referenceType,
      images: filmed
        ? {}
        : {
            frontal_image: maker.picture(`${name}/front`),
            refer_images: sources.slice(1).map((_, at) => ({ image_url: maker.picture(`${name}/${at}`) })),
          },
      videos: filmed ? { refer_videos: [{ video_url: sources[0]?.url ?? "" }] } : {},
      voice,
      tags,
      ownedBy: OWNER,
      deleted: false,
    };
    return {
      model: "element",
      operation: "element",
      price: undefined,
      slots: 1,
      outputs: [{ kind: "element", element }],
      inputs: sources,
    };
  },
};

function readTags(body: Body): string[] {
  return objects(body, "tag_list", Object.keys(TAGS).length).map((item) => {
    const id = requiredText(item, "tag_id");
    if (!Object.hasOwn(TAGS, id)) throw invalid(`tag_id value '${id}' is invalid`);
    return id;
  });
}

function readPictures(body: Body, { inputs }: Account) {
  const list = object(body, "element_image_list");
  if (list === undefined) throw invalid("element_image_list is required");
  const front = inputs.requiredImage(list, "frontal_image");
  const others = objects(list, "refer_images", 3, 1).map((item) => inputs.requiredImage(item, "image_url"));
  return [front, ...others].map((input) => ({ ...input, url: "" }));
}

function readVideos(body: Body, { inputs }: Account) {
  const list = object(body, "element_video_list");
  if (list === undefined) throw invalid("element_video_list is required");
  return objects(list, "refer_videos", 1, 1).map((item) => {
    const url = requiredText(item, "video_url");
    const input = inputs.video(item, "video_url", { seconds: [3, 8], sides: [720, 2160] });
    return { facts: { width: 0, height: 0, seconds: 0, fps: 0 }, ...input, url };
  });
}

/** `POST /v1/general/custom-voices` (contract kling §6.2). */
export const CREATE_VOICE: Product = {
  path: "/v1/general/custom-voices",
  pack: "voice",
  mostPageSize: 1000,
  check: (body, account) => {
    const name = requiredText(body, "voice_name", 20);
    if (isGiven(body, "voice_url") === isGiven(body, "video_id"))
      throw invalid("exactly one of voice_url and video_id is required");
    const { ids, maker, inputs } = account;
    const videoId = text(body, "video_id");
    if (videoId !== undefined && !account.video(videoId).video.sound) throw invalid("the video has no voice");
    const source = inputs.voiceLink(body, "voice_url", [5, 30]);
    const voice: Voice = {
      id: ids.next(),
      name,
      trialUrl: maker.speech(5).url,
      ownedBy: OWNER,
      deleted: false,
    };
    return {
      model: "voice",
      operation: "voice",
      price: units(0.05),
      slots: 1,
      outputs: [{ kind: "voice", voice }],
      inputs: [source],
    };
  },
};

/** Deletes one of the account's own elements; its id is a text here (contract kling §6.1). */
export function deleteElement(body: Body, { library, ids }: Account): Body {
  const element = findElement(library, requiredText(body, "element_id"));
  if (element.ownedBy !== OWNER) throw invalid("only custom elements can be deleted");
  element.deleted = true;
  return { task_id: ids.next(), task_status: "succeed" };
}

/** Deletes one of the account's own voices (contract kling §6.2). */
export function deleteVoice(body: Body, { library, ids }: Account): Body {
  const voice = findVoice(library, requiredText(body, "voice_id"));
  if (voice.ownedBy !== OWNER) throw invalid("only custom voices can be deleted");
  voice.deleted = true;
  return { task_id: ids.next(), task_status: "succeed" };
}
