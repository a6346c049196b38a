import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { checkRequest } from "../../../../src/model/check.ts";
import { optionFields } from "../../../../src/model/options.ts";
import { sampleBytes, type VendorAsk } from "../../../contract/asks.ts";
import { checkedOf, everyAsk, profileOf, requestOf, variantsOf } from "../../../contract/visual-samples.ts";
import { readable } from "../kling/capture.ts";
import { captured } from "./capture.ts";

const golden = new URL("requests.golden.json", import.meta.url);
const asks = everyAsk();
const titleOf = ({ model, operation }: VendorAsk) => `${model} ${operation}`;
/** An option whose value is the second call's matter: the first only looks for people. */
const isLater = (key: string) => key === "subject";

async function written(ask: VendorAsk): Promise<Record<string, unknown>> {
  const { action, body, result } = await captured(requestOf(ask));
  const readableBody = readable(body) as Record<string, unknown>;
  return { action, ...readableBody, ...(result === undefined ? {} : { looks: JSON.parse(result) }) };
}

describe("Volcengine Visual requests", function () {
  this.timeout(60_000);

  it("are exactly these, for every model, operation and option", async () => {
    const actual: Record<string, unknown> = {};
    for (const ask of asks) {
      actual[titleOf(ask)] = await written(ask);
      for (const field of optionFields(profileOf(ask).options).filter(({ key }) => !isLater(key))) {
        for (const { value, plain, changed } of variantsOf(ask, field)) {
          const before = await written(plain);
          const after = Object.entries(await written(changed)).filter(
            ([name, member]) => JSON.stringify(member) !== JSON.stringify(before[name]),
          );
          actual[`${titleOf(ask)} ${field.key}=${value}`] = Object.fromEntries(after);
        }
      }
    }
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, `${JSON.stringify(actual, null, 2)}\n`);
    assert.deepEqual(actual, JSON.parse(readFileSync(golden, "utf8")));
  });

  for (const ask of asks) {
    it(`${titleOf(ask)}: every option in turn changes the request, and is one that Easel lets through`, async () => {
      const profile = profileOf(ask);
      assert.deepEqual(checkRequest(profile, checkedOf(ask)), []);
      for (const field of optionFields(profile.options).filter(({ key }) => !isLater(key))) {
        const variants = variantsOf(ask, field);
        assert.ok(variants.length > 0, `${field.key} has one value only`);
        for (const { value, plain, changed } of variants) {
          assert.deepEqual(checkRequest(profile, checkedOf(changed)), [], `${field.key}=${value}`);
          assert.notDeepEqual(await written(changed), await written(plain), `${field.key}=${value}`);
        }
      }
    });
  }

  it("say what moves the price even where it is the default", async () => {
    for (const ask of asks) {
      const { text, result = "" } = await captured(requestOf(ask));
      const said = `${text}${result}`;
      const options = profileOf(ask).options.shape;
      const members: Record<string, string> = {
        onlyOne: "force_single",
        promptExpansion: "use_pre_llm",
        superResolution: "use_sr",
        logo: "add_logo",
        duration: "frames",
      };
      for (const [key, member] of Object.entries(members)) {
        assert.equal(said.includes(`"${member}"`), key in options, `${titleOf(ask)}: ${member}`);
      }
    }
  });

  it("carry pictures as plain base64 or as links, never both, and none where none is given", async () => {
    for (const ask of asks) {
      const { body } = await captured(requestOf(ask));
      assert.ok(!("binary_data_base64" in body && "image_urls" in body), titleOf(ask));
    }
    const ask: VendorAsk = { model: "seededit-3.0", operation: "image-to-image", prompt: "x" };
    const file = await captured(requestOf({ ...ask, inputs: [["reference", "png"]] }));
    assert.deepEqual(file.body.binary_data_base64, [sampleBytes("png").toString("base64")]);
    const link = await captured(requestOf({ ...ask, inputs: [["reference", "https://example.com/a.png"]] }));
    assert.deepEqual(link.body.image_urls, ["https://example.com/a.png"]);
  });

  it("put the picture before the mask, and the first frame before the last, however they are given", async () => {
    const inpaint = await captured(
      requestOf({
        model: "jimeng-inpaint",
        operation: "inpaint",
        prompt: "x",
        inputs: [
          ["mask", "https://example.com/mask.png"],
          ["source", "https://example.com/in.png"],
        ],
      }),
    );
    assert.deepEqual(inpaint.body.image_urls, ["https://example.com/in.png", "https://example.com/mask.png"]);
    const clip = await captured(
      requestOf({
        model: "jimeng-video-3.0",
        operation: "frames-to-video",
        inputs: [
          ["lastFrame", "https://example.com/2.png"],
          ["firstFrame", "https://example.com/1.png"],
        ],
      }),
    );
    assert.deepEqual(clip.body.image_urls, ["https://example.com/1.png", "https://example.com/2.png"]);
  });

  it("leave out what a model does not take, even when a value for it is handed in, and say so", async () => {
    const ask = { model: "jimeng-2.1", operation: "text-to-image", prompt: "x" } as const;
    const { body, warnings } = await captured(requestOf({ ...ask, options: { steps: 20, scale: 3 } }));
    assert.deepEqual(
      ["steps", "ddim_steps", "scale"].filter((name) => name in body),
      [],
    );
    assert.deepEqual(warnings, ["optionDropped", "optionDropped"]);
  });

  it("with some pictures as files and some as links are refused before sending", async () => {
    const request = requestOf({
      model: "jimeng-video-3.0",
      operation: "frames-to-video",
      inputs: [
        ["firstFrame", "png"],
        ["lastFrame", "https://example.com/2.png"],
      ],
    });
    await assert.rejects(captured(request), (error: { facts?: object }) => {
      assert.partialDeepStrictEqual(error.facts, { sent: "no", next: "filesOrLinks" });
      return true;
    });
  });

  it("are refused before sending where a model has not the operation, or is unknown", async () => {
    const request = requestOf({ model: "jimeng-3.1", operation: "text-to-image", prompt: "x" });
    await assert.rejects(captured({ ...request, operation: "inpaint" }), { name: "VendorError" });
    await assert.rejects(captured({ ...request, model: "jimeng-9" }), { name: "VendorError" });
  });
});
