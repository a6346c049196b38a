import assert from "node:assert/strict";
import { checkRequest } from "../../../../src/model/check.ts";
import type { ProblemCode } from "../../../../src/model/problems.ts";
import type { VendorAsk } from "../../../contract/asks.ts";
import { checkedOf, profileOf } from "../../../contract/visual-samples.ts";

const link = (name: string) => `https://example.com/${name}`;
const text: VendorAsk = { model: "jimeng-3.1", operation: "text-to-image", prompt: "A boat" };
const clip: VendorAsk = { model: "jimeng-video-3.0", operation: "text-to-video", prompt: "A boat" };
const inpaint: VendorAsk = {
  model: "jimeng-inpaint",
  operation: "inpaint",
  prompt: "A boat",
  inputs: [
    ["source", "png"],
    ["mask", "png"],
  ],
};

const rows: readonly (readonly [why: string, codes: readonly ProblemCode[], ask: VendorAsk])[] = [
  ["800 characters, however wide, are enough", [], { ...text, prompt: "🐱".repeat(800) }],
  ["801 are not", ["promptTooLong"], { ...text, prompt: "x".repeat(801) }],
  ["an inpainting takes 120", ["promptTooLong"], { ...inpaint, prompt: "x".repeat(121) }],
  [
    "a talking picture takes 300",
    ["promptTooLong"],
    {
      model: "omnihuman-1.5",
      operation: "avatar",
      prompt: "x".repeat(301),
      inputs: [
        ["person", link("a.png")],
        ["audio", link("a.mp3")],
      ],
    },
  ],
  [
    "pictures are all files or all links",
    ["filesOrLinks"],
    {
      ...inpaint,
      inputs: [
        ["source", "png"],
        ["mask", link("mask.png")],
      ],
    },
  ],
  [
    "a video is a link beside a picture that is a file",
    [],
    {
      model: "dreamactor-2.0",
      operation: "motion-control",
      inputs: [
        ["person", "png"],
        ["video", link("a.mp4")],
      ],
    },
  ],
  [
    "a camera move needs 720p",
    ["cameraOnly720"],
    {
      ...clip,
      operation: "image-to-video",
      inputs: [["firstFrame", "png"]],
      options: { camera: "handheld", resolution: "1080p" },
    },
  ],
  ["a label needs its content's id", ["labelNeedsProducer"], { ...text, options: { labelProducer: "me" } }],
  ["and has it", [], { ...text, options: { labelProducerId: "p" } }],
  [
    "that of a video needs a publisher",
    ["labelNeedsPropagator"],
    { ...clip, options: { labelProducerId: "p" } },
  ],
  [
    "pictures that only go as links are refused as files",
    ["inputNeedsLink"],
    { model: "jimeng-4.0", operation: "image-to-image", prompt: "x", inputs: [["reference", "png"]] },
  ],
  ["an area below 512²", ["sizeMinPixels"], { ...text, options: { size: "500x500" } }],
];

describe("Volcengine Visual's rules", () => {
  for (const [why, codes, ask] of rows) {
    it(why, () => {
      const found = checkRequest(profileOf(ask), checkedOf(ask)).map(({ code }) => code);
      assert.deepEqual(found, codes);
    });
  }

  it("know what a request costs where the vendor's prices were seen", () => {
    const priceOf = (ask: VendorAsk, inputCount = 0) => {
      const { options, inputs } = checkedOf(ask);
      const priced = profileOf(ask).estimate({ options, inputs, inputCount, region: "cn" });
      return priced.kind === "money" ? [priced.low, priced.high, priced.currency] : priced.kind;
    };
    assert.deepEqual(priceOf({ ...clip, options: { duration: 10, resolution: "1080p" } }), [6.3, 6.3, "CNY"]);
    assert.deepEqual(priceOf({ ...clip, model: "jimeng-video-3.0-pro" }), [5, 5, "CNY"]);
    const group = { model: "jimeng-4.0", operation: "images-to-image", options: { onlyOne: false } } as const;
    assert.deepEqual(priceOf(group, 3), [0.22, 2.64, "CNY"]);
    assert.deepEqual(priceOf(inpaint), [0.2, 0.2, "CNY"]);
    assert.equal(priceOf(text), "unknown");
  });
});
