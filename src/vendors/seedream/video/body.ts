import type { InputFile, VendorRequest } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { assemble, type BodyPart, mediaPart } from "../body.ts";
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
export async function videoBody(
  fields: Record<string, unknown>,
  plan: VideoPlan,
  { prompt, inputs }: Pick<VendorRequest, "prompt" | "inputs">,
): Promise<Uint8Array> {
  const head = `${JSON.stringify(fields).slice(0, -1)},"content":[`;
  if (plan.step === "final") {
    const id = String(plan.options.draftTask);
    return assemble([head, JSON.stringify({ type: "draft_task", draft_task: { id } }), "]}"]);
  }
  const content: BodyPart[][] = prompt === "" ? [] : [[JSON.stringify({ type: "text", text: prompt })]];
  for (const input of inFront(inputs)) content.push(await mediaItem(input));
  const separated = content.flatMap((parts, index) => (index === 0 ? parts : [",", ...parts]));
  return assemble([head, ...separated, "]}"]);
}

async function mediaItem(input: InputFile): Promise<BodyPart[]> {
  const item = items[input.role];
  // A video as a data URI would be refused; nothing is sent that is known to be.
  if (!item || (item.type === "video_url" && input.url === undefined)) {
    throw new VendorError({ reason: "invalid", sent: "no", field: input.role });
  }
  const media = await mediaPart(addressed(input), spelled[input.type] ?? input.type);
  return [`{"type":"${item.type}","${item.type}":{"url":`, media, `},"role":"${item.role}"}`];
}

/** A bare id is one of the account's library (contract §3.2). */
function addressed(input: InputFile): InputFile {
  const { url } = input;
  return url === undefined || /^[a-z][a-z0-9+.-]*:/i.test(url) ? input : { ...input, url: `asset://${url}` };
}

/** Pictures, then videos, then sounds; a first frame before a last. */
function inFront(inputs: readonly InputFile[]): InputFile[] {
  const order = Object.keys(items);
  return [...inputs].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}
