import assert from "node:assert/strict";
import { checkRequest } from "../../src/model/check.ts";
import type { Json } from "../../src/model/json.ts";
import { type OptionValues, optionFields } from "../../src/model/options.ts";
import type { FollowUp } from "../../src/vendors/contract.ts";
import { seedream } from "../../src/vendors/seedream/index.ts";
import { cancelVideo } from "../../src/vendors/seedream/video/cancel.ts";
import { findVideo } from "../../src/vendors/seedream/video/find.ts";
import { isVideoOperation } from "../../src/vendors/seedream/video/operations.ts";
import { videoProfiles } from "../../src/vendors/seedream/video/profiles.ts";
import { videoStatus } from "../../src/vendors/seedream/video/status.ts";
import { mp3Clip, wavClip } from "../simulator/media/clips.ts";
import { encodePicture } from "../simulator/media/picture.ts";
import { eventsOf, type TestContext, type Told, testContext, testNow } from "./context.ts";
import { controlOf, useSimulator } from "./control.ts";
import type { Ask } from "./manifest.ts";
import {
  checkedOf,
  everyAsk,
  otherValues,
  profileOf,
  requestOf,
  type Sample,
  type SampleFile,
  sampleBytes,
  sampleVideo,
} from "./samples.ts";

/** Files that are large and long enough for every operation. */
const files: Partial<Record<SampleFile, Buffer>> = {
  png: encodePicture({ width: 400, height: 400, format: "png", seed: "a", index: 0 }),
  jpeg: encodePicture({ width: 400, height: 400, format: "jpeg", seed: "a", index: 0 }),
  wav: wavClip("a", 3),
  mp3: mp3Clip("a"),
};

/** Words that say what kind of task it is, for the model that minds. */
const prompts: Readonly<Record<string, string>> = {
  "edit-video": "Edit Video 1: replace the red car with a white van",
  "extend-video": "Extend Video 1: the car drives on",
};

const hour = 3_600_000;

