import assert from "node:assert/strict";
import type { Estimate, EstimateInput } from "../../../../src/model/catalog.ts";
import { type OptionValues, optionDefaults } from "../../../../src/model/options.ts";
import { seedream } from "../../../../src/vendors/seedream/index.ts";
import { readHandle } from "../../../../src/vendors/seedream/video/handle.ts";
import type { VideoOperation } from "../../../../src/vendors/seedream/video/operations.ts";
import { taskSchema } from "../../../../src/vendors/seedream/video/task.ts";
import { videoUsage } from "../../../../src/vendors/seedream/video/usage.ts";

type Region = EstimateInput["region"];

function estimate(
  model: string,
  operation: VideoOperation,
  region: Region,
  options: OptionValues = {},
  inputs: EstimateInput["inputs"] = [],
): Estimate {
  const profile = seedream.models.find(({ id }) => id === model)?.operations[operation];
  assert.ok(profile);
  const all = { ...optionDefaults(profile.options), ...options };
  return profile.estimate({ options: all, inputCount: inputs.length, inputs, region });
}

function said(result: Estimate): string {
  if (result.kind !== "money") return result.kind;
  const [low, high] = [result.low.toFixed(3), result.high.toFixed(3)];
  return `${low === high ? low : `${low}-${high}`} ${result.currency}${result.upTo ? " at most" : ""}`;
}

const video = (seconds?: number) => [
  { role: "video" as const, ...(seconds === undefined ? {} : { seconds }) },
];

describe("Seedance estimates", () => {
  // 720p 16:9: 900 tokens a frame; five seconds are 121 frames, 108 900 tokens.
  const cases: [string, VideoOperation, Region, OptionValues, EstimateInput["inputs"], string][] = [
    ["seedance-2-0", "text-to-video", "cn", {}, [], "5.009 CNY"],
    ["seedance-2-0", "text-to-video", "intl", {}, [], "0.762 USD"],
    ["seedance-2-0", "text-to-video", "cn", { ratio: "9:16" }, [], "5.009 CNY"],
    ["seedance-2-0", "text-to-video", "cn", { ratio: "adaptive" }, [], "5.041 CNY"],
    ["seedance-2-0", "text-to-video", "cn", { resolution: "1080p" }, [], "12.496 CNY"],
    ["seedance-2-0", "text-to-video", "intl", { resolution: "4k" }, [], "3.920 USD"],
    ["seedance-2-0-mini", "text-to-video", "cn", { duration: 4 }, [], "2.008 CNY"],
    ["seedance-2-0-fast", "text-to-video", "cn", {}, [], "4.029 CNY"],
    ["seedance-2-0-mini", "text-to-video", "cn", { duration: -1 }, [], "2.008-7.473 CNY at most"],
    ["seedance-2-5", "text-to-video", "cn", { duration: -1 }, [], "6.111-45.423 CNY at most"],
    ["seedance-2-5", "text-to-video", "cn", { draft: true, resolution: "1080p" }, [], "3.391 CNY"],
    ["seedance-2-5", "text-to-video", "cn", { draftTask: "cgt-1" }, [], "18.867 CNY"],
    ["seedance-1-0-pro", "text-to-video", "cn", { frames: 121, resolution: "1080p" }, [], "3.703 CNY"],
    ["seedance-1-0-pro", "text-to-video", "cn", { serviceTier: "flex" }, [], "0.779 CNY"],
    ["seedance-1-0-pro-fast", "text-to-video", "cn", {}, [], "0.436 CNY"],
    ["seedance-1-0-pro", "text-to-video", "intl", {}, [], "unknown"],
    ["seedance-1-5-pro", "text-to-video", "cn", {}, [], "1.742 CNY"],
    ["seedance-1-5-pro", "text-to-video", "cn", { sound: false }, [], "0.871 CNY"],
    ["seedance-1-5-pro", "text-to-video", "cn", { draft: true }, [], "0.486 CNY"],
    ["seedance-2-0", "references-to-video", "cn", { ratio: "16:9" }, [{ role: "reference" }], "5.009 CNY"],
    ["seedance-2-0", "references-to-video", "cn", { ratio: "16:9" }, video(4), "5.468 CNY"],
    ["seedance-2-0", "references-to-video", "cn", { ratio: "16:9" }, video(), "4.259-12.121 CNY at most"],
    ["seedance-2-5", "edit-video", "cn", {}, video(), "5.516-54.813 CNY at most"],
    ["seedance-2-5", "edit-video", "intl", {}, video(), "unknown"],
    ["seedance-2-0-mini", "edit-video", "intl", {}, video(), "unknown"],
    ["seedance-2-0", "text-to-video", "other", {}, [], "unknown"],
  ];
  for (const [model, operation, region, options, inputs, expected] of cases) {
    const title = [model, operation, region, JSON.stringify(options), JSON.stringify(inputs)].join(" ");
    it(`${title}: ${expected}`, () => {
      assert.equal(said(estimate(model, operation, region, options, inputs)), expected);
    });
  }

  it("say what they are made of", () => {
    const result = estimate("seedance-2-0", "text-to-video", "cn");
    assert.ok(result.kind === "money");
    assert.deepEqual(result.basis, { unitPrice: 46, per: "million-tokens", count: 0.1089 });
  });

  it("of an edit hold for the video that goes in even when nothing is known of the inputs", () => {
    const profile = seedream.models.find(({ id }) => id === "seedance-2-0")?.operations["extend-video"];
    const options = optionDefaults(profile?.options ?? assert.fail());
    const result = profile?.estimate({ options, inputCount: 1, region: "cn" });
    assert.ok(result?.kind === "money" && result.basis.unitPrice === 28);
  });
});

