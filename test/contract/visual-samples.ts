import type { CheckedRequest, InputSlot, ModelOperation } from "../../src/model/catalog.ts";
import type { OperationId } from "../../src/model/operations.ts";
import { type OptionField, type OptionValues, optionDefaults } from "../../src/model/options.ts";
import type { VendorRequest } from "../../src/vendors/contract.ts";
import { visual } from "../../src/vendors/visual/index.ts";
import { type Bytes, type Given, inputOf } from "./kling-samples.ts";

/** What Volcengine Visual is asked for. */
export interface VisualAsk {
  model: string;
  operation: OperationId;
  prompt?: string;
  options?: OptionValues;
  inputs?: readonly Given[];
}

export function profileOf({ model, operation }: VisualAsk): ModelOperation {
  const profile = visual.models.find(({ id }) => id === model)?.operations[operation];
  if (!profile) throw new Error(`no ${operation} of ${model}`);
  return profile;
}

/** The ask as jobs would hand it to the vendor. */
export function requestOf(ask: VisualAsk, bytesOf?: Bytes): VendorRequest {
  return {
    operation: ask.operation,
    model: ask.model,
    prompt: ask.prompt ?? "",
    inputs: (ask.inputs ?? []).map((given) => inputOf(given, bytesOf)),
    options: { ...optionDefaults(profileOf(ask).options), ...ask.options },
  };
}

/** The request as it is checked: of links nothing is known but their role. */
export function checkedOf(ask: VisualAsk): CheckedRequest {
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

/** Every model with every operation, asked with nothing but defaults and as few inputs as it takes: files where they are taken. */
export function everyAsk(): VisualAsk[] {
  return visual.models.flatMap((model) =>
    Object.entries(model.operations).map(
      ([name, profile]): VisualAsk => ({
        model: model.id,
        operation: name as OperationId,
        prompt: profile.prompt === "none" ? "" : "A paper boat",
        inputs: profile.inputs.flatMap((slot) => {
          const source = slot.takes === "link" ? links[slot.kind] : "png";
          return Array.from({ length: slot.min }, () => [slot.role, source] as const);
        }),
      }),
    ),
  );
}

/** What has to be set along with an option so that it means something. */
function companions(ask: VisualAsk, field: OptionField): VisualAsk {
  const withOptions = (options: OptionValues): VisualAsk => ({
    ...ask,
    options: { ...ask.options, ...options },
  });
  if (/^logo./.test(field.key)) return withOptions({ logo: true });
  if (field.key === "cameraStrength") return withOptions({ camera: "handheld" });
  if (/^label/.test(field.key)) {
    const whole = { labelProducerId: "p-1", labelPropagator: "c-1" };
    return withOptions({ ...whole, [field.key]: "before" });
  }
  return ask;
}

/** A value of an option beside its default: the request it is compared with, and the request with it. */
export interface Variant {
  field: OptionField;
  value: OptionValues[string];
  plain: VisualAsk;
  changed: VisualAsk;
}

/** Every other value of an option; of a range, its ends. */
export function variantsOf(ask: VisualAsk, field: OptionField): Variant[] {
  const plain = companions(ask, field);
  return valuesOf(field)
    .filter((value) => value !== (plain.options?.[field.key] ?? field.default))
    .map((value) => ({
      field,
      value,
      plain,
      changed: { ...plain, options: { ...plain.options, [field.key]: value } },
    }));
}

function valuesOf(field: OptionField): readonly OptionValues[string][] {
  switch (field.kind) {
    case "choice":
      return field.values;
    case "boolean":
      return [true, false];
    case "text":
      return ["text"];
    case "size": {
      const [, first, ...rest] = field.size.sizes;
      const sizes = [first, rest.at(-1)].map((size) => `${size?.width}x${size?.height}`);
      return [...field.size.presets, ...sizes];
    }
    default:
      // So many people are in the pictures of the tests.
      return field.key === "subject" ? [1, 2] : [field.min ?? 0, field.max ?? 10];
  }
}
