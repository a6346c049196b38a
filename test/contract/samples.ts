import { readFileSync } from "node:fs";
import { optionDefaults } from "../../src/model/options.ts";
import type { InputFile, VendorRequest } from "../../src/vendors/contract.ts";
import { seedream } from "../../src/vendors/seedream/index.ts";
import type { Ask } from "./manifest.ts";

const files = { png: "plain.png", jpeg: "plain.jpg", alpha: "alpha.png" } as const;
const types = { png: "image/png", jpeg: "image/jpeg", alpha: "image/png" } as const;

/** Bytes of a sample picture. */
export function sampleBytes(kind: keyof typeof files): Buffer {
  return readFileSync(new URL(`../fixtures/media/${files[kind]}`, import.meta.url));
}

function sampleInput(kind: keyof typeof files, role: InputFile["role"]): InputFile {
  const bytes = sampleBytes(kind);
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
export function requestOf(ask: Ask, prompt: string): VendorRequest {
  const role = ask.operation === "layers" ? "source" : "reference";
  return {
    operation: ask.operation,
    model: ask.model,
    prompt,
    inputs: (ask.inputs ?? []).map((kind) => sampleInput(kind, role)),
    options: { ...optionDefaults(profileOf(ask).options), ...ask.options },
  };
}
