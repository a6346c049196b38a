import { readFileSync } from "node:fs";
import type { CheckedRequest, InputSlot, ModelOperation } from "../../src/model/catalog.ts";
import type { OperationId } from "../../src/model/operations.ts";
import { type OptionField, type OptionValues, optionDefaults } from "../../src/model/options.ts";
import type { InputRole } from "../../src/model/request.ts";
import type { InputFile, VendorRequest } from "../../src/vendors/contract.ts";
import { kling } from "../../src/vendors/kling/index.ts";

/** An input: a file of the fixtures, or a link or an id of the vendor's. */
export type Given = readonly [role: InputRole, source: string];

/** What Kling is asked for. */
export interface KlingAsk {
  model: string;
  operation: OperationId;
  prompt?: string;
  options?: OptionValues;
  inputs?: readonly Given[];
}

/** Bytes of the sample files; replaced where a vendor looks into them. */
export type Bytes = (kind: keyof typeof files) => Buffer;

const files = { png: "plain.png", mp3: "plain.mp3" } as const;
const types = { png: "image/png", mp3: "audio/mpeg" } as const;

export const sampleBytes: Bytes = (kind) =>
  readFileSync(new URL(`../fixtures/media/${files[kind]}`, import.meta.url));

export function inputOf([role, source]: Given, bytesOf: Bytes = sampleBytes): InputFile {
  if (source !== "png" && source !== "mp3") return { role, name: "linked", type: "", bytes: 0, url: source };
  const bytes = bytesOf(source);
  return {
    role,
    name: files[source],
    type: types[source],
    bytes: bytes.length,
    ...(source === "png" ? { width: 600, height: 600 } : { seconds: 3 }),
    async *open() {
      yield bytes.subarray(0, 10);
      yield bytes.subarray(10);
    },
  };
}

export function profileOf({ model, operation }: KlingAsk): ModelOperation {
  const profile = kling.models.find(({ id }) => id === model)?.operations[operation];
  if (!profile) throw new Error(`no ${operation} of ${model}`);
  return profile;
}

/** The ask as jobs would hand it to the vendor. */
export function requestOf(ask: KlingAsk, bytesOf?: Bytes): VendorRequest {
  return {
    operation: ask.operation,
    model: ask.model,
    prompt: ask.prompt ?? "",
    inputs: (ask.inputs ?? []).map((given) => inputOf(given, bytesOf)),
    options: { ...optionDefaults(profileOf(ask).options), ...ask.options },
  };
}

/** The request as it is checked: of links nothing is known but their role. */
export function checkedOf(ask: KlingAsk): CheckedRequest {
  const { prompt, options, inputs } = requestOf(ask);
  return {
    prompt,
    options,
    inputs: inputs.filter(({ url }) => url === undefined),
    links: inputs.filter(({ url }) => url !== undefined).map(({ role }) => role),
  };
}

const samples: Record<InputSlot["kind"], string> = {
  image: "png",
  video: "https://example.com/in.mp4",
  audio: "mp3",
};

/** Every model with every operation, asked with nothing but defaults and as few inputs as it takes. */
export function everyAsk(): KlingAsk[] {
  return kling.models.flatMap((model) =>
    Object.entries(model.operations).map(([name, profile]): KlingAsk => {
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
function companions(ask: KlingAsk, field: OptionField, value: OptionValues[string]): KlingAsk {
  const withOptions = (options: OptionValues): KlingAsk => ({
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

/** A value of an option beside its default: the request it is compared with, and the request with it. */
export interface Variant {
  field: OptionField;
  value: OptionValues[string];
  plain: KlingAsk;
  changed: KlingAsk;
}

/** Every other value of an option; of a range, its ends. */
export function variantsOf(ask: KlingAsk, field: OptionField): Variant[] {
  const values = valuesOf(field).filter((value) => value !== field.default);
  return values
    .map((value) => {
      const plain = companions(ask, field, value);
      return {
        field,
        value,
        plain,
        changed: { ...plain, options: { ...plain.options, [field.key]: value } },
      };
    })
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

function valuesOf(field: OptionField): readonly OptionValues[string][] {
  switch (field.kind) {
    case "choice":
      return field.values;
    case "boolean":
      return [true, false];
    case "text":
      return [texts[field.key] ?? "text"];
    case "size":
      return [];
    default:
      return numbers[field.key] ?? [field.min ?? 0, field.max ?? 10];
  }
}

/** Ends that the sample inputs allow. */
const numbers: Readonly<Record<string, readonly number[]>> = {
  soundFrom: [0, 1],
  soundTo: [2.5],
  soundAt: [2],
  cameraAmount: [-10, 10],
};
