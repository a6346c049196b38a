import type { EstimateInput, InputSlot, ModelOperation } from "../../model/catalog.ts";
import { operations } from "../../model/operations.ts";
import type { OptionsSchema, OptionValues } from "../../model/options.ts";
import { parseSize } from "../../model/size.ts";
import type { BodyObject } from "../wire/body.ts";
import { labelProblems } from "./labels.ts";
import { resultOptions, schemaOf } from "./options.ts";
import { unknownPrice } from "./prices.ts";
import { type Ask, type Check, mixProblems, type Product, promptProblems } from "./product.ts";

const minute = 60_000;
/** Synchronous calls, pictures as tasks, videos: longest time before Easel gives up waiting (contract §1, §5). */
const deadlines = { process: 5 * minute, image: 15 * minute, video: 30 * minute } as const;

type Parts = Pick<Product, "model" | "operation" | "key" | "call" | "result" | "body"> & {
  options?: Parameters<typeof schemaOf>[0];
  inputs?: readonly InputSlot[];
  prompt: ModelOperation["prompt"];
  /** Most characters of the prompt, where it is not what most products take. */
  maxPrompt?: number;
  check?: Check;
  estimate?(input: EstimateInput): ReturnType<ModelOperation["estimate"]>;
};

/** A product with what all have in common: options of the result, and the rules of prompts, pictures and labels. */
export function productOf(parts: Parts): Product {
  const { options, inputs = [], prompt, maxPrompt, check, estimate = unknownPrice, ...rest } = parts;
  const kind = kindOf(parts);
  const pictures = inputs.filter((slot) => slot.kind === "image" && slot.takes === "either");
  const schema: OptionsSchema = schemaOf({ ...options, ...resultOptions(parts.result) });
  return {
    ...rest,
    profile: {
      options: schema,
      inputs,
      prompt,
      deadlineMs: "action" in parts.call ? deadlines.process : deadlines[kind],
      check: (request) => [
        ...promptProblems(request, maxPrompt),
        ...mixProblems(
          request,
          pictures.map(({ role }) => role),
        ),
        ...labelProblems(request, kind),
        ...(check?.(request) ?? []),
      ],
      estimate,
    },
  };
}

/** What an operation of this vendor brings back. */
export function kindOf({ operation }: Pick<Product, "operation">): "image" | "video" {
  return operations[operation].output === "video" ? "video" : "image";
}

/** `width` and `height`, together. */
export function sizeFields({ size }: OptionValues): BodyObject {
  const { width, height } = parseSize(String(size)) ?? {};
  return { width, height };
}

/** `prompt`, under the name the product has for it; left out where it is empty. */
export function promptField({ prompt }: Ask, name = "prompt"): BodyObject {
  return prompt === "" ? {} : { [name]: prompt };
}

/** The options of these names, under the product's own. */
export function named(options: OptionValues, names: Readonly<Record<string, string>>): BodyObject {
  return Object.fromEntries(Object.entries(names).map(([key, name]) => [name, options[key]]));
}
