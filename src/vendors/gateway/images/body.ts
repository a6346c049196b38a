import type { OptionValues } from "../../../model/options.ts";
import type { InputFile } from "../../contract.ts";
import type { BodyObject } from "../../wire/body.ts";
import { DataUriPart } from "../../wire/body.ts";
import { number, seedOf, text, toggle } from "../values.ts";
import type { Family, ImageForm } from "./profiles.ts";
import { asPicture, wireSize } from "./sizes.ts";

/** Where each family goes (contract §5). */
export const imagePaths: Readonly<Record<Family, string>> = {
  answer: "/api/v1/services/aigc/multimodal-generation/generation",
  promptTask: "/api/v1/services/aigc/text2image/image-synthesis",
  editTask: "/api/v1/services/aigc/image2image/image-synthesis",
  translateTask: "/api/v1/services/aigc/image2image/image-synthesis",
  messageTask: "/api/v1/services/aigc/image-generation/generation",
};

/** What a body is made of. `model` is the id on the wire; `options` only those the form has. */
export interface ImageAsk {
  model: string;
  prompt: string;
  options: OptionValues;
  inputs: readonly InputFile[];
}

/** The body of a request in a family (contract §5). */
export function imageBody(form: ImageForm, family: Family, ask: ImageAsk): BodyObject {
  const parameters = parametersOf(form, ask.options);
  const pictures = ask.inputs.map((input) => new DataUriPart(input));
  const negative = text(ask.options.negativePrompt);
  switch (family) {
    case "answer":
    case "messageTask": {
      const content = [...pictures.map((image) => ({ image })), { text: ask.prompt }];
      return {
        model: ask.model,
        input: { messages: [{ role: "user", content }] },
        parameters: { negative_prompt: negative, ...parameters },
      };
    }
    case "promptTask":
      return { model: ask.model, input: { prompt: ask.prompt, negative_prompt: negative }, parameters };
    case "editTask":
      return {
        model: ask.model,
        input: { prompt: ask.prompt, images: pictures, negative_prompt: negative },
        parameters,
      };
    case "translateTask":
      return {
        model: ask.model,
        input: {
          image_url: pictures[0],
          source_lang: text(ask.options.sourceLanguage),
          target_lang: text(ask.options.targetLanguage),
        },
        parameters: {},
      };
  }
}

/**
 * What the price depends on is always sent where the model takes it: left out, some models make four pictures (contract §11). What has no
 * value of its own is left to the vendor.
 */
function parametersOf(form: ImageForm, options: OptionValues): BodyObject {
  const size = text(options.size);
  return {
    size: size === undefined || size === asPicture ? undefined : wireSize(size),
    n: form.interleaved ? 1 : number(options.count),
    prompt_extend: toggle(options.promptExtension),
    watermark: toggle(options.watermark),
    thinking_mode: toggle(options.thinking),
    enable_sequential: toggle(options.sequential),
    enable_interleave: form.interleaved,
    max_images: number(options.maxImages),
    seed: seedOf(options),
  };
}
