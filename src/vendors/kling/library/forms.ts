import type { InputSlot, ModelOperation } from "../../../model/catalog.ts";
import type { LibraryDraft, LibraryShelf } from "../../contract.ts";
import { type BodyObject, FilePart, fileFields } from "../../wire/body.ts";
import { idOf, pictures, videoLink } from "../inputs.ts";
import * as option from "../options.ts";
import { perCall } from "../prices.ts";
import { promptProblems } from "../shots.ts";

const maxName = 20;
const maxDescription = 100;
const deadlineMs = 5 * 60_000;

/** What an element is, by the vendor's tags (contract §6.1). */
const tags = ["none", "o_102", "o_103", "o_104", "o_105", "o_106", "o_107", "o_108"];

function element(inputs: readonly InputSlot[]): ModelOperation {
  return {
    options: option.schemaOf({
      name: option.words("libraryName", maxName, undefined, { level: "basic" }),
      tag: option.choice("elementTag", tags, "none"),
      voice: option.words("elementVoice", 40, ""),
    }),
    inputs,
    prompt: "required",
    deadlineMs,
    check: (request) => promptProblems(request, maxDescription),
    estimate: () => ({ kind: "free" }),
  };
}

/** A voice to copy: a public link to a sound of five to thirty seconds, or the id of a video of Kling's in which it is heard. */
const voiceSlot: InputSlot = {
  role: "audio",
  kind: "audio",
  min: 1,
  max: 1,
  limits: { types: ["audio/mpeg", "audio/wav"], maxBytes: 50 * 1024 * 1024, minSeconds: 5, maxSeconds: 30 },
  takes: "link",
  ids: "also",
};

/** What can be added to the library, and from what (contract §6.1, §6.2). */
export const shelves: readonly LibraryShelf[] = [
  {
    id: "elements",
    forms: [
      { id: "elementFromImages", profile: element([pictures("source", 1, 1), pictures("reference", 1, 3)]) },
      { id: "elementFromVideo", profile: element([videoLink({ minSeconds: 3, maxSeconds: 8 })]) },
    ],
  },
  {
    id: "voices",
    forms: [
      {
        id: "voiceFromSound",
        profile: {
          options: option.schemaOf({
            name: option.words("libraryName", maxName, undefined, { level: "basic" }),
          }),
          inputs: [voiceSlot],
          prompt: "none",
          deadlineMs,
          estimate: () => perCall(0.05),
        },
      },
    ],
  },
];

/** The body that adds a draft. */
export function draftBody(draft: LibraryDraft): BodyObject {
  const { options, inputs, prompt } = draft;
  const files = (role: string) => inputs.filter((input) => input.role === role);
  const name = String(options.name ?? "");
  if (draft.shelf === "voices") {
    const url = files("audio")[0]?.url ?? "";
    const id = idOf(url);
    return { voice_name: name, ...(id === undefined ? { voice_url: url } : { video_id: id }) };
  }
  const isFilmed = draft.form === "elementFromVideo";
  return {
    element_name: name,
    element_description: prompt,
    reference_type: isFilmed ? "video_refer" : "image_refer",
    ...(isFilmed
      ? {
          element_video_list: {
            refer_videos: files("video").map((file) => ({ video_url: new FilePart(file) })),
          },
        }
      : {
          element_image_list: {
            ...fileFields("frontal_image", files("source")),
            refer_images: files("reference").map((file) => ({ image_url: new FilePart(file) })),
          },
        }),
    ...(options.voice ? { element_voice_id: String(options.voice) } : {}),
    ...(options.tag !== undefined && options.tag !== "none"
      ? { tag_list: [{ tag_id: String(options.tag) }] }
      : {}),
  };
}
