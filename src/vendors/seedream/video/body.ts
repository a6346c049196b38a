import type { InputFile, VendorRequest } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { type BodyObject, DataUriPart, encodeBody } from "../../wire/body.ts";
import type { VideoPlan } from "./plan.ts";

type Item = { type: "image_url" | "video_url" | "audio_url"; role: string };

/** What an input becomes in `content`, by its role here (contract §3.2). */
const items: Partial<Record<InputFile["role"], Item>> = {
  firstFrame: { type: "image_url", role: "first_frame" },
  lastFrame: { type: "image_url", role: "last_frame" },
  reference: { type: "image_url", role: "reference_image" },
  video: { type: "video_url", role: "reference_video" },
  audio: { type: "audio_url", role: "reference_audio" },
};

/** The vendor's spelling of a media type in a data URI, where it is not the usual one. */
const spelled: Readonly<Record<string, string>> = { "audio/mpeg": "audio/mp3" };

/**
 * The body as UTF-8 JSON: `fields` and `content`: the prompt, then the files, those of a kind in the order given, because prompts
 * count them. A final's content is its draft alone.
 */
export function videoBody(
  fields: BodyObject,
  plan: VideoPlan,
  { prompt, inputs }: Pick<VendorRequest, "prompt" | "inputs">,
): Promise<Uint8Array> {
  if (plan.step === "final") {
    const draft = { type: "draft_task", draft_task: { id: String(plan.options.draftTask) } };
    return encodeBody({ ...fields, content: [draft] });
  }
  const words = prompt === "" ? [] : [{ type: "text", text: prompt }];
  return encodeBody({ ...fields, content: [...words, ...inFront(inputs).map(mediaItem)] });
}

function mediaItem(input: InputFile): BodyObject {
  const item = items[input.role];
  // A video as a data URI would be refused; nothing is sent that is known to be.
  if (!item || (item.type === "video_url" && input.url === undefined)) {
    throw new VendorError({ reason: "invalid", sent: "no", field: input.role });
  }
  const { url } = input;
  const media = {
    ...input,
    type: spelled[input.type] ?? input.type,
    ...(url !== undefined && { url: addressed(url) }),
  };
  return { type: item.type, [item.type]: { url: new DataUriPart(media) }, role: item.role };
}

/** A bare id is one of the account's library (contract §3.2). */
function addressed(url: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `asset://${url}`;
}

/** Pictures, then videos, then sounds; a first frame before a last. */
function inFront(inputs: readonly InputFile[]): InputFile[] {
  const order = Object.keys(items);
  return [...inputs].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}