describe("Seedance against the simulator", () => {
  const ready = useSimulator();
  const control = controlOf(ready, "seedream");
  let context: TestContext;

  beforeEach(async () => {
    context = testContext(ready.seedream.baseUrl, { apiKey: ready.seedream.apiKey });
    await control.reset();
  });
  afterEach(() => context.net.close());

  const { advance } = control;
  const request = (ask: Ask, words = "") =>
    requestOf(
      ask,
      (prompts[ask.operation] ?? "A lighthouse") + words,
      (kind) => files[kind] ?? sampleBytes(kind),
    );
  const start = (ask: Ask, words?: string) => eventsOf(seedream.start(request(ask, words), context));
  const look = (told: readonly Told[]) =>
    eventsOf(videoStatus(told.find(({ type }) => type === "accepted")?.operation as Json, context));
  const types = (told: readonly Told[]) => told.map(({ type }) => type).join(" ");

  const retired = new Set(videoProfiles.filter(({ retires }) => retires).map(({ id }) => id));
  const asks = everyAsk().filter(
    ({ model, operation }) => isVideoOperation(operation) && !retired.has(model),
  );

  for (const plain of asks) {
    it(`takes ${plain.operation} of ${plain.model} with every value of every option`, async function () {
      this.timeout(60_000);
      const wrong: unknown[] = [];
      for (const field of optionFields(profileOf(plain).options)) {
        // A draft to finish must be there first: below.
        for (const value of field.key === "draftTask" ? [] : otherValues(field)) {
          const told = await start({ ...plain, options: { [field.key]: value } });
          if (told.at(-1)?.type !== "accepted") wrong.push([field.key, value, told.at(-1)]);
          await advance(hour);
        }
      }
      assert.deepEqual(wrong, []);
      const made = await start({ ...plain, options: { lastFrame: true } });
      assert.equal(types(await look(made)), "progress");
      await advance(hour);
      assert.equal(types(await look(made)), "usage output output done");
    });
  }

  it("agrees with the simulator on every combination of references", async () => {
    const kinds: Sample[] = ["jpeg", sampleVideo, "mp3"];
    for (const { id } of videoProfiles.filter(({ id, references }) => references && !retired.has(id))) {
      for (let chosen = 1; chosen < 8; chosen++) {
        const inputs = kinds.filter((_, index) => chosen & (1 << index));
        const ask: Ask = { model: id, operation: "references-to-video", inputs };
        const isFine = checkRequest(profileOf(ask), checkedOf(request(ask))).length === 0;
        const told = await start(ask);
        assert.equal(told.at(-1)?.type, isFine ? "accepted" : "thrown", `${id} ${inputs.join()}`);
      }
    }
  });

  it("makes the final of a draft by what the draft itself offers, and each is charged once", async () => {
    const ask: Ask = { model: "seedance-2-5", operation: "image-to-video", inputs: ["jpeg"] };
    const draft = await start({ ...ask, options: { draft: true, resolution: "480p" } });
    await advance(hour);
    const shown = await look(draft);
    const facts = shown.find(({ type }) => type === "output")?.facts as { followUp?: FollowUp };
    assert.equal(facts.followUp?.step, "final");
    const options: OptionValues = { draft: true, resolution: "480p", ...facts.followUp?.options };
    const final = await start({ ...ask, options });
    await advance(hour);
    assert.equal(types(await look(final)), "usage output done");
    assert.deepEqual(context.steps, ["draft", "final"]);
    assert.equal((await control.charges()).length, 2);
  });

  it("says itself what the vendor charges", async () => {
    const made = await start({ model: "seedance-2-0", operation: "text-to-video" });
    await advance(hour);
    const usage = (await look(made)).find(({ type }) => type === "usage")?.usage;
    const [charge, ...more] = await control.charges();
    assert.deepEqual(more, []);
    assert.deepEqual(usage, { units: { tokens: charge?.amount } });
    assert.equal(charge?.amount, 108_900);
  });

  it("cancels what waits, and leaves what runs or has ended alone", async () => {
    const ask: Ask = { model: "seedance-2-0-mini", operation: "text-to-video" };
    const cancel = (told: readonly Told[]) => cancelVideo(told.at(-1)?.operation as Json, context);
    const waiting = await start(ask, " [queued 1h] [slow 2h]");
    assert.deepEqual(await cancel(waiting), { result: "cancelled" });
    assert.partialDeepStrictEqual(await look(waiting), [
      { type: "failed", error: { next: "taskCancelled" } },
    ]);
    const running = await start(ask, " [queued 1h] [slow 2h]");
    await advance(1.5 * hour);
    assert.deepEqual(await cancel(running), { result: "tooLate" });
    await advance(2 * hour);
    assert.deepEqual(await cancel(running), { result: "tooLate" });
    assert.equal(types(await look(running)), "usage output done");
  });

  it("finds the task of a call whose answer was lost, and it alone", async () => {
    const ask: Ask = { model: "seedance-2-0-mini", operation: "text-to-video" };
    await start({ ...ask, options: { duration: 4 } });
    await advance(hour);
    await control.fault("resetBody", { method: "POST" });
    const [lost, ...more] = await start(ask);
    assert.deepEqual(more, []);
    assert.partialDeepStrictEqual(lost, { type: "thrown", error: { sent: "unknown" } });
    const found = await findVideo(request(ask), testNow, context);
    assert.equal(found.length, 1);
    await advance(hour);
    assert.equal(types(await eventsOf(videoStatus(found[0]?.operation ?? "", context))), "usage output done");
  });

  it("tells a failure and an end of the time limit as what they are", async () => {
    const ask: Ask = { model: "seedance-1-0-pro", operation: "text-to-video" };
    const failed = await start(ask, " [fail]");
    const late = await start({ ...ask, options: { expiresAfter: 1 } }, " [queued 2h] [slow 3h]");
    await advance(1.5 * hour);
    assert.partialDeepStrictEqual(await look(failed), [{ type: "failed", error: { reason: "policy" } }]);
    assert.partialDeepStrictEqual(await look(late), [{ type: "failed", error: { next: "taskExpired" } }]);
    assert.deepEqual(await control.charges(), []);
  });
});
