import assert from "node:assert/strict";
import { optionFields } from "../../src/model/options.ts";
import { seedream } from "../../src/vendors/seedream/index.ts";
import { isVideoOperation } from "../../src/vendors/seedream/video/operations.ts";
import { encodePicture } from "../simulator/media/picture.ts";
import { eventsOf, type TestContext, testContext } from "./context.ts";
import { controlOf, useSimulator } from "./control.ts";
import type { Ask } from "./manifest.ts";
import { everyAsk, otherValues, profileOf, requestOf, type SampleFile, sampleBytes } from "./samples.ts";

/** Pictures large enough for every operation. */
const pictures: Partial<Record<SampleFile, Buffer>> = {
  png: encodePicture({ width: 600, height: 600, format: "png", seed: "a", index: 0 }),
  jpeg: encodePicture({ width: 600, height: 600, format: "jpeg", seed: "a", index: 0 }),
  alpha: encodePicture({ width: 600, height: 600, format: "png", seed: "a", index: 0, transparent: true }),
};

describe("Seedream against the simulator", () => {
  const ready = useSimulator({ imageMs: 1 });
  const control = controlOf(ready, "seedream");
  let context: TestContext;

  before(async () => {
    context = testContext(ready.seedream.baseUrl, { apiKey: ready.seedream.apiKey });
  });
  after(() => context.net.close());

  // Small pictures, whatever size is asked for: this is about what is taken, not about drawing.
  const ask = (what: Ask) =>
    eventsOf(
      seedream.start(
        requestOf(what, "A lighthouse [size 64x64]", (kind) => pictures[kind] ?? sampleBytes(kind)),
        context,
      ),
    );

  for (const plain of everyAsk().filter(({ operation }) => !isVideoOperation(operation))) {
    it(`takes ${plain.operation} of ${plain.model} with every value of every option`, async function () {
      this.timeout(60_000);
      const wrong: unknown[] = [];
      for (const field of optionFields(profileOf(plain).options)) {
        for (const value of otherValues(field)) {
          // Sizes are the same for every operation of a model, and a request with pictures takes its time.
          if ((plain.inputs ?? []).length > 0 && /^\d+x\d+$/.test(String(value))) continue;
          const told = await ask({ ...plain, options: { [field.key]: value } });
          if (told.at(-1)?.type !== "done" || !told.some(({ type }) => type === "output")) {
            wrong.push([field.key, value, told.at(-1)]);
          }
        }
      }
      assert.deepEqual(wrong, []);
    });
  }

  it("is charged once for one request, and says so itself", async () => {
    await control.reset();
    const told = await ask({ model: "seedream-4-5", operation: "text-to-image", options: { count: 3 } });
    const charges = await control.charges();
    assert.equal(charges.length, 1);
    const usage = told.find(({ type }) => type === "usage")?.usage as { units: Record<string, number> };
    assert.equal(usage.units.images, told.filter(({ type }) => type === "output").length);
    assert.equal(charges[0]?.amount, usage.units.images);
  });

  it("a right key is accepted and a wrong one rejected, at no cost", async () => {
    await control.reset();
    assert.equal((await seedream.verify?.(context))?.result, "accepted");
    const wrong = await seedream.verify?.({ ...context, credentials: { apiKey: "wrong-key" } });
    assert.equal(wrong?.result, "rejected");
    assert.deepEqual(await control.charges(), []);
  });
});
