import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Json } from "../../src/model/json.ts";
import { optionFields } from "../../src/model/options.ts";
import { realClock } from "../../src/net/clock.ts";
import type { VendorContext } from "../../src/vendors/contract.ts";
import { kling } from "../../src/vendors/kling/index.ts";
import { encodePicture } from "../simulator/media/picture.ts";
import { type Simulator, startSimulator } from "../simulator/start.ts";
import { type Bytes, inputOf, sampleBytes, type VendorAsk } from "./asks.ts";
import { eventsOf, type TestContext, type Told, testContext } from "./context.ts";
import { klingClient } from "./kling-client.ts";
import { everyAsk, profileOf, requestOf, variantsOf } from "./kling-samples.ts";

const picture = encodePicture({ width: 600, height: 600, format: "png", seed: "a", index: 0 });
const bytesOf: Bytes = (kind) => (kind === "png" ? picture : sampleBytes(kind));

describe("Kling against the simulator", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let control: ReturnType<typeof klingClient>;
  const contexts: Record<string, TestContext> = {};

  before(async () => {
    simulator = await startSimulator({ imageMs: 1 });
    control = klingClient(simulator.ready);
    const { baseUrl, accessKey, secretKey, apiKey } = simulator.ready.kling;
    contexts.token = testContext(baseUrl, { accessKey, secretKey });
    contexts.apiKey = testContext(baseUrl, { apiKey });
  });
  after(async () => {
    for (const { net } of Object.values(contexts)) await net.close();
    await simulator.close();
  });

  /** A context as jobs would make it: the simulator's own time is ahead of ours by what was skipped. */
  function contextOf(key: string, more: Partial<VendorContext> = {}): VendorContext {
    const context = contexts[key];
    assert.ok(context);
    const jobId = randomUUID();
    // A key of its own for each job's reads, so that none waits for another's limits.
    const http = context.net.free({ vendor: "kling", keyId: jobId });
    return { ...context, clock: realClock, jobId, http, ...more };
  }

  function look(operation: unknown, context: VendorContext): Promise<Told[]> {
    assert.ok(kling.status);
    return eventsOf(kling.status(operation as Json, context));
  }

  /** Everything told from the request to the end of its task. */
  async function made(ask: VendorAsk, context: VendorContext): Promise<Told[]> {
    const request = requestOf(ask, bytesOf);
    const whole = { ...context, request: async () => request };
    const told = await eventsOf(kling.start(request, whole));
    for (
      let looks = 0;
      looks < 3 && !["done", "thrown", "failed"].includes(told.at(-1)?.type ?? "");
      looks++
    ) {
      const operation = told.findLast(({ type }) => type === "accepted")?.operation as Json | undefined;
      if (operation === undefined) break;
      await control.advance(60_000);
      told.push(...(await look(operation, whole)));
    }
    return told;
  }

  /** A clean simulator, whose clock is back where ours is, and tokens that know it. */
  async function reset(): Promise<void> {
    await control.reset();
    await kling.verify?.(contextOf("token"));
    await control.advance(2_000);
  }

  const wrongIn = (told: Told[], what: unknown) =>
    told.at(-1)?.type === "done" && told.some(({ type }) => type === "output") ? [] : [[what, told.at(-1)]];

  /** Extending needs a video of Kling's own, of an older model. */
  async function prepared(ask: VendorAsk, context: VendorContext): Promise<VendorAsk> {
    if (ask.operation !== "extend-video") return ask;
    const told = await made(
      { model: "kling-v1-6", operation: "text-to-video", prompt: "A boat" },
      { ...context, jobId: randomUUID() },
    );
    const facts = told.find(({ type }) => type === "output")?.facts as { id: string };
    return { ...ask, inputs: [["video", facts.id]] };
  }

  for (const plain of everyAsk()) {
    // The oldest model is gone at the simulator as it is at the vendor.
    if (plain.model === "kling-v1") continue;
    for (const key of plain.model === "kling-3.0-turbo" ? ["apiKey"] : ["token", "apiKey"]) {
      it(`takes ${plain.operation} of ${plain.model} with every value of every option (${key})`, async function () {
        this.timeout(60_000);
        const ask = await prepared(plain, contextOf(key));
        const wrong = wrongIn(await made(ask, contextOf(key)), "plain");
        const fields =
          key === "token" || ask.model === "kling-3.0-turbo" ? optionFields(profileOf(ask).options) : [];
        for (const { field, value, changed } of fields.flatMap((each) => variantsOf(ask, each))) {
          wrong.push(...wrongIn(await made(changed, contextOf(key)), `${field.key}=${value}`));
        }
        assert.deepEqual(wrong, []);
      });
    }
  }

  it("is charged once for one request, and says as much itself", async () => {
    await reset();
    const context = contextOf("token");
    const ask: VendorAsk = {
      model: "kling-v3",
      operation: "text-to-video",
      prompt: "A boat",
      options: { mode: "pro", sound: true, duration: 4 },
    };
    const told = await made(ask, context);
    const charges = await control.charges();
    assert.deepEqual(
      charges.map(({ amount }) => amount),
      [4.8],
    );
    assert.deepEqual(told.find(({ type }) => type === "usage")?.usage, { units: { videoUnits: 4.8 } });
    const estimate = profileOf(ask).estimate({
      options: requestOf(ask).options,
      inputCount: 0,
      region: "cn",
    });
    assert.deepEqual(estimate.kind === "units" && [estimate.low, estimate.high], [4.8, 4.8]);
  });

  it("a request sent again with the same job finds its task and is not charged again", async () => {
    await reset();
    const context = contextOf("token");
    const request = requestOf({ model: "kling-v3", operation: "text-to-video", prompt: "A boat" });
    const [first] = await eventsOf(kling.start(request, context));
    const [second] = await eventsOf(kling.start(request, context));
    assert.equal(first?.type, "accepted");
    assert.deepEqual(second, first);
    assert.equal((await control.charges()).length, 1);
  });

  for (const [key, path] of [
    ["token", "/v1/videos/text2video"],
    ["apiKey", "/text-to-video/kling-3.0"],
  ] as const) {
    it(`an answer that is lost on its way is found by the job's id (${key})`, async () => {
      await reset();
      const context = contextOf(key);
      const request = requestOf({ model: "kling-v3", operation: "text-to-video", prompt: "A boat" });
      assert.deepEqual(await kling.find?.(request, 0, context), []);
      await control.fault("resetBody", { method: "POST", path });
      const [accepted] = await eventsOf(kling.start(request, context));
      assert.equal(accepted?.type, "accepted");
      const found = await kling.find?.(request, 0, context);
      assert.deepEqual(
        found?.map(({ operation }) => operation),
        [accepted.operation],
      );
      assert.equal((await control.charges()).length, 1);
    });
  }

  for (const [key, model, operation, path] of [
    ["token", "kling-lip-sync", "lip-sync", "/v1/videos/advanced-lip-sync"],
    ["apiKey", "kling-v3", "text-to-video", "/tasks"],
  ] as const) {
    it(`an answer that is no list does not say that there is no task (${operation})`, async () => {
      await reset();
      await control.fault("wrongShape", { method: "GET", path, params: { body: { code: 0, data: {} } } });
      const context = contextOf(key);
      const request = requestOf({ model, operation, prompt: "A boat" });
      await assert.rejects(async () => kling.find?.(request, 0, context), { reason: "protocol" });
      assert.deepEqual(await kling.find?.(request, 0, context), []);
    });
  }

  it("a request that never arrived may go out again", async () => {
    await reset();
    await control.fault("status", { method: "POST", path: "/v1/videos/text2video", params: { status: 502 } });
    const request = requestOf({ model: "kling-v3", operation: "text-to-video", prompt: "A boat" });
    const [thrown] = await eventsOf(kling.start(request, contextOf("token")));
    assert.equal(thrown?.type, "thrown");
    assert.match(JSON.stringify(thrown), /"sent":"refused".*"retryable":true/);
    assert.deepEqual(await control.charges(), []);
  });

  it("a lip sync stopped between its two calls is charged once for each", async () => {
    await reset();
    const ask: VendorAsk = {
      model: "kling-lip-sync",
      operation: "lip-sync",
      inputs: [
        ["video", "https://example.com/talk.mp4"],
        ["audio", "mp3"],
      ],
    };
    const request = requestOf(ask, bytesOf);
    const context = contextOf("token", { request: async () => request });
    const [identified] = await eventsOf(kling.start(request, context));
    assert.match(JSON.stringify(identified), /"step":"identified"/);
    // The second call goes out, and its answer is lost with the process.
    const first = await look(identified?.operation, context);
    const again = await look(identified?.operation, context);
    assert.deepEqual(again.at(-1), first.at(-1));
    assert.deepEqual(
      (await control.charges()).map(({ operation }) => operation),
      ["identify-face", "lip-sync"],
    );
    await control.advance(60_000);
    const done = await look(first.at(-1)?.operation, context);
    assert.deepEqual(done.find(({ type }) => type === "usage")?.usage, { units: { videoUnits: 1.05 } });
  });

  it("a right key is accepted with what is left, a wrong one rejected, at no cost", async () => {
    await reset();
    const verification = await kling.verify?.(contextOf("token"));
    assert.equal(verification?.result, "accepted");
    const detail = verification?.result === "accepted" ? verification.detail : "";
    assert.match(detail ?? "", /^[\w ,-]+: [\d.]+ \/ \d+ \(\d{4}-\d\d-\d\d\)/);
    await control.advance(2_000);
    assert.equal((await kling.verify?.(contextOf("apiKey")))?.result, "accepted");
    for (const credentials of [{ apiKey: "wrong" }, { accessKey: "ak-wrong", secretKey: "wrong" }]) {
      const wrong = await kling.verify?.(contextOf("token", { credentials }));
      assert.equal(wrong?.result, "rejected");
    }
    assert.deepEqual(await control.charges(), []);
  });

  it("a clock that is an hour off does no harm", async () => {
    await reset();
    await control.fault("skew", { times: 20 });
    const context = contextOf("token", {
      credentials: { ...contexts.token?.credentials },
      baseUrl: simulator.ready.kling.baseUrl.replace("127.0.0.1", "localhost"),
    });
    assert.equal((await kling.verify?.(context))?.result, "accepted");
  });

  it("an element is made, used by its name, listed and deleted", async () => {
    await reset();
    const context = () => contextOf("token");
    const draft = {
      shelf: "elements",
      form: "elementFromImages",
      prompt: "a girl with a red hood",
      options: { name: "Rotkäppchen", tag: "o_102", voice: "" },
      inputs: [inputOf(["source", "png"], bytesOf), inputOf(["reference", "png"], bytesOf)],
    } as const;
    const made = await kling.library?.create(draft, context());
    assert.ok(made?.own);
    assert.equal(made.name, "Rotkäppchen");
    const listed = await kling.library?.list("elements", context());
    assert.deepEqual(
      listed?.map(({ id, own }) => [id, own]),
      [
        [made.id, true],
        ["829836802793406551", true],
        ["321922438904313", true],
        ["160", false],
      ],
    );
    const request = requestOf({
      model: "kling-v3-omni",
      operation: "text-to-video",
      prompt: "@Rotkäppchen meets @Big",
    });
    const [accepted] = await eventsOf(kling.start(request, context()));
    assert.equal(accepted?.type, "accepted");
    const requests = await control.requestText();
    assert.match(requests, /<<<element_1>>> meets <<<element_2>>>/);
    assert.match(requests, /"element_id":\s*829836802793406551/);
    const unknown = requestOf({
      model: "kling-v3-omni",
      operation: "text-to-video",
      prompt: "@Nobody walks",
    });
    const [thrown] = await eventsOf(kling.start(unknown, context()));
    assert.deepEqual(thrown?.error, {
      reason: "invalid",
      sent: "no",
      retryable: false,
      next: "unknownElement",
      field: "Nobody",
    });
    await kling.library?.remove(made, context());
    const left = await kling.library?.list("elements", context());
    assert.equal(
      left?.some(({ id }) => id === made.id),
      false,
    );
  });

  it("a voice is made, used by its name and deleted", async () => {
    await reset();
    const context = () => contextOf("token");
    const draft = {
      shelf: "voices",
      form: "voiceFromSound",
      prompt: "",
      options: { name: "narrator" },
      inputs: [inputOf(["audio", "https://example.com/voice.mp3"])],
    } as const;
    const made = await kling.library?.create(draft, context());
    assert.ok(made);
    const request = requestOf({
      model: "kling-v2-6",
      operation: "text-to-video",
      prompt: "<<<voice_1>>> says hello, <<<voice_2>>> too",
      options: { mode: "pro", sound: true, voices: "narrator, Calm narrator" },
    });
    const [accepted] = await eventsOf(kling.start(request, context()));
    assert.equal(accepted?.type, "accepted", JSON.stringify(accepted));
    await kling.library?.remove(made, context());
    const [thrown] = await eventsOf(
      kling.start({ ...request, options: { ...request.options, voices: made.id } }, context()),
    );
    assert.match(JSON.stringify(thrown?.error), /voice not found/);
  });
});
