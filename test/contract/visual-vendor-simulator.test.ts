import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { encode } from "fast-png";
import { imageSize } from "image-size";
import type { Json } from "../../src/model/json.ts";
import { type OptionValues, optionFields } from "../../src/model/options.ts";
import { realClock } from "../../src/net/clock.ts";
import { createNet } from "../../src/net/net.ts";
import type { InputFile, VendorContext, VendorRequest } from "../../src/vendors/contract.ts";
import { visual } from "../../src/vendors/visual/index.ts";
import { encodePicture } from "../simulator/media/picture.ts";
import { accountOf } from "../simulator/visual/accounts.ts";
import { type Bytes, sampleBytes, type VendorAsk } from "./asks.ts";
import { eventsOf, type TestContext, type Told, testContext } from "./context.ts";
import { controlOf, useSimulator } from "./control.ts";
import { everyAsk, profileOf, requestOf, variantsOf } from "./visual-samples.ts";

const side = 600;
const picture = encodePicture({ width: side, height: side, format: "png", seed: "a", index: 0 });
const mask = encode({ width: side, height: side, channels: 1, depth: 8, data: new Uint8Array(side * side) });
const bytesOf: Bytes = (kind) => (kind === "png" ? picture : sampleBytes(kind));

/** The request with files that the vendor can work with: a mask is grey. */
function wholeOf(ask: VendorAsk): VendorRequest {
  const request = requestOf(ask, bytesOf);
  const masked = (input: InputFile): InputFile => ({
    ...input,
    bytes: mask.length,
    async *open() {
      yield mask;
    },
  });
  return {
    ...request,
    inputs: request.inputs.map((input) => (input.role === "mask" && input.open ? masked(input) : input)),
  };
}

