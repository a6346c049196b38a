import assert from "node:assert/strict";
import type { Body } from "./control.ts";
import { CAT, linkOf, OMNI, OTHER_PAIR, PAIR, T2I, useVisual } from "./simulator-visual-client.ts";
import { BODIES, MP3, MP4, PNG } from "./visual-bodies.ts";
import { TASK_MS } from "./visual-client.ts";

describe("simulator: Visual's tasks and faults", function () {
  this.timeout(60_000);
  const { visual, code, data, fetched } = useVisual();

  describe("tasks", () => {
    const status = async (reqKey: string, id: unknown, pair = PAIR) =>
      data(await visual.query(reqKey, id, undefined, pair[1])).status;

    it("go from in_queue to generating to done by the simulated clock; people by processing", async () => {
      const seen = async (body: Body, pair = PAIR) => {
        const reqKey = String(body.req_key);
        const id = await visual.submit({ ...body, extra: "[slow 10m]" }, pair[0]);
        const words = [await status(reqKey, id, pair)];
        for (const minutes of [3, 2, 6]) {
          await visual.advance(minutes * 60_000);
          words.push(await status(reqKey, id, pair));
        }
        return words;
      };
      assert.deepEqual(await seen(CAT), ["in_queue", "generating", "generating", "done"]);
      const speaker = { req_key: OMNI, image_url: PNG, audio_url: MP3 };
      assert.deepEqual(await seen(speaker, OTHER_PAIR), ["in_queue", "processing", "generating", "done"]);
    });
    it("have ids of 19 and 20 digits, as texts, and know a rounded one", async () => {
      const id = await visual.submit(CAT);
      const long = await visual.submit({ req_key: OMNI, image_url: PNG, audio_url: MP3 }, OTHER_PAIR[0]);
      assert.deepEqual([id.length, long.length], [19, 20]);
      const rounded = BigInt(Number(id)).toString();
      assert.notEqual(rounded, id);
      assert.equal((await visual.query(T2I, rounded)).body.code, 50215);
      const raw = await visual.call(PAIR[1] ?? "", `{"req_key":"${T2I}","task_id":${id}}`);
      assert.equal(raw.body.code, 50215);
      assert.equal((await visual.query(T2I, undefined)).body.code, 50201);
    });
    it("are found by their own pair and key alone, for 12 hours", async () => {
      const body = { req_key: "i2i_portrait_photo", image_input: PNG };
      const id = await visual.submit(body, OTHER_PAIR[0]);
      await visual.advance(2 * TASK_MS);
      assert.equal(await status(body.req_key, id), "not_found");
      assert.equal(await status(OMNI, id, OTHER_PAIR), "not_found");
      assert.equal(await status(body.req_key, id, OTHER_PAIR), "done");
      assert.equal((await visual.query("nobody", id)).body.code, 50200);
      await visual.advance(12 * 3_600_000 - 600_000);
      assert.equal(await status(body.req_key, id, OTHER_PAIR), "done");
      await visual.advance(600_000);
      assert.equal(await status(body.req_key, id, OTHER_PAIR), "not_found");
      assert.equal((await visual.charges()).length, 1);
    });
    it("take their options as a text that holds JSON", async () => {
      const id = await visual.submit(CAT);
      const asked = async (req_json: unknown) =>
        (await visual.call(PAIR[1] ?? "", { req_key: T2I, task_id: id, req_json })).body.code;
      for (const wrong of [{ return_url: true }, "{", "[]", "null", 1])
        assert.equal(await asked(wrong), 50204);
      assert.equal(await asked('{"logo_info":{"opacity":2}}'), 50200);
      assert.equal(await asked('{"return_url":"yes"}'), 50200);
      assert.equal(await asked('{"return_url":true}'), 10000);
    });
    it("fail at their query without a charge: by marker, and for media too long", async () => {
      const failing: [Body, string[], number, number][] = [
        [{ ...CAT, prompt: "[fail]" }, PAIR, 400, 50511],
        [{ ...CAT, prompt: "[fail 50501]" }, PAIR, 500, 50501],
        [{ req_key: OMNI, image_url: PNG, audio_url: `${MP3}?seconds=60` }, OTHER_PAIR, 400, 50215],
        [
          { req_key: "jimeng_dreamactor_m20_gen_video", image_urls: [PNG], video_url: `${MP4}?seconds=31` },
          PAIR,
          400,
          50214,
        ],
        [
          {
            ...BODIES.video_translate_v2_cvtob?.body,
            req_key: "video_translate_v2_cvtob",
            video_url: `${MP4}?seconds=4`,
          },
          PAIR,
          400,
          50215,
        ],
      ];
      for (const [body, pair, http, expected] of failing) {
        const answer = await visual.finish(body, undefined, pair);
        assert.deepEqual([answer.status, answer.body.code], [http, expected], answer.text);
      }
      const process = await visual.process({ req_key: "high_aes", prompt: "[fail 50519]" });
      assert.deepEqual([process.status, process.body.code], [400, 50519]);
      assert.equal(data(await visual.finish({ ...CAT, prompt: "[status failed]" })).status, "failed");
      assert.deepEqual(await visual.charges(), []);
    });
    it("are cancelled while they run, by the action's own version, uncharged", async () => {
      const id = await visual.submit({ ...CAT, prompt: "[slow 1h]" });
      const cancel = (task_id: unknown, version?: string) =>
        visual.call("CVCancelTask", { req_key: T2I, task_id }, version === undefined ? {} : { version });
      assert.equal(
        (await cancel(id, "2022-08-31")).body.ResponseMetadata.Error.Code,
        "InvalidActionOrVersion",
      );
      assert.equal((await cancel("1")).body.code, 50215);
      assert.deepEqual((await cancel(id)).body.data, {});
      assert.equal(await status(T2I, id), "not_found");
      assert.equal((await cancel(id)).body.code, 50215);
      const ended = await visual.submit(CAT);
      await visual.advance(2 * 3_600_000);
      assert.equal((await cancel(ended)).body.code, 50215);
      assert.deepEqual(
        (await visual.charges()).map((row) => row.id),
        [ended],
      );
    });
    it("take a slot each: two of a key, one of a person's, freed by an end or a cancel", async () => {
      const slow = { ...CAT, prompt: "[slow 1m]" };
      const first = await visual.submit(slow);
      await visual.submit(slow);
      const full = await visual.call(PAIR[0] ?? "", slow);
      assert.deepEqual([full.status, full.body.code], [429, 50430]);
      assert.equal(await code("jimeng_t2i_v30"), 10000);
      await visual.call("CVCancelTask", { req_key: T2I, task_id: first });
      await visual.submit(slow);
      await visual.advance(60_001);
      await visual.submit(slow);
      assert.equal(await code(OMNI), 10000);
      assert.equal(await code(OMNI), 50430);
    });
    it("calls at once take slots too, while they last", async () => {
      const hung = new Promise<void>((resolve) => {
        const slow = [1, 2].map(() => visual.process({ req_key: "high_aes", prompt: "[slow 1h]" }));
        Promise.allSettled(slow).then(() => resolve());
      });
      let seen = 0;
      while (seen < 2) seen = (await visual.requests()).length;
      assert.equal(await code("high_aes"), 50430);
      await visual.reset();
      await hung;
      assert.equal(await code("high_aes"), 10000);
    });
    it("are asked for at most twenty times a second", async () => {
      const answers = await Promise.all(Array.from({ length: 200 }, () => visual.query(T2I, "0")));
      const refused = answers.filter(({ body }) => body.code === 50429).length;
      assert.ok(refused > 0 && refused <= 180, String(refused));
      await visual.advance(1000);
      assert.equal(await status(T2I, "0"), "not_found");
    });
  });

  describe("faults", () => {
    it("strike one action alone, named by its query", async () => {
      await visual.fault("status", { path: "CVSync2AsyncGetResult", params: { status: 503 } });
      const id = await visual.submit(CAT);
      const struck = await visual.query(T2I, id);
      assert.deepEqual(
        [struck.status, struck.body.ResponseMetadata.Error.Code],
        [503, "ServiceUnavailableTemp"],
      );
      assert.equal((await visual.query(T2I, id)).status, 200);
    });
    it("by status: the gateway's errors, and the product's", async () => {
      const expected: [number, string | number][] = [
        [400, 50215],
        [401, "InvalidAccessKey"],
        [403, "AccessDenied"],
        [404, "InvalidActionOrVersion"],
        [429, 50429],
        [500, 50500],
        [502, "FailToConnect"],
        [504, "InternalServiceTimeout"],
        [418, 50500],
      ];
      for (const [status, word] of expected) {
        await visual.fault("status", { params: { status } });
        const answer = await visual.process({ req_key: "high_aes", prompt: "x" });
        assert.deepEqual(
          [answer.status, answer.body.ResponseMetadata?.Error.Code ?? answer.body.code],
          [status, word],
        );
      }
      assert.deepEqual(await visual.charges(), []);
    });
    it("keep a task from ending, and call its state by another word", async () => {
      await visual.fault("neverEnds", { params: { on: "api" } });
      const id = await visual.submit(CAT);
      await visual.advance(3_600_000);
      assert.equal(data(await visual.query(T2I, id)).status, "generating");
      await visual.fault("unknownStatus", { path: "SubmitTask" });
      const other = await visual.submit({ ...CAT, prompt: "[slow 1h]" });
      await visual.advance(1_800_000);
      assert.equal(data(await visual.query(T2I, other)).status, "reviewing");
      assert.equal((await visual.charges()).length, 0);
    });
    it("of the frame: no link, half an answer, a broken body; charged where the call was carried out", async () => {
      const body = { req_key: "high_aes", prompt: "x", return_url: true };
      await visual.fault("noLink");
      const linkless = await visual.process(body);
      assert.equal(linkOf(data(linkless)), undefined);
      await visual.fault("noLink");
      const fileless = await visual.process({ ...body, return_url: false });
      assert.equal(fileless.body.data.binary_data_base64, undefined);
      const id = await visual.submit({ req_key: "jimeng_vgfm_t2v_l20", prompt: "x" });
      await visual.advance(2 * TASK_MS);
      await visual.fault("noLink");
      assert.equal(linkOf(data(await visual.query("jimeng_vgfm_t2v_l20", id))), undefined);
      for (const kind of ["malformed", "resetBody", "empty", "reset"]) {
        await visual.fault(kind);
        await assert.rejects(visual.process(body));
      }
      assert.equal((await visual.charges()).filter(({ unit }) => unit === "image").length, 5);
    });
    it("strike downloads under the vendor's name", async () => {
      const [url = ""] = data(await visual.finish(CAT, { return_url: true })).image_urls;
      await visual.fault("linkDead");
      assert.equal((await fetched(url)).status, 403);
      await visual.fault("wrongType", { params: { as: "html" } });
      assert.match((await fetched(url)).bytes.toString(), /<html>/);
      const whole = await fetched(url);
      assert.equal(whole.type, "image/jpeg");
      await visual.fault("slow", { params: { on: "result", ms: 0, gapMs: 1, pieceBytes: 4096 } });
      const response = await fetch(url);
      const pieces = await Array.fromAsync(response.body ?? []);
      assert.ok(pieces.length > 1 && Buffer.concat(pieces).equals(whole.bytes), String(pieces.length));
    });
    it("refuses by any code of the contract, uncharged", async () => {
      const risks: [number, number][] = [
        [400, 50412],
        [400, 50518],
        [429, 50429],
        [429, 50430],
        [500, 50501],
        [401, 50400],
        [404, 50402],
        [400, 60102],
      ];
      for (const [status, number] of risks) {
        const answer = await visual.process({ req_key: "high_aes", prompt: `[error ${number}]` });
        assert.deepEqual([answer.status, answer.body.code], [status, number]);
      }
      assert.deepEqual(await visual.charges(), []);
    });
  });
});
