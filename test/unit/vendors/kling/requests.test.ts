import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { checkRequest } from "../../../../src/model/check.ts";
import { optionFields } from "../../../../src/model/options.ts";
import { sampleBytes, type VendorAsk } from "../../../contract/asks.ts";
import { checkedOf, everyAsk, profileOf, requestOf, variantsOf } from "../../../contract/kling-samples.ts";
import { differences } from "../firstSent.ts";
import { apiKey, captured, keys, readable } from "./capture.ts";

const golden = new URL("requests.golden.json", import.meta.url);
const asks = everyAsk();
const titleOf = ({ model, operation }: VendorAsk) => `${model} ${operation}`;
/** A model that only the newer paths have cannot be asked with access key and secret key. */
const credentialsOf = ({ model }: VendorAsk) => (model === "kling-3.0-turbo" ? apiKey : keys);

async function written(ask: VendorAsk, credentials = credentialsOf(ask)) {
  const { path, body } = await captured(requestOf(ask), credentials);
  return { path, ...(readable(body) as Record<string, unknown>) };
}

describe("Kling requests", function () {
  this.timeout(60_000);

  it("are exactly these, for every model, operation and option, in both generations of the API", async () => {
    const actual: Record<string, unknown> = {};
    for (const ask of asks) {
      const plain = await written(ask);
      actual[titleOf(ask)] = plain;
      const newer = await written(ask, apiKey);
      if (newer.path !== plain.path) actual[`${titleOf(ask)} with an API key`] = newer;
      for (const { field, value, plain: before, changed } of optionFields(profileOf(ask).options).flatMap(
        (each) => variantsOf(ask, each),
      )) {
        actual[`${titleOf(ask)} ${field.key}=${value}`] = differences(
          await written(before),
          await written(changed),
        );
      }
    }
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, `${JSON.stringify(actual, null, 2)}\n`);
    assert.deepEqual(actual, JSON.parse(readFileSync(golden, "utf8")));
  });

  for (const ask of asks) {
    it(`${titleOf(ask)}: every option in turn changes the request, and is one that Easel lets through`, async () => {
      const profile = profileOf(ask);
      assert.deepEqual(checkRequest(profile, checkedOf(ask)), []);
      for (const field of optionFields(profile.options)) {
        const variants = variantsOf(ask, field);
        assert.ok(variants.length > 0, `${field.key} has one value only`);
        for (const { value, plain, changed } of variants) {
          assert.deepEqual(checkRequest(profile, checkedOf(changed)), [], `${field.key}=${value}`);
          // Faces, cuts and volumes are for the second call; which file of a sound is taken is no matter of the request.
          if (ask.operation === "lip-sync" || field.key === "format") continue;
          const body = (await captured(requestOf(changed), credentialsOf(ask))).text;
          assert.notEqual(body, (await captured(requestOf(plain), credentialsOf(ask))).text, field.key);
        }
      }
    });
  }

  it("leave out what a model does not take, even when a value for it is handed in, and say so", async () => {
    const stray = { sound: true, cfgScale: 1, camera: "zoom", shots: "auto", mode: "pro" };
    const ask = { model: "kling-v2-master", operation: "text-to-video", prompt: "x" } as const;
    const { body, warnings } = await captured(requestOf({ ...ask, options: stray }));
    for (const name of ["sound", "cfg_scale", "camera_control", "multi_shot", "mode"]) {
      assert.equal(name in body, false, name);
    }
    assert.deepEqual([...new Set(warnings)], ["optionDropped"]);
    assert.equal(warnings.length, 5);
  });

  it("carry files as plain base64 and the digits of an element as they are", async () => {
    const { text, body } = await captured(
      requestOf({
        model: "kling-v3",
        operation: "image-to-video",
        inputs: [["firstFrame", "png"]],
        options: { elements: "829836802793406551" },
      }),
    );
    assert.equal(body.image, sampleBytes("png").toString("base64"));
    assert.match(text, /"element_list":\[\{"element_id":829836802793406551\}\]/);
  });

  it("name what the prompt names, as either generation writes it", async () => {
    const ask: VendorAsk = {
      model: "kling-v3-omni",
      operation: "references-to-video",
      prompt: "@321922438904313 and <<<element_1>>> meet the dog of @image_1, me@@home",
      inputs: [["reference", "png"]],
      options: { elements: "321922438904313" },
    };
    const legacy = await captured(requestOf(ask), keys);
    assert.equal(
      legacy.body.prompt,
      "<<<element_1>>> and <<<element_1>>> meet the dog of <<<image_1>>>, me@home",
    );
    const newer = await captured(requestOf(ask), apiKey);
    const [prompt, image, element] = newer.body.contents as Record<string, unknown>[];
    assert.equal(prompt?.text, "@element_1 and @element_1 meet the dog of @image_1, me@home");
    assert.deepEqual(
      [image?.id, element?.id, element?.element_id],
      ["image_1", "element_1", "321922438904313"],
    );
  });

  it("leave an @ alone where no elements are taken", async () => {
    const ask = { model: "kling-v2-6", operation: "text-to-video", prompt: "@bob says @voice_1" } as const;
    assert.equal((await captured(requestOf(ask))).body.prompt, "@bob says <<<voice_1>>>");
    const plain = { model: "kling-v1-6", operation: "text-to-video", prompt: "@bob, @image_1" } as const;
    assert.equal((await captured(requestOf(plain))).body.prompt, "@bob, @image_1");
  });

  it("with an API key go the newer way, and the older one where only that can say it", async () => {
    const ask: VendorAsk = { model: "kling-v3", operation: "text-to-video", prompt: "x" };
    const pathOf = async (options: VendorAsk["options"], credentials = apiKey as Record<string, string>) =>
      (await captured(requestOf({ ...ask, ...(options ? { options } : {}) }), credentials)).path;
    assert.equal(await pathOf({}), "/text-to-video/kling-3.0");
    assert.equal(await pathOf({ negativePrompt: "blurry" }), "/v1/videos/text2video");
    assert.equal(await pathOf({ cfgScale: 0.7 }), "/v1/videos/text2video");
    assert.equal(await pathOf({}, keys), "/v1/videos/text2video");
  });

  it("of a model that needs the API key are refused before sending without one", async () => {
    const request = requestOf({ model: "kling-3.0-turbo", operation: "text-to-video", prompt: "x" });
    await assert.rejects(captured(request, keys), (error: { facts?: object }) => {
      assert.deepEqual(error.facts, { reason: "credentials", sent: "no", next: "klingKeyKind" });
      return true;
    });
  });

  it("are refused before sending where a model has not the operation, or an id is needed", async () => {
    const request = requestOf({ model: "kling-v3", operation: "text-to-video", prompt: "x" });
    await assert.rejects(captured({ ...request, operation: "speech" }), { name: "VendorError" });
    await assert.rejects(captured({ ...request, model: "gone" }), { name: "VendorError" });
    const extend = requestOf({
      model: "kling-v1-6",
      operation: "extend-video",
      inputs: [["video", "https://example.com/in.mp4"]],
    });
    await assert.rejects(captured(extend), (error: { facts?: { next?: string } }) => {
      assert.equal(error.facts?.next, "needsVendorId");
      return true;
    });
  });
});