describe("Volcengine Visual against the simulator", function () {
  this.timeout(60_000);
  const ready = useSimulator({ imageMs: 1 });
  const control = controlOf(ready, "visual");
  let plain: TestContext;
  let contexts = 0;

  before(async () => {
    const { baseUrl, accessKeyId, secretAccessKey } = ready.visual;
    plain = testContext(baseUrl, { accessKeyId, secretAccessKey });
  });
  after(() => plain.net.close());
  beforeEach(async () => {
    await control.reset();
    // The clock is back where it was, and is learnt anew.
    await visual.verify?.(contextOf());
    await advance(2_000);
  });

  const { fault, advance } = control;

  /** A context as jobs would make it; a key of its own for each, so that none waits for another's limits. */
  function contextOf(more: Partial<VendorContext> = {}): VendorContext {
    const keyId = `test${contexts++}`;
    return {
      ...plain,
      clock: realClock,
      jobId: randomUUID(),
      http: plain.net.free({ vendor: "kling", keyId }),
      ...more,
    };
  }

  function look(operation: unknown, context: VendorContext): Promise<Told[]> {
    assert.ok(visual.status);
    return eventsOf(visual.status(operation as Json, context));
  }

  /** Everything told from the request to the end of its task. */
  async function made(ask: VendorAsk, context = contextOf()): Promise<Told[]> {
    const request = wholeOf(ask);
    const whole = { ...context, request: async () => request };
    const told = await eventsOf(visual.start(request, whole));
    for (let looks = 0; looks < 3 && told.at(-1)?.type === "accepted"; looks++) {
      await advance(60_000);
      told.push(...(await look(told.at(-1)?.operation, whole)));
    }
    return told;
  }

  const wrongIn = (told: Told[], what: unknown) =>
    told.at(-1)?.type === "done" && told.some(({ type }) => type === "output") ? [] : [[what, told.at(-1)]];

  for (const ask of everyAsk()) {
    it(`takes ${ask.operation} of ${ask.model} with every value of every option`, async () => {
      const wrong = wrongIn(await made(ask), "plain");
      for (const field of optionFields(profileOf(ask).options)) {
        for (const { value, changed } of variantsOf(ask, field)) {
          wrong.push(...wrongIn(await made(changed), `${field.key}=${value}`));
          await advance(2_000);
        }
      }
      assert.deepEqual(wrong, []);
    });
  }

  const t2i = (prompt: string, options: OptionValues = {}): VendorAsk => ({
    model: "jimeng-3.1",
    operation: "text-to-image",
    prompt,
    options,
  });
  const factsOf = (told: Told | undefined) => (told?.error ?? {}) as Record<string, unknown>;

  async function bytesAt(told: readonly Told[]): Promise<string> {
    const source = told.find(({ type }) => type === "output")?.source as
      | { url?: string; bytes?: string }
      | undefined;
    if (source?.url === undefined) return Buffer.from(source?.bytes ?? "", "hex").toString("latin1");
    const answer = await fetch(source.url);
    return Buffer.from(await answer.arrayBuffer()).toString("latin1");
  }

  for (const delivery of ["url", "b64_json"]) {
    for (const model of ["jimeng-2.1", "jimeng-3.1"]) {
      it(`${model} writes the overlay and the hidden label that were asked for (${delivery})`, async () => {
        const logo = { logo: true, logoPosition: "topRight", logoText: "Drawn by a machine" };
        const told = await made({ ...t2i("A boat", { delivery, ...logo, labelProducerId: "p-7" }), model });
        const file = await bytesAt(told);
        for (const written of [/Drawn by a machine/, /"position":3/, /p-7/]) assert.match(file, written);
        const answer = JSON.stringify(told.find(({ type }) => type === "answer")?.body);
        assert.match(answer, /"code":10000/);
        assert.ok(answer.length < 4000, "no picture in it");
        assert.equal((await control.charges()).length, 1);
      });
    }
  }

  it("a picture has the size that was asked for", async () => {
    const told = await made(t2i("A boat", { size: "2048x1152" }));
    const { width, height } = imageSize(Buffer.from(await bytesAt(told), "latin1"));
    assert.deepEqual([width, height], [2048, 1152]);
  });

  it("several pictures of one request are all there, unless only one was asked for", async () => {
    const ask: VendorAsk = {
      ...t2i("A boat [group 3]", { onlyOne: false, size: "1K" }),
      model: "jimeng-4.0",
    };
    const outputsOf = (told: Told[]) => told.flatMap((each) => (each.type === "output" ? [each.index] : []));
    assert.deepEqual(outputsOf(await made(ask)), [0, 1, 2]);
    assert.deepEqual(outputsOf(await made({ ...ask, options: { onlyOne: true, size: "1K" } })), [0]);
  });

  for (const [marker, error] of [
    ["[fail 50511]", { reason: "policy", sent: "refused", code: "50511" }],
    ["[fail 50215]", { reason: "invalid", sent: "refused", code: "50215" }],
    ["[expire]", { reason: "expired", sent: "unknown" }],
    ["[status failed]", { reason: "unavailable", sent: "refused" }],
  ] as const) {
    it(`a task that ends badly says how, and is not charged: ${marker}`, async () => {
      const last = (await made(t2i(`A boat ${marker}`))).at(-1);
      assert.deepEqual([last?.type, { ...factsOf(last), ...error }], ["failed", factsOf(last)]);
      assert.deepEqual(await control.charges(), []);
    });
  }

  it("a result is found wherever the answer has it, and its absence is an error", async () => {
    for (const odd of ["resp", "url", "no-status micro extra", "null", "empty", "absent"]) {
      const prompt = `A boat [odd ${odd}]`;
      const told = await made({ model: "jimeng-s2-pro", operation: "text-to-video", prompt });
      assert.deepEqual(wrongIn(told, odd), []);
    }
    const told = await made(t2i("A boat [odd nothing]"));
    assert.match(JSON.stringify(told.at(-1)?.error), /"reason":"protocol","sent":"unknown"/);
  });

  it("with every slot in use a request is refused for a while", async () => {
    const slow = wholeOf(t2i("A boat [slow 1h]"));
    for (const _slot of [1, 2]) {
      const [accepted] = await eventsOf(visual.start(slow, contextOf()));
      assert.equal(accepted?.type, "accepted");
    }
    const [thrown] = await eventsOf(visual.start(slow, contextOf()));
    const { reason, retryable, retryAfterMs, next } = factsOf(thrown);
    assert.deepEqual([reason, retryable, retryAfterMs, next], ["rateLimit", true, 10_000, "slotsUsed"]);
  });

  it("a running task is taken back; one that is done is not", async () => {
    const [running] = await eventsOf(visual.start(wholeOf(t2i("A boat [slow 1h]")), contextOf()));
    const operation = running?.operation as Json;
    assert.deepEqual(await visual.cancel?.(operation, contextOf()), { result: "cancelled" });
    const [gone] = await look(operation, contextOf());
    assert.equal(factsOf(gone).reason, "notFound");
    const [quick] = await eventsOf(visual.start(wholeOf(t2i("A boat")), contextOf()));
    await advance(60_000);
    assert.deepEqual(await visual.cancel?.(quick?.operation as Json, contextOf()), { result: "tooLate" });
  });

  it("right keys are accepted, wrong and forbidden ones rejected, a product that is not open told apart", async () => {
    const { accessKeyId, secretAccessKey } = ready.visual;
    const verify = async (credentials: Record<string, string>) =>
      JSON.stringify(await visual.verify?.(contextOf({ credentials: { secretAccessKey, ...credentials } })));
    assert.equal(await verify({ accessKeyId }), '{"result":"accepted"}');
    assert.match(await verify({ accessKeyId: "AKLTnobody" }), /"rejected".*InvalidAccessKey/);
    const wrong = await verify({ accessKeyId, secretAccessKey: "wrong" });
    assert.match(wrong, /"rejected".*SignatureDoesNotMatch/);
    const forbidden = await verify({ accessKeyId: "AKLTsimulator0visual0forbidden" });
    assert.match(forbidden, /"rejected".*"next":"checkPermission"/);
    assert.match(await verify({ accessKeyId: "AKLTsimulator0visual0closed" }), /"accepted".*50400/);
    assert.deepEqual(await control.charges(), []);
  });

  it("temporary keys need their session token", async () => {
    const account = accountOf("AKTP-EXAMPLE-TEMPORARY-KEY");
    assert.ok(account);
    const keys = { accessKeyId: account.accessKeyId, secretAccessKey: account.secret };
    const verify = async (sessionToken: string | undefined) => {
      const credentials = sessionToken === undefined ? keys : { ...keys, sessionToken };
      return JSON.stringify(await visual.verify?.(contextOf({ credentials })));
    };
    assert.equal(await verify(account.token), '{"result":"accepted"}');
    assert.match(await verify(undefined), /"rejected"/);
    assert.match(await verify("another"), /"rejected".*"next":"newSessionToken"/);
  });

  for (const client of ["undici", "editor"] as const) {
    it(`what is signed is what goes out, by either client (${client})`, async () => {
      const net = createNet({ settings: { client }, allowInsecure: () => true, random: () => 0 });
      try {
        const scope = { vendor: "visual", keyId: "k" };
        const context = contextOf({
          http: net.free(scope),
          spend: (_step, send) => send(net.billable(scope)),
        });
        assert.deepEqual(wrongIn(await made(t2i("一只可爱的猫🐱"), context), "task"), []);
        const inline = { ...t2i("A boat", { delivery: "b64_json" }), model: "jimeng-2.1" };
        assert.deepEqual(wrongIn(await made(inline, context), "process"), []);
      } finally {
        await net.close();
      }
    });
  }

  it("a clock that is an hour off does no harm", async () => {
    await fault("skew", { times: 20 });
    const baseUrl = ready.visual.baseUrl.replace("127.0.0.1", "localhost");
    assert.deepEqual(await visual.verify?.(contextOf({ baseUrl })), { result: "accepted" });
  });

  const talk: VendorAsk = {
    model: "omnihuman-1.5",
    operation: "avatar",
    prompt: "Smiles",
    options: { subject: 2 },
    inputs: [
      ["person", "https://example.com/two.png"],
      ["audio", "https://example.com/voice.mp3"],
    ],
  };

  it("one of several people is looked for, then made to speak", async () => {
    const told = await made(talk);
    const types = told.map(({ type }) => type);
    assert.deepEqual(types, ["accepted", "accepted", "answer", "output", "done"]);
    const bodies = (await control.requests()).map(({ body }) => body as Record<string, unknown>);
    const submitted = bodies.find(({ req_key: key }) => key === "jimeng_realman_avatar_picture_omni_v15");
    assert.equal((submitted?.mask_url as string[] | undefined)?.length, 1);
    const [missing] = await eventsOf(
      visual.start(wholeOf({ ...talk, options: { subject: 5 } }), contextOf()),
    );
    assert.equal(factsOf(missing).next, "noSubjectSeen");
  });

  it("a second call that is refused or in doubt ends the avatar's job; a limit only puts it off", async () => {
    const context = contextOf({ request: async () => wholeOf(talk) });
    for (const [params, type, sent] of [
      [{ status: 500, billed: true }, "failed", "unknown"],
      [{ status: 403 }, "failed", "refused"],
      [{ status: 429 }, "thrown", "refused"],
    ] as const) {
      await fault("status", { path: "CVSubmitTask", params });
      const [told] = await look({ step: "subjects", mask: "https://example.com/mask0" }, context);
      assert.deepEqual([told?.type, factsOf(told).sent], [type, sent]);
    }
  });
});
