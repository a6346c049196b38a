import assert from "node:assert/strict";
import type { EstimateInput } from "../../../../src/model/catalog.ts";
import type { OperationId } from "../../../../src/model/operations.ts";
import { type OptionValues, optionDefaults } from "../../../../src/model/options.ts";
import { imageUsage } from "../../../../src/vendors/gateway/images/prices.ts";
import { regionOf } from "../../../../src/vendors/gateway/region.ts";
import { readUsage } from "../../../../src/vendors/gateway/tasks/task.ts";
import { videoUsage } from "../../../../src/vendors/gateway/video/prices.ts";
import { profileOf } from "../../../contract/gateway-samples.ts";

function estimated(
  model: string,
  operation: OperationId,
  options: OptionValues = {},
  more: Partial<EstimateInput> = {},
) {
  const profile = profileOf({ model, operation });
  const all = { ...optionDefaults(profile.options), ...options };
  const estimate = profile.estimate({ options: all, inputCount: 0, region: "cn", ...more });
  return estimate.kind === "money" ? [estimate.low, estimate.high] : estimate.kind;
}

const video = (model: string, more: object = {}) => ({ task: "1", kind: "video" as const, model, ...more });

describe("money of pictures and videos behind a gateway", () => {
  it("pictures cost their number at the list price, a sequence at most", () => {
    assert.deepEqual(estimated("qwen-image-2.0-pro", "text-to-image", { count: 3 }), [1.5, 1.5]);
    assert.deepEqual(estimated("wan2.2-t2i-flash", "text-to-image", { count: 4 }), [0.56, 0.56]);
    assert.deepEqual(estimated("wanx2.0-t2i-turbo", "text-to-image"), [0.04, 0.04]);
    assert.equal(estimated("wan2.7-image", "text-to-image"), "unknown");
    assert.equal(estimated("qwen-image-2.0", "text-to-image", {}, { region: "intl" }), "unknown");
    assert.deepEqual(estimated("qwen-image-2.0", "text-to-image", {}, { region: "other" }), [0.2, 0.2]);
  });

  it("videos cost their seconds by how fine they are, and less without sound", () => {
    assert.deepEqual(estimated("wan2.6-t2v", "text-to-video"), [3, 3]);
    assert.deepEqual(estimated("wan2.6-t2v", "text-to-video", { size: "1080x1920", duration: 15 }), [15, 15]);
    assert.deepEqual(estimated("wan2.5-t2v-preview", "text-to-video", { size: "832x480" }), [1.5, 1.5]);
    assert.deepEqual(estimated("wan2.6-i2v-flash", "image-to-video"), [1.5, 1.5]);
    assert.deepEqual(
      estimated("wan2.6-i2v-flash", "image-to-video", { sound: false, resolution: "1080P", duration: 10 }),
      [2.5, 2.5],
    );
    assert.equal(estimated("wan2.2-t2v-plus", "text-to-video"), "unknown");
    assert.equal(estimated("happyhorse-1.1-t2v", "text-to-video"), "unknown");
  });

  it("what goes in is billed too where videos do, so that nothing is said before", () => {
    const inputs = [{ role: "video" as const }];
    assert.equal(estimated("wan2.6-r2v", "references-to-video", {}, { inputs }), "unknown");
    assert.deepEqual(estimated("wan2.6-r2v", "references-to-video"), [3, 3]);
    assert.deepEqual(
      estimated("wan2.7-i2v", "extend-video", { duration: 12 }, { inputs }),
      [7.2, 7.2],
      "an extended clip is billed in full",
    );
    assert.equal(estimated("wan2.7-videoedit", "edit-video", {}, { inputs }), "unknown");
  });

  it("usage is read in the words of every generation", () => {
    const read = (model: string, usage: object, more: object = {}) =>
      videoUsage(video(model, more), readUsage(usage), "cn");
    assert.deepEqual(
      read("wan2.6-i2v", { duration: 10, input_video_duration: 0, output_video_duration: 10, SR: 720 }),
      { units: { seconds: 10 }, money: { amount: 6, currency: "CNY" } },
    );
    assert.deepEqual(read("wan2.6-i2v-flash", { duration: "5.0", SR: "1080P", audio: false }), {
      units: { seconds: 5 },
      money: { amount: 1.25, currency: "CNY" },
    });
    assert.deepEqual(
      read("wanx2.1-i2v-plus", { video_duration: 5, video_ratio: "standard", video_count: 1 }),
      {
        units: { seconds: 5 },
      },
    );
    assert.deepEqual(read("wan2.5-t2v-preview", { duration: 5.5 }, { resolution: "480P" }), {
      units: { seconds: 5.5 },
      money: { amount: 1.65, currency: "CNY" },
    });
    assert.deepEqual(read("wan2.6-t2v", {}), { units: {} });
    assert.deepEqual(imageUsage("qwen-image-2.0", 2, "intl"), { units: { images: 2 } });
  });

  it("knows the vendor's hosts by their price lists", () => {
    const regions = {
      "https://dashscope.aliyuncs.com/compatible-mode/v1": "cn",
      "https://dashscope-intl.aliyuncs.com/compatible-mode/v1": "intl",
      "https://dashscope-us.aliyuncs.com": "intl",
      "https://ws1.cn-beijing.maas.aliyuncs.com/v1": "cn",
      "https://ws1.ap-southeast-1.maas.aliyuncs.com/v1": "intl",
      "https://gateway.example.com/v1": "other",
      "no address": "other",
    };
    for (const [url, region] of Object.entries(regions)) assert.equal(regionOf(url), region, url);
  });
});
