import type { InputSlot } from "../../src/model/catalog.ts";
import { type OperationId, operations } from "../../src/model/operations.ts";
import type { OptionField, OptionValues } from "../../src/model/options.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";
import { encodePicture } from "../simulator/media/picture.ts";
import {
  asksOf,
  type Given,
  type SampleValues,
  sampleBytes,
  sampleLinks,
  type Variant,
  type VendorAsk,
  valuesOf,
  variantOf,
} from "./asks.ts";

export const samplePicture = encodePicture({
  width: 600,
  height: 600,
  format: "png",
  seed: "input",
  index: 0,
});

export const { profileOf, requestOf, checkedOf } = asksOf(gateway, (kind) =>
  kind === "png" ? samplePicture : sampleBytes(kind),
);

/** What goes into a slot, as it takes it. */
function givenFor({ role, kind, takes }: InputSlot): Given {
  return [role, takes === "link" ? sampleLinks[kind] : "png"];
}

/** Every model for pictures and videos with every operation, asked with nothing but defaults and as few inputs as it takes. */
export function everyMediaAsk(): VendorAsk[] {
  return gateway.models.flatMap((model) =>
    Object.entries(model.operations).flatMap(([name, profile]): VendorAsk[] => {
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

/** Every other value of an option; of a range, its ends. */
export function variantsOf(ask: VendorAsk, field: OptionField): Variant[] {
  return valuesOf(field, samples)
    .filter((value) => value !== field.default)
    .map((value) => {
      const needs: OptionValues = field.key === "count" && Number(value) > 6 ? { sequential: true } : {};
      return variantOf({ ...ask, options: { ...ask.options, ...needs } }, field, value);
    });
}

const samples: SampleValues = {
  text: (key) => (key === "template" ? "squish" : "blurry"),
  numbers: ({ key }) => (key === "seed" ? [7] : undefined),
};
