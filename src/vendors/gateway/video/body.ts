import type { OptionValues } from "../../../model/options.ts";
import type { InputFile } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { type BodyObject, type BodyValue, DataUriPart } from "../../wire/body.ts";
import { wireSize } from "../images/sizes.ts";
import { number, seedOf, text, toggle } from "../values.ts";
import type { VideoForm } from "./form.ts";

/** Where the forms go (contract §6). */
export const videoPaths: Readonly<Record<VideoForm["path"], string>> = {
  video: "/api/v1/services/aigc/video-generation/video-synthesis",
  keyframes: "/api/v1/services/aigc/image2video/video-synthesis",
};

/** What a body is made of. `model` is the id on the wire; `options` only those the form has. */
export interface VideoAsk {
  model: string;
  prompt: string;
  options: OptionValues;
  inputs: readonly InputFile[];
}

/** The body of a request (contract §6): flat fields or a list of media, as the model's generation has it. */
export function videoBody(form: VideoForm, ask: VideoAsk): BodyObject {
  const { options } = ask;
  const template = text(options.template);
  return {
    model: ask.model,
    input: {
      // With a template the vendor does not look at the prompt.
      prompt: template === undefined ? text(ask.prompt) : undefined,
      negative_prompt: text(options.negativePrompt),
      template,
      ...inputFields(form, ask.inputs),
    },
    parameters: parametersOf(form, ask),
  };
}

function inputFields(form: VideoForm, inputs: readonly InputFile[]): BodyObject {
  const fields: Record<string, BodyValue> = {};
  const media: Record<string, BodyValue>[] = [];
  const lists = new Map<string, DataUriPart[]>();
  for (const input of inOrder(form, inputs)) {
    const member = form.members[input.role];
    if (!member) throw new VendorError({ reason: "invalid", sent: "no", field: input.role });
    if (input.url === undefined && takesLinks(form, input)) {
      throw new VendorError({ reason: "invalid", sent: "no", field: input.role, next: "checkLink" });
    }
    const part = new DataUriPart(input);
    if (member.as === "field") fields[member.name] = part;
    else if (member.as === "list") lists.set(member.name, [...(lists.get(member.name) ?? []), part]);
    else if (member.as === "media") media.push({ type: member.name, url: part });
  }
  const voices = inputs.filter(({ role }) => form.members[role]?.as === "voice");
  for (const [index, voice] of voices.entries()) {
    const item = media.filter(({ type }) => String(type).startsWith("reference_"))[index];
    if (item) item.reference_voice = new DataUriPart(voice);
  }
  return { ...fields, ...Object.fromEntries(lists), ...(media.length > 0 ? { media } : {}) };
}

/** In the order of the form's slots, and within one in the order given: prompts count them. */
function inOrder(form: VideoForm, inputs: readonly InputFile[]): InputFile[] {
  const order = form.inputs.map(({ role }) => role);
  return [...inputs].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}

function takesLinks(form: VideoForm, { role }: InputFile): boolean {
  return form.inputs.some((slot) => slot.role === role && slot.takes === "link");
}

/** What the price depends on is always sent where the model takes it: left out, it is the dearest (contract §11). */
function parametersOf(form: VideoForm, { options, inputs }: VideoAsk): BodyObject {
  const size = text(options.size);
  const extended = toggle(options.promptExtension);
  return {
    size: size && wireSize(size),
    resolution: fixedResolution(form) ?? text(options.resolution),
    ratio: ratioOf(form, options, inputs),
    duration: number(options.duration),
    audio: toggle(options.sound),
    audio_setting: text(options.audioSetting),
    prompt_extend: extended,
    // The vendor takes it only where it may rewrite the prompt.
    shot_type: extended === false ? undefined : text(options.shotType),
    watermark: toggle(options.watermark),
    seed: seedOf(options),
  };
}

/** The one resolution of a model that has no other. */
function fixedResolution({ fineness: { by, values } }: VideoForm): string | undefined {
  return by === "resolution" && values.length === 1 ? values[0] : undefined;
}

/** What goes in may have a ratio of its own. */
function ratioOf(form: VideoForm, { ratio }: OptionValues, inputs: readonly InputFile[]): string | undefined {
  const asInput = form.ratio?.asInput && ratio === "adaptive";
  const asFrame = form.ratio?.asFrame && inputs.some(({ role }) => role === "firstFrame");
  return asInput || asFrame ? undefined : text(ratio);
}
