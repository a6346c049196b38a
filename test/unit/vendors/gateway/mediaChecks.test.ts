import assert from "node:assert/strict";
import { checkRequest } from "../../../../src/model/check.ts";
import type { OperationId } from "../../../../src/model/operations.ts";
import type { OptionValues } from "../../../../src/model/options.ts";
import type { ProblemCode } from "../../../../src/model/problems.ts";
import { gateway } from "../../../../src/vendors/gateway/index.ts";
import type { Given } from "../../../contract/asks.ts";
import { checkedOf, profileOf } from "../../../contract/gateway-samples.ts";

const picture: Given = ["reference", "png"];
const film: Given = ["video", "https://example.com/in.mp4"];
const sound: Given = ["audio", "https://example.com/in.mp3"];
const first: Given = ["firstFrame", "png"];
const many = (count: number, each: Given) => Array.from({ length: count }, () => each);
const long = (count: number) => "字".repeat(count);

type Row = [ProblemCode, string, OperationId, OptionValues, readonly Given[], string?];

/** What each rule stops, in the smallest request that breaks it and no other. */
const rows: readonly Row[] = [
  ["promptTooLong", "qwen-image-plus", "text-to-image", {}, [], long(801)],
  ["promptTooLong", "wan2.6-t2i", "text-to-image", {}, [], long(2101)],
  ["promptTooLong", "wan2.7-image", "text-to-image", {}, [], long(5001)],
  ["promptTooLong", "wan2.6-t2v", "text-to-video", {}, [], long(1501)],
  ["promptTooLong", "wan2.2-i2v-flash", "image-to-video", {}, [first], long(801)],
  ["optionTooLong", "wan2.6-t2v", "text-to-video", { negativePrompt: long(501) }, []],
  ["sequenceNeeded", "wan2.7-image", "text-to-image", { count: 5 }, []],
  ["optionTooLarge", "qwen-image-2.0", "text-to-image", { count: 7 }, []],
  ["optionTooLarge", "wan2.7-image", "text-to-image", { count: 13, sequential: true }, []],
  ["sizePreset", "qwen-image-plus", "text-to-image", { size: "1472x1140" }, []],
  ["sizeMaxPixels", "wan2.6-t2i", "text-to-image", { size: "1600x1600" }, []],
  ["sizeMinPixels", "wan2.5-t2i-preview", "text-to-image", { size: "700x700" }, []],
  ["sizeMinSide", "qwen-image-edit-plus", "image-to-image", { size: "500x1024" }, [picture]],
  ["sizeMaxPixels", "wan2.7-image", "text-to-image", { size: "4096x4096" }, []],
  ["sizePreset", "wan2.2-t2v-plus", "text-to-video", { size: "1280x720" }, []],
  ["inputTooMany", "qwen-image-edit-plus", "images-to-image", {}, many(4, picture)],
  ["inputTooMany", "wan2.7-image", "images-to-image", {}, many(10, picture)],
  ["inputTooFew", "wan2.2-kf2v-flash", "frames-to-video", {}, [first]],
  [
    "promptNotTaken",
    "qwen-mt-image",
    "image-to-image",
    {},
    [["reference", "https://example.com/a.png"]],
    "x",
  ],
  ["inputNeedsLink", "qwen-mt-image", "image-to-image", {}, [picture], ""],
  ["referencesMissing", "wan2.6-r2v", "references-to-video", {}, []],
  ["tooManyMedia", "wan2.7-r2v", "references-to-video", {}, [film, ...many(5, picture)]],
  ["voicesTooMany", "wan2.7-r2v", "references-to-video", {}, [picture, sound, sound]],
  ["durationWithVideo", "wan2.7-r2v", "references-to-video", { duration: 11 }, [film]],
  ["shotsNeedExtension", "wan2.6-t2v", "text-to-video", { shotType: "multi", promptExtension: false }, []],
  ["audioNeedsSound", "wan2.6-i2v-flash", "image-to-video", { sound: false }, [first, sound]],
  ["optionStep", "wan2.5-t2v-preview", "text-to-video", { duration: 7 }, []],
  ["optionTooSmall", "wan2.7-videoedit", "edit-video", { duration: 1 }, [film]],
  ["optionTooSmall", "wan3.0-video", "text-to-video", { duration: 1 }, []],
  ["optionTooLarge", "wan2.6-r2v", "references-to-video", { duration: 11 }, [film]],
];

describe("rules of the models behind a gateway", () => {
  for (const [code, model, operation, options, inputs, prompt = "A boat"] of rows) {
    it(`${code}: ${operation} of ${model}`, () => {
      const ask = { model, operation, options, inputs, prompt };
      assert.deepEqual(
        checkRequest(profileOf(ask), checkedOf(ask)).map((problem) => problem.code),
        [code],
      );
    });
  }

  it("a picture with transparent parts, and a body beyond what a gateway takes", () => {
    const ask = { model: "wan2.7-i2v", operation: "image-to-video", prompt: "x", inputs: [first] } as const;
    const checked = checkedOf(ask);
    const seen = (facts: object) =>
      checkRequest(profileOf(ask), {
        ...checked,
        inputs: checked.inputs.map((input) => ({ ...input, ...facts })),
      }).map(({ code }) => code);
    assert.deepEqual(seen({ transparent: true }), ["pictureTransparent"]);
    assert.deepEqual(seen({ bytes: 80 * 1024 * 1024 }), ["inputMaxBytes", "bodyTooLarge"]);
  });

  it("videos and sounds have to be links, pictures may be files", () => {
    for (const { id, operations } of gateway.models) {
      for (const [operation, { inputs }] of Object.entries(operations)) {
        if (!/image|video/.test(operation)) continue;
        for (const { kind, takes } of inputs) {
          const expected = kind === "image" && id !== "qwen-mt-image" ? "either" : "link";
          assert.equal(takes, expected, `${id} ${operation}`);
        }
      }
    }
  });

  it("models known from second-hand sources only are previews", () => {
    const previews = gateway.models.filter(({ preview }) => preview).map(({ id }) => id);
    assert.deepEqual(
      previews.filter((id) => /^(qwen-image|wan|happy)/.test(id)),
      ["qwen-image-3.0", "qwen-image-3.0-pro", "wan3.0-video"],
    );
  });
});
