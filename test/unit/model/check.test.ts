import assert from "node:assert/strict";
import { z } from "zod";
import type { CheckedRequest, InputFacts, ModelOperation, Problem } from "../../../src/model/catalog.ts";
import { checkRequest } from "../../../src/model/check.ts";
import { type OptionMeta, type OptionValues, optionDefaults } from "../../../src/model/options.ts";
import { problemCodes } from "../../../src/model/problems.ts";
import type { InputRole } from "../../../src/model/request.ts";

const meta = (entries: OptionMeta) => entries as unknown as Record<string, unknown>;

const options = z.object({
  size: z
    .string()
    .default("2K")
    .meta(
      meta({
        text: "size",
        size: {
          presets: ["2K"],
          sizes: [{ ratio: "4:3", width: 40, height: 30 }],
          free: {
            minPixels: 10_000,
            maxPixels: 1_000_000,
            minRatio: 0.5,
            maxRatio: 2,
            minSide: 90,
            maxSide: 1200,
          },
        },
      }),
    ),
  fixed: z
    .string()
    .default("1:1")
    .meta(meta({ text: "size", size: { presets: ["1:1"], sizes: [] } })),
  format: z
    .enum(["png", "jpeg"])
    .default("png")
    .meta(meta({ text: "format" })),
  count: z
    .int()
    .min(1)
    .max(4)
    .default(1)
    .meta(meta({ text: "count", unit: "images" })),
  step: z
    .number()
    .multipleOf(0.5)
    .default(1)
    .meta(meta({ text: "step" })),
  note: z
    .string()
    .max(3)
    .default("")
    .meta(meta({ text: "note" })),
  word: z
    .string()
    .regex(/^a/)
    .default("a")
    .meta(meta({ text: "word" })),
});

const limits = {
  types: ["image/png", "image/jpeg"],
  maxBytes: 1000,
  minSide: 15,
  maxSide: 100,
  minPixels: 400,
  maxPixels: 8000,
  minRatio: 0.5,
  maxRatio: 2,
};

const profile: ModelOperation = {
  options,
  prompt: "required",
  inputs: [
    { role: "source", kind: "image", min: 1, max: 2, takes: "bytes", limits },
    { role: "mask", kind: "image", min: 0, max: 1, takes: "link", limits },
    {
      role: "audio",
      kind: "audio",
      min: 0,
      max: 1,
      takes: "either",
      limits: { types: ["audio/wav"], maxBytes: 1000, minSeconds: 2, maxSeconds: 15 },
    },
  ],
  deadlineMs: 1000,
  estimate: () => ({ kind: "free" }),
};

const good: InputFacts = {
  role: "source",
  name: "a.png",
  type: "image/png",
  bytes: 1000,
  width: 80,
  height: 100,
};
const speech: InputFacts = { role: "audio", name: "a.wav", type: "audio/wav", bytes: 9, seconds: 2 };

type Changes = Partial<CheckedRequest> & { links?: readonly InputRole[] };

function check(changes: Changes = {}, of: ModelOperation = profile): Problem[] {
  return checkRequest(of, { prompt: "p", options: optionDefaults(options), inputs: [good], ...changes });
}

function withOption(values: OptionValues): Changes {
  return { options: { ...optionDefaults(options), ...values } };
}

function withInput(facts: Partial<InputFacts>): Changes {
  return { inputs: [{ ...good, ...facts }] };
}

