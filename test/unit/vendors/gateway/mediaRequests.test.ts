import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { checkRequest } from "../../../../src/model/check.ts";
import { type OptionField, optionFields } from "../../../../src/model/options.ts";
import type { VendorAsk } from "../../../contract/asks.ts";
import {
  checkedOf,
  everyMediaAsk,
  profileOf,
  requestOf,
  samplePicture,
  variantsOf,
} from "../../../contract/gateway-samples.ts";
import { captured, readable } from "./mediaCapture.ts";

const golden = new URL("mediaRequests.golden.json", import.meta.url);
const asks = everyMediaAsk();
const titleOf = ({ model, operation }: VendorAsk) => `${model} ${operation}`;

async function written(ask: VendorAsk) {
  const { path, isAsync, body } = await captured(requestOf(ask));
  return { path, isAsync, ...(readable(body) as Record<string, unknown>) };
}

/** What changes nothing of a request: an output size may have the ratio that the default has. */
const fieldsOf = (ask: VendorAsk): OptionField[] => optionFields(profileOf(ask).options);

describe("requests for pictures and videos behind a gateway", function () {
  this.timeout(60_000);

  it("are exactly these, for every model and operation", async () => {
    const actual: Record<string, unknown> = {};
    for (const ask of asks) actual[titleOf(ask)] = await written(ask);
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, `${JSON.stringify(actual, null, 2)}\n`);
    assert.deepEqual(actual, JSON.parse(readFileSync(golden, "utf8")));
  });

  for (const ask of asks) {
    it(`${titleOf(ask)}: every option in turn changes the request, and is one that Easel lets through`, async () => {
      const profile = profileOf(ask);
      assert.deepEqual(checkRequest(profile, checkedOf(ask)), []);
      for (const field of fieldsOf(ask)) {
        const variants = variantsOf(ask, field);
        assert.ok(variants.length > 0 || field.kind === "size", `${field.key} has one value only`);
        for (const { value, plain, changed } of variants) {
          if (field.key === "duration" && value === 1) continue;
          assert.deepEqual(checkRequest(profile, checkedOf(changed)), [], `${field.key}=${value}`);
          assert.notDeepEqual(await written(changed), await written(plain), `${field.key}=${value}`);
        }
      }
    });
  }

  it("say what moves the price wherever a model takes it", async () => {
    for (const ask of asks) {
      const fields = fieldsOf(ask).filter(({ cost }) => cost);
      const { body } = await captured(requestOf(ask));
      const names = Object.keys(body.parameters as object);
      const wire: Record<string, string> = {
        size: "size",
        count: "n",
        resolution: "resolution",
        duration: "duration",
        promptExtension: "prompt_extend",
        watermark: "watermark",
        sound: "audio",
        sequential: "enable_sequential",
        maxImages: "max_images",
      };
      for (const { key, default: value } of fields) {
        if (value === "auto") continue;
        assert.ok(names.includes(wire[key] ?? key), `${titleOf(ask)}: ${key}`);
      }
    }
  });

  it("carry a picture as a data URI and a size with an asterisk", async () => {
    const { text, body } = await captured(
      requestOf({
        model: "qwen-image-edit-plus",
        operation: "image-to-image",
        prompt: "a hat",
        inputs: [["reference", "png"]],
        options: { size: "1024x768" },
      }),
    );
    assert.ok(text.includes(`"image":"data:image/png;base64,${samplePicture.toString("base64")}"`));
    assert.equal((body.parameters as { size: string }).size, "1024*768");
  });

  it("go as a task where a model has both ways, and with the answer where that is wanted", async () => {
    const ask: VendorAsk = { model: "qwen-image-plus", operation: "text-to-image", prompt: "x" };
    const task = await captured(requestOf(ask));
    assert.deepEqual([task.path, task.isAsync], ["/api/v1/services/aigc/text2image/image-synthesis", true]);
    const answer = await captured(requestOf({ ...ask, options: { asTask: false } }));
    assert.deepEqual(
      [answer.path, answer.isAsync],
      ["/api/v1/services/aigc/multimodal-generation/generation", false],
    );
  });

  it("put voices with the pictures and videos they belong to", async () => {
    const voice = (name: string) => ["audio", `https://example.com/${name}.mp3`] as const;
    const { body } = await captured(
      requestOf({
        model: "wan2.7-r2v",
        operation: "references-to-video",
        prompt: "Image 1 talks to Video 1",
        inputs: [
          voice("ann"),
          ["video", "https://example.com/bob.mp4"],
          ["firstFrame", "https://example.com/first.png"],
          ["reference", "https://example.com/ann.png"],
          voice("bob"),
        ],
      }),
    );
    assert.deepEqual((body.input as { media: unknown }).media, [
      {
        type: "reference_image",
        url: "https://example.com/ann.png",
        reference_voice: "https://example.com/ann.mp3",
      },
      {
        type: "reference_video",
        url: "https://example.com/bob.mp4",
        reference_voice: "https://example.com/bob.mp3",
      },
      { type: "first_frame", url: "https://example.com/first.png" },
    ]);
    assert.equal("ratio" in (body.parameters as object), false, "a first frame has a ratio of its own");
  });

  it("say that a template leaves the prompt out", async () => {
    const { body, warnings } = await captured(
      requestOf({
        model: "wan2.2-i2v-flash",
        operation: "image-to-video",
        prompt: "she smiles",
        options: { template: "squish" },
        inputs: [["firstFrame", "https://example.com/a.png"]],
      }),
    );
    const { prompt, template } = body.input as { prompt?: string; template?: string };
    assert.deepEqual([prompt, template, warnings], [undefined, "squish", ["promptIgnored"]]);
  });

  it("leave out several shots where the prompt may not be rewritten", async () => {
    const ask: VendorAsk = { model: "wan2.6-t2v", operation: "text-to-video", prompt: "x" };
    const { body } = await captured(requestOf({ ...ask, options: { promptExtension: false } }));
    assert.equal("shot_type" in (body.parameters as object), false);
  });

  it("leave out what a model does not take, and say so", async () => {
    const stray = { sound: true, shotType: "multi", count: 3, thinking: true };
    const { body, warnings } = await captured(
      requestOf({ model: "wan2.2-t2v-plus", operation: "text-to-video", prompt: "x", options: stray }),
    );
    assert.deepEqual(Object.keys(body.parameters as object), ["size", "prompt_extend", "watermark"]);
    assert.deepEqual(warnings, ["optionDropped", "optionDropped", "optionDropped", "optionDropped"]);
  });

  it("name a model as the user's gateway does", async () => {
    const request = requestOf({ model: "wan2.6-t2v", operation: "text-to-video", prompt: "x" });
    const named = await captured(request, { models: { "wan2.6-t2v": "team/film" } });
    assert.equal(named.body.model, "team/film");
    assert.equal((await captured({ ...request, modelOverride: "other" })).body.model, "other");
  });
});
