import assert from "node:assert/strict";
import type { Estimate } from "../../../../src/model/catalog.ts";
import type { OperationId } from "../../../../src/model/operations.ts";
import { type OptionValues, optionDefaults } from "../../../../src/model/options.ts";
import { imageProfiles } from "../../../../src/vendors/seedream/images/profiles.ts";
import { usageOf } from "../../../../src/vendors/seedream/images/usage.ts";
import { seedream } from "../../../../src/vendors/seedream/index.ts";

type Region = "cn" | "intl" | "other";

function estimate(
  model: string,
  operation: OperationId,
  region: Region,
  options: OptionValues = {},
  inputCount = 0,
) {
  const profile = seedream.models.find(({ id }) => id === model)?.operations[operation];
  assert.ok(profile);
  return profile.estimate({
    options: { ...optionDefaults(profile.options), ...options },
    inputCount,
    region,
  });
}

function range(result: Estimate): string {
  return result.kind === "money" ? `${result.low}-${result.high} ${result.currency}` : result.kind;
}

describe("Seedream estimates", () => {
  const cases: [string, OperationId, Region, OptionValues, number, string][] = [
    ["seedream-4-5", "text-to-image", "cn", {}, 0, "0.25-0.25 CNY"],
    ["seedream-4-5", "text-to-image", "intl", { size: "4K" }, 0, "0.04-0.04 USD"],
    ["seedream-4-0", "text-to-image", "cn", { count: 4 }, 0, "0.2-0.8 CNY"],
    ["seedream-5-0-lite", "images-to-image", "cn", { count: 3 }, 2, "0.22-0.66 CNY"],
    ["seedream-5-0-lite", "text-to-image", "cn", { webSearch: true }, 0, "unknown"],
    ["seedream-5-0-pro", "text-to-image", "cn", { size: "1K" }, 0, "0.3-0.3 CNY"],
    ["seedream-5-0-pro", "text-to-image", "cn", { size: "1.5K" }, 0, "0.3-0.3 CNY"],
    ["seedream-5-0-pro", "text-to-image", "cn", { size: "2K" }, 0, "0.6-0.6 CNY"],
    ["seedream-5-0-pro", "text-to-image", "intl", { size: "1800x1450" }, 0, "0.045-0.045 USD"],
    ["seedream-5-0-pro", "text-to-image", "intl", { size: "1801x1450" }, 0, "0.09-0.09 USD"],
    ["seedream-5-0-pro", "image-to-image", "cn", { size: "1K" }, 1, "0.3-0.3 CNY"],
    ["seedream-5-0-pro", "images-to-image", "cn", { size: "1K" }, 4, "0.36-0.36 CNY"],
    ["seedream-5-0-pro", "layers", "intl", {}, 1, "0.0675-0.81 USD"],
    ["seedream-5-0-pro", "layers", "cn", {}, 1, "unknown"],
    ["seedream-5-0-flash", "text-to-image", "intl", {}, 0, "0.018-0.018 USD"],
    ["seedream-5-0-flash", "text-to-image", "cn", {}, 0, "unknown"],
    ["seedream-5-5", "images-to-image", "intl", { size: "1K" }, 2, "0.036-0.036 USD"],
    ["seedream-5-5", "text-to-image", "cn", {}, 0, "unknown"],
    ["seedream-4-5", "text-to-image", "other", {}, 0, "unknown"],
  ];
  for (const [model, operation, region, options, inputs, expected] of cases) {
    it(`${model} ${operation} ${region} ${JSON.stringify(options)} with ${inputs} inputs: ${expected}`, () => {
      assert.equal(range(estimate(model, operation, region, options, inputs)), expected);
    });
  }

  it("say what they are made of", () => {
    const result = estimate("seedream-4-0", "text-to-image", "cn", { count: 4 });
    assert.ok(result.kind === "money");
    assert.deepEqual(result.basis, { unitPrice: 0.2, per: "image", count: 4 });
  });
});

describe("Seedream bills", () => {
  const bill = (
    model: string,
    pixels: (number | undefined)[],
    stated: unknown,
    more: { region?: Region; inputCount?: number } = {},
  ) => {
    const profile = imageProfiles.find(({ id }) => id === model);
    assert.ok(profile);
    const delivered = pixels.map((each) => ({ pixels: each, layer: false }));
    return usageOf(stated, delivered, profile, "text-to-image", { region: "cn", inputCount: 0, ...more });
  };

  it("count each picture at the price of its own size", () => {
    const usage = bill(
      "seedream-5-0-pro",
      [1024 ** 2],
      { generated_images: 1, total_tokens: 4096, input_images: 3 },
      { inputCount: 3 },
    );
    assert.deepEqual(usage, {
      units: { images: 1, inputImages: 3, tokens: 4096 },
      money: { amount: 0.34, currency: "CNY" },
    });
    assert.equal(bill("seedream-5-0-pro", [2048 ** 2], { generated_images: 1 }).money?.amount, 0.6);
    assert.equal(bill("seedream-4-5", [undefined, undefined], { generated_images: 2 }).money?.amount, 0.5);
  });

  it("claim nothing where something is not known", () => {
    assert.equal(bill("seedream-5-0-pro", [undefined], { generated_images: 1 }).money, undefined);
    assert.equal(bill("seedream-5-0-flash", [1024 ** 2], { generated_images: 1 }).money, undefined);
    assert.equal(bill("seedream-4-5", [1], { generated_images: 1 }, { region: "other" }).money, undefined);
    assert.equal(bill("seedream-4-5", [1], { generated_images: 2 }).money, undefined);
    const searched = { generated_images: 1, tool_usage: { web_search: 2 } };
    assert.deepEqual(bill("seedream-5-0-lite", [1], searched), { units: { images: 1, webSearches: 2 } });
  });

  it("count what arrived where the vendor's own count is missing or odd", () => {
    assert.deepEqual(bill("seedream-4-5", [1, 1], undefined).units, { images: 2 });
    assert.deepEqual(bill("seedream-4-5", [1], { generated_images: "1" }).units, { images: 1 });
  });
});
