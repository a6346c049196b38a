import type { InputSlot } from "../../src/model/catalog.ts";
import type { OperationId } from "../../src/model/operations.ts";
import type { OptionField, OptionValues } from "../../src/model/options.ts";
import { kling } from "../../src/vendors/kling/index.ts";
import { asksOf, type Given, type Variant, type VendorAsk, valuesOf, variantOf } from "./asks.ts";

export const { profileOf, requestOf, checkedOf } = asksOf(kling);

const samples: Record<InputSlot["kind"], string> = {
  image: "png",
  video: "https://example.com/in.mp4",
  audio: "mp3",
};

/** Every model with every operation, asked with nothing but defaults and as few inputs as it takes. */
export function everyAsk(): VendorAsk[] {
  return kling.models.flatMap((model) =>
    Object.entries(model.operations).map(([name, profile]): VendorAsk => {
      const operation = name as OperationId;
      const slots = profile.inputs.flatMap((slot): Given[] => {
        const source = slot.ids === "only" ? "833446756000000002" : samples[slot.kind];
        const least = operation === "references-to-video" && slot.kind === "image" ? 1 : slot.min;
        return Array.from({ length: least }, () => [slot.role, source] as const);
      });
      return {
        model: model.id,
        operation,
        prompt: profile.prompt === "none" ? "" : "A paper boat",
        inputs: slots,
        ...(profile.options.shape.effectName ? { options: { effectName: "squish" } } : {}),
      };
    }),
  );
}

/** What has to be set along with an option so that it means something. */
function companions(ask: VendorAsk, field: OptionField, value: OptionValues[string]): VendorAsk {
  const withOptions = (options: OptionValues): VendorAsk => ({
    ...ask,
    options: { ...ask.options, ...options },
  });
  const isSpoken = field.key === "voices" || field.key === "sound";
  if (isSpoken && "mode" in profileOf(ask).options.shape) {
    return withOptions({ mode: "pro", ...(field.key === "voices" ? { sound: true } : {}) });
  }
  if (field.key === "shots" && value === "written") {
    return { ...ask, prompt: "shot 1, 3, wide; shot 2, 2, close;" };
  }
  if (field.key === "cameraAmount") return withOptions({ camera: "zoom" });
  if (field.key === "elements" && ask.operation === "motion-control")
    return withOptions({ orientation: "video" });
  if (field.key === "trajectories") {
    return { ...ask, inputs: [...(ask.inputs ?? []), ["mask", "png"]], options: { trajectories: "1,1 2,2" } };
  }
  if (field.key === "lastPictures") return { ...ask, inputs: [...(ask.inputs ?? []), ["reference", "png"]] };
  if (field.key.startsWith("expand")) {
    return withOptions({ expandUp: 0, expandDown: 0, expandLeft: 0, expandRight: 0 });
  }
  if (field.key === "keepSound" && ask.operation === "references-to-video") {
    return { ...ask, inputs: [...(ask.inputs ?? []), ["video", "https://example.com/in.mp4"]] };
  }
  if (field.key === "soundFrom") return withOptions({ soundTo: 3 });
  return ask;
}

/** Every other value of an option; of a range, its ends. */
export function variantsOf(ask: VendorAsk, field: OptionField): Variant[] {
  return valuesOf(field, { text: (key) => texts[key] ?? "text", numbers: ({ key }) => numbers[key] })
    .filter((value) => value !== field.default)
    .map((value) => variantOf(companions(ask, field, value), field, value))
    .filter(({ value, plain }) => value !== plain.options?.[field.key]);
}

const texts: Readonly<Record<string, string>> = {
  negativePrompt: "blurry",
  elements: "321922438904313",
  voices: "829824295735410756",
  trajectories: "279,219 417,65",
  effectName: "fuzzyfuzzy",
  music: "piano",
};

/** Ends that the sample inputs allow. */
const numbers: Readonly<Record<string, readonly number[]>> = {
  soundFrom: [0, 1],
  soundTo: [2.5],
  soundAt: [2],
  cameraAmount: [-10, 10],
};
