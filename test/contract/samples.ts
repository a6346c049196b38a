import { readFileSync } from "node:fs";
import type { OperationId } from "../../src/model/operations.ts";
import { type OptionField, type OptionValues, optionDefaults } from "../../src/model/options.ts";
import type { InputFile, VendorRequest } from "../../src/vendors/contract.ts";
import { seedream } from "../../src/vendors/seedream/index.ts";
import { asksOf, valuesOf } from "./asks.ts";
import type { Ask } from "./manifest.ts";

/** Sample inputs: opaque PNG, JPEG, a PNG that is transparent somewhere, a sound, a video, and a sound or a picture by its link. */
export type Sample = "png" | "jpeg" | "alpha" | "wav" | "mp3" | `https://${string}`;

const files = {
  png: "plain.png",
  jpeg: "plain.jpg",
  alpha: "alpha.png",
  wav: "plain.wav",
  mp3: "plain.mp3",
} as const;
const types = {
  png: "image/png",
  jpeg: "image/jpeg",
  alpha: "image/png",
  wav: "audio/wav",
  mp3: "audio/mpeg",
} as const;

/** A sample that is a file. */
export type SampleFile = keyof typeof files;

/** Bytes of a sample file. */
export function sampleBytes(kind: SampleFile): Buffer {
  return readFileSync(new URL(`../fixtures/media/${files[kind]}`, import.meta.url));
}

function sampleInput(sample: Sample, role: InputFile["role"], bytesOf: typeof sampleBytes): InputFile {
  if (isLink(sample)) return { role, name: "linked", type: "", bytes: 0, url: sample };
  return fileInput(sample, role, bytesOf(sample));
}

/** Whether a sample is given by its link. */
function isLink(sample: Sample): sample is `https://${string}` {
  return sample.startsWith("https:");
}

function fileInput(kind: SampleFile, role: InputFile["role"], bytes: Buffer): InputFile {
  const isSound = kind === "wav" || kind === "mp3";
  return {
    role,
    name: files[kind],
    type: types[kind],
    bytes: bytes.length,
    ...(isSound ? { seconds: 3 } : { width: 1024, height: 1024, transparent: kind === "alpha" }),
    async *open() {
      // In two pieces, as files come.
      yield bytes.subarray(0, 10);
      yield bytes.subarray(10);
    },
  };
}

/** The model operation an ask is about; and a request as it is checked. */
export const { profileOf } = asksOf(seedream);
export { checkedRequest as checkedOf } from "./asks.ts";

/** The ask as jobs would hand it to the vendor: options complete, inputs opened on demand. */
export function requestOf(ask: Ask, prompt: string, bytesOf = sampleBytes): VendorRequest {
  return {
    operation: ask.operation,
    model: ask.model,
    prompt,
    inputs: (ask.inputs ?? []).map((sample, index) =>
      sampleInput(sample, roleOf(ask.operation, sample, index), bytesOf),
    ),
    options: { ...optionDefaults(profileOf(ask).options), ...ask.options },
  };
}

/** What a sample is used for: by the operation, and where there are several roles by what it is. */
function roleOf(operation: OperationId, sample: Sample, index: number): InputFile["role"] {
  if (operation === "layers") return "source";
  if (operation === "image-to-video") return "firstFrame";
  if (operation === "frames-to-video") return index === 0 ? "firstFrame" : "lastFrame";
  if (sample === "wav" || sample === "mp3" || sample.endsWith(".wav")) return "audio";
  return /\.(mp4|mov)$/.test(sample) ? "video" : "reference";
}

/** The link of a sample video. */
export const sampleVideo = "https://cdn.example/ref.mp4";

const inputs: Partial<Record<OperationId, readonly Sample[]>> = {
  "image-to-image": ["alpha"],
  "images-to-image": ["png", "jpeg"],
  layers: ["jpeg"],
  "image-to-video": ["jpeg"],
  "frames-to-video": ["png", "jpeg"],
  "references-to-video": ["png", sampleVideo, "wav"],
  "edit-video": [sampleVideo, "png"],
  "extend-video": [sampleVideo],
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

/** Every value of a field that is not its default; of a range, its ends and one between. */
export function otherValues(field: OptionField): OptionValues[string][] {
  return valuesOf(field, {
    text: () => "cgt-20261112100330-draft",
    numbers: ({ key, min = 0, max = 100 }) => [min, legal[key] ?? 2, max],
  }).filter((value) => value !== field.default);
}

/** A value inside a range, where not every one is taken. */
const legal: Readonly<Record<string, number>> = { duration: 7, frames: 121 };
