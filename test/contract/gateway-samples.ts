import type { CheckedRequest, InputSlot, ModelOperation } from "../../src/model/catalog.ts";
import { type OperationId, operations } from "../../src/model/operations.ts";
import { type OptionField, type OptionValues, optionDefaults } from "../../src/model/options.ts";
import type { InputRole } from "../../src/model/request.ts";
import type { InputFile, VendorRequest } from "../../src/vendors/contract.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";
import { encodePicture } from "../simulator/media/picture.ts";

/** An input: a sample picture, or a link. */
export type Given = readonly [role: InputRole, source: string];

/** What is asked of a model for pictures or videos. */
export interface MediaAsk {
  model: string;
  operation: OperationId;
  prompt?: string;
  options?: OptionValues;
  inputs?: readonly Given[];
}

export const samplePicture = encodePicture({
  width: 600,
  height: 600,
  format: "png",
  seed: "input",
  index: 0,
});

function inputOf([role, source]: Given): InputFile {
  if (source !== "png") return { role, name: "linked", type: "", bytes: 0, url: source };
  return {
    role,
    name: "picture.png",
    type: "image/png",
    bytes: samplePicture.length,
    width: 600,
    height: 600,
    async *open() {
      yield samplePicture.subarray(0, 10);
      yield samplePicture.subarray(10);
    },
  };
}

export function profileOf({ model, operation }: MediaAsk): ModelOperation {
  const profile = gateway.models.find(({ id }) => id === model)?.operations[operation];
  if (!profile) throw new Error(`no ${operation} of ${model}`);
  return profile;
}

/** The ask as jobs would hand it to the vendor. */
export function requestOf(ask: MediaAsk): VendorRequest {
  return {
    operation: ask.operation,
    model: ask.model,
    prompt: ask.prompt ?? "",
    inputs: (ask.inputs ?? []).map(inputOf),
    options: { ...optionDefaults(profileOf(ask).options), ...ask.options },
  };
}

/** The request as it is checked: of links nothing is known but their role. */
export function checkedOf(ask: MediaAsk): CheckedRequest {
  const { prompt, options, inputs } = requestOf(ask);
  return {
    prompt,
    options,
    inputs: inputs.filter(({ url }) => url === undefined),
    links: inputs.filter(({ url }) => url !== undefined).map(({ role }) => role),
  };
}

const links: Record<InputSlot["kind"], string> = {
  image: "https://example.com/in.png",
  video: "https://example.com/in.mp4",
  audio: "https://example.com/in.mp3",
};

/** What goes into a slot, as it takes it. */
function givenFor({ role, kind, takes }: InputSlot): Given {
  return [role, takes === "link" ? links[kind] : "png"];
}

/** Every model for pictures and videos with every operation, asked with nothing but defaults and as few inputs as it takes. */
export function everyMediaAsk(): MediaAsk[] {
  return gateway.models.flatMap((model) =>
    Object.entries(model.operations).flatMap(([name, profile]): MediaAsk[] => {
      const operation = name as OperationId;
      if (!["image", "video"].includes(operations[operation].output)) return [];
      const inputs = profile.inputs.flatMap((slot) => {
        const wanted = operation === "references-to-video" && slot.role === "reference" ? 1 : slot.min;
        return Array.from({ length: wanted }, () => givenFor(slot));
      });
      return [
        { model: model.id, operation, prompt: profile.prompt === "none" ? "" : "A paper boat", inputs },
      ];
    }),
  );
}

/** A value of an option beside its default: the request it is compared with, and the request with it. */
export interface Variant {
  field: OptionField;
  value: OptionValues[string];
  plain: MediaAsk;
  changed: MediaAsk;
}

/** Every other value of an option; of a range, its ends. */
export function variantsOf(ask: MediaAsk, field: OptionField): Variant[] {
  return valuesOf(field)
    .filter((value) => value !== field.default)
    .map((value) => {
      const needs: OptionValues = field.key === "count" && Number(value) > 6 ? { sequential: true } : {};
      const plain = { ...ask, options: { ...ask.options, ...needs } };
      return {
        field,
        value,
        plain,
        changed: { ...plain, options: { ...plain.options, [field.key]: value } },
      };
    });
}

function valuesOf(field: OptionField): readonly OptionValues[string][] {
  switch (field.kind) {
    case "choice":
      return field.values;
    case "boolean":
      return [true, false];
    case "text":
      return [field.key === "template" ? "squish" : "blurry"];
    case "size":
      return [...field.size.presets, ...field.size.sizes.map(({ width, height }) => `${width}x${height}`)];
    default:
      return field.key === "seed" ? [7] : [field.min ?? 0, field.max ?? 10];
  }
}
