import type { OperationId } from "../../src/model/operations.ts";
import type { OptionField, OptionValues } from "../../src/model/options.ts";
import { visual } from "../../src/vendors/visual/index.ts";
import {
  asksOf,
  type SampleValues,
  sampleLinks,
  type Variant,
  type VendorAsk,
  valuesOf,
  variantOf,
} from "./asks.ts";

export const { profileOf, requestOf, checkedOf } = asksOf(visual);

/** Every model with every operation, asked with nothing but defaults and as few inputs as it takes: files where they are taken. */
export function everyAsk(): VendorAsk[] {
  return visual.models.flatMap((model) =>
    Object.entries(model.operations).map(
      ([name, profile]): VendorAsk => ({
        model: model.id,
        operation: name as OperationId,
        prompt: profile.prompt === "none" ? "" : "A paper boat",
        inputs: profile.inputs.flatMap((slot) => {
          const source = slot.takes === "link" ? sampleLinks[slot.kind] : "png";
          return Array.from({ length: slot.min }, () => [slot.role, source] as const);
        }),
      }),
    ),
  );
}

/** What has to be set along with an option so that it means something. */
function companions(ask: VendorAsk, field: OptionField): VendorAsk {
  const withOptions = (options: OptionValues): VendorAsk => ({
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

/** Every other value of an option; of a range, its ends. */
export function variantsOf(ask: VendorAsk, field: OptionField): Variant[] {
  const plain = companions(ask, field);
  return valuesOf(field, samples)
    .filter((value) => value !== (plain.options?.[field.key] ?? field.default))
    .map((value) => variantOf(plain, field, value));
}

const samples: SampleValues = {
  text: () => "text",
  // So many people are in the pictures of the tests.
  numbers: ({ key }) => (key === "subject" ? [1, 2] : undefined),
  sizes({ size }) {
    const [, first, ...rest] = size.sizes;
    const sizes = [first, rest.at(-1)].map((each) => `${each?.width}x${each?.height}`);
    return [...size.presets, ...sizes];
  },
};
