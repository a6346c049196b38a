import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { checkRequest } from "../../../../src/model/check.ts";
import { optionFields } from "../../../../src/model/options.ts";
import { isVideoOperation } from "../../../../src/vendors/seedream/video/operations.ts";
import type { Ask } from "../../../contract/manifest.ts";
import { checkedOf, everyAsk, otherValues, profileOf, requestOf } from "../../../contract/samples.ts";
import { differences } from "../firstSent.ts";
import { captured, readable } from "./capture.ts";

/** What is held, by the kind of media asked for. */
const goldens = { pictures: "requests.golden.json", clips: "video-requests.golden.json" } as const;
const cn = "https://ark.cn-beijing.volces.com/api/v3";
const intl = "https://ark.ap-southeast.bytepluses.com/api/v3";

const asks = everyAsk();
const titleOf = ({ model, operation }: Ask) => `${model} ${operation}`;

describe("Seedream requests", () => {
  for (const kind of ["pictures", "clips"] as const) {
    it(`for ${kind} are exactly these, for every model, operation and option`, () => holds(kind));
  }

  async function holds(kind: keyof typeof goldens): Promise<void> {
    const golden = new URL(goldens[kind], import.meta.url);
    const actual: Record<string, unknown> = {};
    for (const ask of asks) {
      if (isVideoOperation(ask.operation) !== (kind === "clips")) continue;
      const { body, deadlineMs } = await captured(requestOf(ask, "A lighthouse"), cn);
      actual[titleOf(ask)] = { ...readable(body), "(deadline s)": (deadlineMs ?? 0) / 1000 };
      for (const field of optionFields(profileOf(ask).options)) {
        // Sizes differ in nothing but the size, and the values of a clip's option in nothing but themselves.
        const one = field.kind === "size" || kind === "clips";
        for (const value of otherValues(field).slice(0, one ? 1 : undefined)) {
          const changed = await captured(
            requestOf({ ...ask, options: { [field.key]: value } }, "A lighthouse"),
            cn,
          );
          actual[`${titleOf(ask)} ${field.key}=${value}`] = differences(
            readable(body),
            readable(changed.body),
          );
        }
      }
    }
    if (process.env.UPDATE_GOLDEN) writeFileSync(golden, `${JSON.stringify(actual, null, 2)}\n`);
    assert.deepEqual(actual, JSON.parse(readFileSync(golden, "utf8")));
  }

  for (const ask of asks) {
    it(`${titleOf(ask)}: every option in turn changes the request, and is one that Easel lets through`, async () => {
      const profile = profileOf(ask);
      const { body } = await captured(requestOf(ask, "A lighthouse"), cn);
      for (const field of optionFields(profile.options)) {
        const values = otherValues(field);
        assert.ok(values.length > 0, `${field.key} has one value only`);
        for (const value of values) {
          const request = requestOf({ ...ask, options: { [field.key]: value } }, "A lighthouse");
          assert.deepEqual(checkRequest(profile, checkedOf(request)), [], `${field.key}=${value}`);
          const changed = await captured(request, cn);
          assert.notDeepEqual(changed.body, body, `${field.key}=${value}`);
        }
      }
    });
  }

  it("leave out what a model does not take, even when a value for it is handed in", async () => {
    const stray = { count: 4, webSearch: true, promptOptimization: "fast", seed: 7 };
    const ask: Ask = { model: "seedream-5-0-flash", operation: "text-to-image", options: stray };
    const { body } = await captured(requestOf(ask, "x"), cn);
    for (const name of [
      "sequential_image_generation",
      "stream",
      "tools",
      "optimize_prompt_options",
      "background",
    ]) {
      assert.equal(name in body, false, name);
    }
  });

  it("name the model as the address knows it, and an endpoint as it is", async () => {
    const ask: Ask = { model: "seedream-4-5", operation: "text-to-image" };
    const modelAt = async (baseUrl: string) => (await captured(requestOf(ask, "x"), baseUrl)).body.model;
    assert.equal(await modelAt(cn), "doubao-seedream-4-5-251128");
    assert.equal(await modelAt(intl), "seedream-4-5-251128");
    assert.equal(await modelAt("http://127.0.0.1:8080/api/v3"), "doubao-seedream-4-5-251128");
    const endpoint = { ...requestOf(ask, "x"), modelOverride: "ep-20261101-abcde" };
    assert.equal((await captured(endpoint, cn)).body.model, "ep-20261101-abcde");
  });

  it("pass a link on as it is", async () => {
    const url = "https://example.com/a b.png?x=1&y=%2F";
    const request = requestOf({ model: "seedream-4-5", operation: "image-to-image" }, "x");
    const link = { role: "reference", name: "a", type: "", bytes: 0, url } as const;
    assert.equal((await captured({ ...request, inputs: [link] }, cn)).body.image, url);
  });

  it("ask for PNG where the background is to be transparent, and say so", async () => {
    const ask: Ask = { model: "seedream-5-0-pro", operation: "image-to-image", inputs: ["alpha"] };
    const request = requestOf({ ...ask, options: { background: "transparent", format: "jpeg" } }, "x");
    const { body, warnings } = await captured(request, cn);
    assert.equal(body.output_format, "png");
    assert.deepEqual(warnings, ["formatPngForTransparency"]);
    assert.deepEqual((await captured(requestOf(ask, "x"), cn)).warnings, []);
  });

  it("are refused before sending where a model has not the operation", async () => {
    const request = { ...requestOf({ model: "seedream-4-5", operation: "text-to-image" }, "x") };
    await assert.rejects(captured({ ...request, operation: "speech" }, cn), { name: "VendorError" });
    await assert.rejects(captured({ ...request, model: "gone" }, cn), { name: "VendorError" });
    await assert.rejects(captured({ ...request, operation: "layers" }, cn), { name: "VendorError" });
  });
});