/** For each code the changes that must bring it, alone, with these arguments. */
const cases: Record<string, [Changes, Problem["args"]?, string?, ModelOperation?]> = {
  promptRequired: [{ prompt: " \n" }, undefined, "prompt"],
  promptNotTaken: [{}, undefined, "prompt", { ...profile, prompt: "none" }],
  optionUnknown: [withOption({ sound: true }), { option: "sound" }, "sound"],
  optionMissing: [
    {},
    { option: "must" },
    "must",
    { ...profile, options: options.extend({ must: z.string().meta(meta({ text: "must" })) }) },
  ],
  optionType: [withOption({ count: "2" }), { option: "count", expected: "number" }, "count"],
  optionChoice: [
    withOption({ format: "gif" }),
    { option: "format", actual: "gif", values: "png, jpeg" },
    "format",
  ],
  optionTooSmall: [
    withOption({ count: 0 }),
    { option: "count", limit: 1, actual: 0, unit: "images" },
    "count",
  ],
  optionTooLarge: [
    withOption({ count: 5 }),
    { option: "count", limit: 4, actual: 5, unit: "images" },
    "count",
  ],
  optionTooLong: [
    withOption({ note: "abcd" }),
    { option: "note", limit: 3, actual: 4, unit: "characters" },
    "note",
  ],
  optionStep: [withOption({ step: 0.7 }), { option: "step", limit: 0.5, actual: 0.7, unit: "" }, "step"],
  optionInvalid: [withOption({ word: "b" }), { option: "word" }, "word"],
  sizeFormat: [withOption({ size: "huge" }), { option: "size", actual: "huge" }, "size"],
  sizePreset: [
    withOption({ fixed: "100x100" }),
    { option: "fixed", actual: "100x100", values: "1:1" },
    "fixed",
  ],
  sizeMinSide: [
    withOption({ size: "89x120" }),
    { option: "size", limit: 90, actual: 89, unit: "px" },
    "size",
  ],
  sizeMaxSide: [
    withOption({ size: "1201x700" }),
    { option: "size", limit: 1200, actual: 1201, unit: "px" },
    "size",
  ],
  sizeMinPixels: [
    withOption({ size: "99x100" }),
    { option: "size", limit: 10_000, actual: 9900, unit: "px2" },
    "size",
  ],
  sizeMaxPixels: [
    withOption({ size: "1000x1001" }),
    { option: "size", limit: 1_000_000, actual: 1_001_000, unit: "px2" },
    "size",
  ],
  sizeMinRatio: [
    withOption({ size: "100x201" }),
    { option: "size", limit: 0.5, actual: 100 / 201, unit: "ratio" },
    "size",
  ],
  sizeMaxRatio: [
    withOption({ size: "201x100" }),
    { option: "size", limit: 2, actual: 2.01, unit: "ratio" },
    "size",
  ],
  inputRole: [
    { inputs: [good, { ...good, role: "person" }], links: ["person"] },
    { role: "person" },
    "person",
  ],
  inputTooFew: [{ inputs: [] }, { role: "source", limit: 1, actual: 0, unit: "files" }, "source"],
  inputTooMany: [
    { inputs: [good, good, good] },
    { role: "source", limit: 2, actual: 3, unit: "files" },
    "source",
  ],
  inputLink: [{ links: ["source"] }, { role: "source" }, "source"],
  inputNeedsLink: [{ inputs: [good, { ...good, role: "mask" }] }, { name: "a.png", role: "mask" }, "mask"],
  inputType: [
    withInput({ type: "image/gif", bytes: 5000 }),
    { name: "a.png", actual: "image/gif", values: "image/png, image/jpeg" },
    "source",
  ],
  inputMaxBytes: [
    withInput({ bytes: 1001 }),
    { name: "a.png", limit: 1000, actual: 1001, unit: "B" },
    "source",
  ],
  inputMinSide: [
    withInput({ width: 14, height: 28, bytes: 1 }),
    { name: "a.png", limit: 15, actual: 14, unit: "px" },
    "source",
    loose("minPixels"),
  ],
  inputMaxSide: [
    withInput({ width: 101, height: 60 }),
    { name: "a.png", limit: 100, actual: 101, unit: "px" },
    "source",
  ],
  inputMinPixels: [
    withInput({ width: 19, height: 20 }),
    { name: "a.png", limit: 400, actual: 380, unit: "px2" },
    "source",
  ],
  inputMaxPixels: [
    withInput({ width: 100, height: 90 }),
    { name: "a.png", limit: 8000, actual: 9000, unit: "px2" },
    "source",
  ],
  inputMinRatio: [
    withInput({ width: 40, height: 90 }),
    { name: "a.png", limit: 0.5, actual: 40 / 90, unit: "ratio" },
    "source",
  ],
  inputMaxRatio: [
    withInput({ width: 90, height: 40 }),
    { name: "a.png", limit: 2, actual: 2.25, unit: "ratio" },
    "source",
  ],
  inputMinSeconds: [
    { inputs: [good, { ...speech, seconds: 1.9 }] },
    { name: "a.wav", limit: 2, actual: 1.9, unit: "s" },
    "audio",
  ],
  inputMaxSeconds: [
    { inputs: [good, { ...speech, seconds: 15.1 }] },
    { name: "a.wav", limit: 15, actual: 15.1, unit: "s" },
    "audio",
  ],
};

function loose(limit: "minPixels"): ModelOperation {
  const { [limit]: _, ...rest } = limits;
  return {
    ...profile,
    inputs: [{ role: "source", kind: "image", min: 1, max: 2, takes: "bytes", limits: rest }],
  };
}

describe("checkRequest", () => {
  it("lets a good request pass, at every limit", () => {
    assert.deepEqual(check(), []);
    assert.deepEqual(check({ inputs: [good, speech], links: ["mask"] }), []);
    assert.deepEqual(check({ inputs: [speech], links: ["source"] }, either()), []);
    for (const size of ["2K", "40x30", "100x100", "90x180", "1000x1000"]) {
      assert.deepEqual(check(withOption({ size })), [], size);
    }
    assert.deepEqual(check({ prompt: "" }, { ...profile, prompt: "optional" }), []);
  });

  function either(): ModelOperation {
    return { ...profile, inputs: profile.inputs.map((slot) => ({ ...slot, takes: "either" as const })) };
  }

  for (const [code, [changes, args, field, of]] of Object.entries(cases)) {
    it(`says ${code}, with its arguments`, () => {
      assert.deepEqual(check(changes, of), [{ code, ...(args ? { args } : {}), field }]);
      assert.deepEqual(
        Object.keys(args ?? {}).sort(),
        [...problemCodes[code as keyof typeof problemCodes]].sort(),
      );
    });
  }

  it("does not hold against a file what is not known of it", () => {
    const { width: _w, height: _h, ...unknown } = good;
    assert.deepEqual(check({ inputs: [unknown] }), []);
  });

  it("asks the model's own rules last, with the same request", () => {
    const own: Problem = { code: "transparentNeedsAlpha", args: { name: "a.png" } };
    const asked: CheckedRequest[] = [];
    const of: ModelOperation = {
      ...profile,
      check: (request) => {
        asked.push(request);
        return [own];
      },
    };
    assert.deepEqual(
      check({ prompt: "" }, of).map(({ code }) => code),
      ["promptRequired", own.code],
    );
    assert.deepEqual(asked, [{ prompt: "", options: optionDefaults(options), inputs: [good], links: [] }]);
  });
});
