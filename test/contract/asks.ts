import { readFileSync } from "node:fs";
import type { CheckedRequest, InputSlot, ModelOperation } from "../../src/model/catalog.ts";
import type { OperationId } from "../../src/model/operations.ts";
import { type OptionField, type OptionValues, optionDefaults } from "../../src/model/options.ts";
import type { InputRole } from "../../src/model/request.ts";
import type { InputFile, Vendor, VendorRequest } from "../../src/vendors/contract.ts";

/** An input: a file of the samples by its kind, or a link or an id of the vendor's. */
export type Given = readonly [role: InputRole, source: string];

/** What a vendor is asked for. */
export interface VendorAsk {
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

/** Sample inputs where a vendor takes no files. */
export const sampleLinks: Readonly<Record<InputSlot["kind"], string>> = {
  image: "https://example.com/in.png",
  video: "https://example.com/in.mp4",
  audio: "https://example.com/in.mp3",
};

export const sampleBytes: Bytes = (kind) =>
  readFileSync(new URL(`../fixtures/media/${files[kind]}`, import.meta.url));

/** An input as jobs would open it: a link, or a file that comes in two pieces. */
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

/** A request as it is checked before it is sent: of links nothing is known but their role. */
export function checkedRequest({ prompt, options, inputs }: VendorRequest): CheckedRequest {
  return {
    prompt,
    options,
    inputs: inputs.filter(({ url }) => url === undefined),
    links: inputs.filter(({ url }) => url !== undefined).map(({ role }) => role),
  };
}

/** What an ask of one vendor is to its catalog, to the vendor, and to the checks. */
export function asksOf({ models }: Pick<Vendor, "models">, bytesOf: Bytes = sampleBytes) {
  function profileOf({ model, operation }: Pick<VendorAsk, "model" | "operation">): ModelOperation {
    const profile = models.find(({ id }) => id === model)?.operations[operation];
    if (!profile) throw new Error(`no ${operation} of ${model}`);
    return profile;
  }

  /** The ask as jobs would hand it to the vendor. */
  function requestOf(ask: VendorAsk, own: Bytes = bytesOf): VendorRequest {
    return {
      operation: ask.operation,
      model: ask.model,
      prompt: ask.prompt ?? "",
      inputs: (ask.inputs ?? []).map((given) => inputOf(given, own)),
      options: { ...optionDefaults(profileOf(ask).options), ...ask.options },
    };
  }

  return { profileOf, requestOf, checkedOf: (ask: VendorAsk) => checkedRequest(requestOf(ask)) };
}

/** A value of an option beside its default: the request it is compared with, and the request with it. */
export interface Variant {
  field: OptionField;
  value: OptionValues[string];
  plain: VendorAsk;
  changed: VendorAsk;
}

/** The variant that sets an option of an ask. */
export function variantOf(plain: VendorAsk, field: OptionField, value: OptionValues[string]): Variant {
  return { field, value, plain, changed: { ...plain, options: { ...plain.options, [field.key]: value } } };
}

type Sized = Extract<OptionField, { kind: "size" }>;
type Ranged = Extract<OptionField, { kind: "integer" | "number" }>;

/** Sample values of options where the option itself does not say them. */
export interface SampleValues {
  text(key: string): string;
  /** Of a range; its ends where nothing is said. */
  numbers?(field: Ranged): readonly number[] | undefined;
  /** Of a size; all of them where nothing is said. */
  sizes?(field: Sized): readonly string[];
}

/** Every value of a choice or a switch, the ends of a range, a text. */
export function valuesOf(field: OptionField, samples: SampleValues): readonly OptionValues[string][] {
  switch (field.kind) {
    case "choice":
      return field.values;
    case "boolean":
      return [true, false];
    case "text":
      return [samples.text(field.key)];
    case "size":
      return (samples.sizes ?? everySize)(field);
    default:
      return samples.numbers?.(field) ?? [field.min ?? 0, field.max ?? 10];
  }
}

function everySize({ size }: Sized): string[] {
  return [...size.presets, ...size.sizes.map(({ width, height }) => `${width}x${height}`)];
}
