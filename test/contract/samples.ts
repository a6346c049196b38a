import { readFileSync } from "node:fs";
import type { OperationId } from "../../src/model/operations.ts";
import { type OptionField, type OptionValues, optionDefaults } from "../../src/model/options.ts";
import type { InputFile, VendorRequest } from "../../src/vendors/contract.ts";
import { seedream } from "../../src/vendors/seedream/index.ts";
import type { Ask } from "./manifest.ts";

/** Sample pictures: opaque PNG, JPEG, and a PNG that is transparent somewhere. */
export type Sample = "png" | "jpeg" | "alpha";

const files = { png: "plain.png", jpeg: "plain.jpg", alpha: "alpha.png" } as const;
const types = { png: "image/png", jpeg: "image/jpeg", alpha: "image/png" } as const;

/** Bytes of a sample picture. */
export function sampleBytes(kind: Sample): Buffer {
  return readFileSync(new URL(`../fixtures/media/${files[kind]}`, import.meta.url));
}

function sampleInput(kind: Sample, role: InputFile["role"], bytes: Buffer): InputFile {
  return {
    role,
    name: files[kind],
    type: types[kind],
    bytes: bytes.length,
    width: 1024,
    height: 1024,
    transparent: kind === "alpha",
    async *open() {
      // In two pieces, as files come.
      yield bytes.subarray(0, 10);
      yield bytes.subarray(10);
    },
  };
}

/** The model operation an ask is about. */
export function profileOf(ask: Ask) {
  const profile = seedream.models.find(({ id }) => id === ask.model)?.operations[ask.operation];
  if (!profile) throw new Error(`no ${ask.operation} of ${ask.model}`);
  return profile;
}

/** The ask as jobs would hand it to the vendor: options complete, inputs opened on demand. */
export function requestOf(ask: Ask, prompt: string, bytesOf = sampleBytes): VendorRequest {
  const role = ask.operation === "layers" ? "source" : "reference";
  return {
    operation: ask.operation,
    model: ask.model,
    prompt,
    inputs: (ask.inputs ?? []).map((kind) => sampleInput(kind, role, bytesOf(kind))),
    options: { ...optionDefaults(profileOf(ask).options), ...ask.options },
  };
}

const inputs: Partial<Record<OperationId, readonly Sample[]>> = {
  "image-to-image": ["alpha"],
  "images-to-image": ["png", "jpeg"],
  layers: ["jpeg"],
};

/** Every model with every operation, asked with nothing but defaults. */
export function everyAsk(): Ask[] {
  return seedream.models.flatMap(({ id, operations }) =>
    (Object.keys(operations) as OperationId[]).map((operation) => ({
      model: id,
      operation,
      inputs: inputs[operation] ?? [],
    })),
  );
}

/** Every value of a field that is not its default; of a range, its ends. */
export function otherValues(field: OptionField): OptionValues[string][] {
  return valuesOf(field).filter((value) => value !== field.default);
}

function valuesOf(field: OptionField): readonly OptionValues[string][] {
  switch (field.kind) {
    case "choice":
      return field.values;
    case "boolean":
      return [true, false];
    case "size":
      return [...field.size.presets, ...field.size.sizes.map(({ width, height }) => `${width}x${height}`)];
    case "text":
      return [];
    default:
      return [field.min ?? 0, 2, field.max ?? 100];
  }
}
