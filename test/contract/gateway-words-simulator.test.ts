import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Json } from "../../src/model/json.ts";
import { type OptionField, type OptionValues, optionFields } from "../../src/model/options.ts";
import { realClock } from "../../src/net/clock.ts";
import type { InputFile, VendorContext } from "../../src/vendors/contract.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";
import { encodePicture } from "../simulator/media/picture.ts";
import { eventsOf, type TestContext, type Told, testContext } from "./context.ts";
import { controlOf, useSimulator } from "./control.ts";
import { chatted, errorFacts, gatewayRequest, linkedInput, soundInput } from "./gateway-client.ts";

const sound = readFileSync(new URL("../fixtures/media/plain.mp3", import.meta.url));
const picture = encodePicture({ width: 64, height: 64, format: "png", seed: "a", index: 0 });

describe("AI Gateway against the simulator: words and sound", function () {
  this.timeout(60_000);
  const ready = useSimulator({ imageMs: 1 });
  const control = controlOf(ready, "gateway");
  let plain: TestContext;

  before(async () => {
    plain = testContext("", {});
  });
  after(() => plain.net.close());

  beforeEach(() => control.reset());

  function contextOf(
    settings: NonNullable<VendorContext["settings"]> = {},
    credentials: Record<string, string> = { apiKey: ready.gateway.apiKey },
  ): VendorContext {
    const jobId = randomUUID();
    const http = plain.net.free({ vendor: "gateway", keyId: jobId });
    const { baseUrl } = ready.gateway;
    return { ...plain, clock: realClock, jobId, http, baseUrl, credentials, settings };
  }

  /** At the models' own host, without a gateway. */
  function directContext(): VendorContext {
    const { baseUrl, nativeUrl, apiKey } = ready.gateway.direct;
    return { ...contextOf({ nativeUrl }, { apiKey }), baseUrl };
  }

  describe("who calls", () => {
    const asked = async (
      settings: NonNullable<VendorContext["settings"]>,
      credentials: Record<string, string>,
    ) => chatted(contextOf(settings, credentials));

    it("is known by a key in every place", async () => {
      const key = { apiKey: ready.gateway.apiKey };
      for (const keyLocation of ["authorization", "header:X-API-Key", "query:apikey"]) {
        assert.equal((await asked({ keyLocation }, key)).error, undefined, keyLocation);
      }
      assert.equal((await asked({}, { apiKey: "wrong" })).error?.next, "checkKey");
      const { forbiddenKey } = ready.gateway;
      assert.equal((await asked({}, { apiKey: forbiddenKey })).error?.next, "gatewayConsumer");
    });

    it("is known by a token of every algorithm, in every place", async () => {
      const { consumer, jwk, privateKeys } = ready.gateway.jwt;
      const credentials = { consumer, jwtKey: JSON.stringify(jwk) };
      for (const keyLocation of ["authorization", "query:access_token"]) {
        assert.equal((await asked({ auth: "jwt", keyLocation }, credentials)).error, undefined, keyLocation);
      }
      for (const [alg, pem] of Object.entries(privateKeys)) {
        const jwtKey = JSON.stringify({ kty: alg.startsWith("E") ? "EC" : "RSA", alg, private_key: pem });
        assert.equal((await asked({ auth: "jwt" }, { consumer, jwtKey })).error, undefined, alg);
      }
      const other = { ...credentials, consumer: "somebody" };
      assert.equal((await asked({ auth: "jwt" }, other)).error?.reason, "credentials");
    });

    it("is known by a signature, also where its date is checked, for every kind of call", async () => {
      const { accessKey, secretKey, datedAccessKey } = ready.gateway.hmac;
      for (const key of [accessKey, datedAccessKey]) {
        const context = contextOf({ auth: "hmac" }, { accessKey: key, secretKey });
        assert.equal((await chatted(context)).error, undefined, key);
        assert.deepEqual(await gateway.verify?.(context), { result: "accepted" });
        const request = gatewayRequest("transcript", "openai-transcriptions", {
          inputs: [soundInput(sound)],
          options: { modelName: "whisper-1" },
        });
        const told = await eventsOf(gateway.start(request, context));
        assert.equal(told.at(-1)?.type, "done", JSON.stringify(told.at(-1)));
      }
      const wrong = { accessKey, secretKey: "wrong" };
      assert.equal((await asked({ auth: "hmac" }, wrong)).error?.next, "hmacSignature");
    });

    it("is verified for free", async () => {
      assert.deepEqual(await gateway.verify?.(contextOf()), { result: "accepted" });
      assert.equal((await gateway.verify?.(contextOf({}, { apiKey: "wrong" })))?.result, "rejected");
      assert.deepEqual(await gateway.verify?.(directContext()), { result: "accepted" });
      assert.deepEqual(await control.charges(), []);
    });
  });

  describe("chat", () => {
    const said = (text: string, context = contextOf()) => chatted(context, { text });

    it("reads every manner of stream", async () => {
      const manners = "tight comments open no-done null-delta usage-early split".split(" ");
      for (const manner of ["", ...manners, manners.join(" ")]) {
        const { text, error } = await said(`[say One two three.] ${manner && `[sse ${manner}]`}`);
        assert.deepEqual([text, error], ["One two three.", undefined], manner);
      }
    });

    it("leaves out thoughts, takes what comes out of a cache, and another model's answer", async () => {
      assert.equal((await said("[say Four.] [think]")).text, "Four.");
      assert.equal((await said("[cached]")).error, undefined);
      assert.equal((await said("[say Four.] [answers qwen-max]")).text, "Four.");
    });

    it("ends in the right reason, in every dialect", async () => {
      const reasons: Record<string, string> = {
        "[blocked]": "policy",
        "[sse guard]": "policy",
        "[midway]": "policy",
        "[error Arrearage]": "balance",
        "[error Arrearage 403]": "balance",
        "[error limit_requests]": "rateLimit",
        "[error Throttling.RateQuota] [native]": "rateLimit",
        "[error PrepaidBillOverdue]": "balance",
        "[error model_not_found]": "notFound",
        "[framed InvalidParameter]": "invalid",
        "[framed data_inspection_failed]": "policy",
        "[framed InvalidParameter 200]": "invalid",
        "[gateway token-limit]": "rateLimit",
        "[gateway request-limit]": "rateLimit",
        "[gateway quota]": "balance",
        "[gateway no-upstream]": "unavailable",
        "[gateway timeout]": "ambiguous",
        "[gateway too-large]": "invalid",
        "[gateway key-empty]": "credentials",
        "[gateway unsupported]": "notFound",
        "[gateway no-route]": "notFound",
      };
      const found: Record<string, string | undefined> = {};
      for (const marker of Object.keys(reasons)) found[marker] = (await said(marker)).error?.reason;
      assert.deepEqual(found, reasons);
    });

    it("looks at pictures", async () => {
      const pictures = [soundInput(picture, "image/png")];
      const { text, error } = await chatted(contextOf(), { text: "Describe it.", pictures });
      assert.equal(error, undefined);
      assert.notEqual(text, "");
    });
  });

  it("embeds, and ranks by each of the routes", async () => {
    const texts = Array.from({ length: 12 }, (_, at) => `text ${at}`);
    const embedded = await gateway.embed?.(texts, "document", contextOf());
    assert.equal(embedded?.vectors.length, 12);
    assert.deepEqual(
      embedded?.vectors[11],
      (await gateway.embed?.(["text 11"], "query", contextOf()))?.vectors[0],
    );
    const documents = ["about cats", "about the price of boats", "a boat"];
    for (const rerank of ["auto", "reranks", "rerank", "native"]) {
      const ranked = await gateway
        .rerank?.("boat", documents, contextOf({ routes: { rerank } }))
        .catch((error: unknown) => error);
      assert.ok(Array.isArray(ranked), `${rerank}: ${String(ranked)}`);
      assert.deepEqual(ranked.map(({ index }) => index).sort(), [0, 1, 2], rerank);
    }
    assert.equal((await gateway.rerank?.("boat", documents, directContext()))?.length, 3);
    assert.equal(
      (await errorFacts(gateway.embed?.(["[error Arrearage]"], "query", contextOf())))?.reason,
      "balance",
    );
  });

  /** Every model that speaks or listens, with what it needs. */
  const asks = gateway.models.flatMap((model) =>
    (["speech", "transcript"] as const)
      .filter((operation) => model.operations[operation])
      .map((operation) => ({ model: model.id, operation })),
  );
  for (const { model, operation } of asks) {
    const profile = gateway.models.find(({ id }) => id === model)?.operations[operation];
    assert.ok(profile);
    const slot = profile.inputs[0];
    const inputs: InputFile[] =
      slot === undefined
        ? []
        : [slot.takes === "link" ? linkedInput("https://example.com/in.mp3") : soundInput(sound)];
    const needed: OptionValues = model.startsWith("openai-")
      ? { modelName: operation === "speech" ? "qwen3-tts-flash" : "whisper-1" }
      : {};

    it(`${model} does ${operation} with every value of every option`, async () => {
      const variants = optionFields(profile.options).flatMap((field) =>
        valuesOf(field).map((value): OptionValues => ({ [field.key]: value })),
      );
      for (const options of [{}, ...variants]) {
        const told = await made(model, operation, { ...needed, ...options }, inputs, contextOf());
        assert.equal(told.at(-1)?.type, "done", `${JSON.stringify(options)} ${JSON.stringify(told.at(-1))}`);
        assert.ok(told.some(({ type }) => type === "output"));
      }
    });
  }

  async function made(
    model: string,
    operation: "speech" | "transcript",
    options: OptionValues,
    inputs: InputFile[],
    context: VendorContext,
  ): Promise<Told[]> {
    const prompt = operation === "speech" ? "Hello there." : "";
    const told = await eventsOf(
      gateway.start(gatewayRequest(operation, model, { prompt, options, inputs }), context),
    );
    const accepted = told.at(-1);
    if (accepted?.type !== "accepted" || !gateway.status) return told;
    await control.advance(60_000);
    return [...told, ...(await eventsOf(gateway.status(accepted.operation as Json, context)))];
  }
});

function valuesOf(field: OptionField): OptionValues[string][] {
  if (field.key === "modelName") return [];
  // What the simulated backend of OpenAI's route does not write.
  const foreign = ["opus", "aac", "flac"];
  if (field.kind === "choice") return field.values.filter((value) => !foreign.includes(value));
  if (field.kind === "boolean") return [true, false];
  if (field.kind === "text") return field.key === "voice" ? [] : ["slowly"];
  return [];
}