describe("Seedance bills", () => {
  const bill = (task: object, handle: object, region: Region = "cn") =>
    videoUsage(
      taskSchema.parse({ usage: { completion_tokens: 108_900, total_tokens: 108_900 }, ...task }),
      readHandle({ task: "cgt-1", model: "seedance-2-0", resolution: "720p", ...handle }),
      region,
    );

  it("are the vendor's own tokens at the price of what was made", () => {
    assert.deepEqual(bill({}, {}), {
      units: { tokens: 108_900 },
      money: { amount: 5.0094, currency: "CNY" },
    });
    assert.equal(bill({}, { video: true }).money?.amount, 3.0492);
    assert.equal(bill({}, { resolution: "1080p" }, "intl").money?.amount, 0.83853);
    assert.equal(bill({}, { model: "seedance-1-0-pro", flex: true }).money?.amount, 0.81675);
    assert.equal(bill({}, { model: "seedance-1-5-pro", sound: false }).money?.amount, 0.8712);
  });

  it("go by what the task says of itself before what was asked", () => {
    assert.equal(bill({ resolution: "1080p" }, {}).money?.amount, 5.5539);
    const flex = { service_tier: "default" };
    assert.equal(bill(flex, { model: "seedance-1-0-pro", flex: true }).money?.amount, 1.6335);
    const silent = { generate_audio: false };
    assert.equal(bill(silent, { model: "seedance-1-5-pro" }).money?.amount, 0.8712);
  });

  it("know a model by its echo, dated or not, where only the task is known", () => {
    for (const model of ["dreamina-seedance-2-0-260128", "doubao-seedance-2-0"]) {
      assert.equal(bill({ model, resolution: "720p" }, { model: "" }).money?.amount, 5.0094, model);
    }
    assert.equal(bill({ model: "seedance-9" }, { model: "" }).money, undefined);
  });

  it("claim nothing where something is not known", () => {
    assert.deepEqual(bill({ usage: undefined }, {}), { units: {} });
    assert.deepEqual(bill({ resolution: "8k" }, {}), { units: { tokens: 108_900 } });
    assert.deepEqual(bill({}, {}, "other"), { units: { tokens: 108_900 } });
  });
});
