import assert from "node:assert/strict";
import type { Body } from "./control.ts";
import { CAT, type Data, pixels, T2I, T2V, useVisual } from "./simulator-visual-client.ts";
import { BODIES, PNG } from "./visual-bodies.ts";
import { TASK_MS } from "./visual-client.ts";

describe("simulator: what Visual makes", function () {
  this.timeout(60_000);
  const { visual, code, data, fetched } = useVisual();

  describe("results", () => {
    it("come in the size asked for, as the format of the product", async () => {
      const sizes: [string, Body, [number, number], string][] = [
        [T2I, { width: 1472, height: 1104 }, [1472, 1104], "image/jpeg"],
        ["jimeng_t2i_v40", { size: 2048 ** 2 }, [2048, 2048], "image/png"],
        ["jimeng_t2i_v40", { width: 2560, height: 1440 }, [2560, 1440], "image/png"],
        ["jimeng_i2i_v30", { width: 2016, height: 1000 }, [1536, 992], "image/jpeg"],
        ["jimeng_i2i_seed3_tilesr_cvtob", { resolution: "4k" }, [4096, 2304], "image/jpeg"],
        ["jimeng_img2img_seed3_painting_edit", { top: 0.5, left: 0.25 }, [1600, 1080], "image/jpeg"],
        ["jimeng_i2i_extract_tiled_images", {}, [2048, 2048], "image/png"],
      ];
      for (const [reqKey, change, size, type] of sizes) {
        await visual.advance(1000);
        const body = { req_key: reqKey, ...BODIES[reqKey]?.body, ...change };
        const [url = ""] = data(await visual.finish(body, { return_url: true })).image_urls;
        const got = await fetched(url);
        assert.deepEqual([got.type, pixels(got.bytes)], [type, size], reqKey);
      }
      const inline = async (body: Body) => pixels(data(await visual.process(body)).binary_data_base64[0]);
      const jimeng21 = { req_key: "jimeng_high_aes_general_v21_L", prompt: "x", width: 512, height: 768 };
      assert.deepEqual(await inline(jimeng21), [1024, 1536]);
      assert.deepEqual(await inline({ ...jimeng21, use_sr: false }), [512, 768]);
    });
    it("come in a number that the prompt decides, unless only one is wanted", async () => {
      const body = { req_key: "jimeng_t2i_v40", prompt: "[group 3]", size: 1024 ** 2 };
      assert.equal(data(await visual.finish(body)).binary_data_base64.length, 3);
      assert.equal(data(await visual.finish({ ...body, force_single: true })).binary_data_base64.length, 1);
      const many = { ...body, prompt: "[group 15]", image_urls: new Array(10).fill(PNG) };
      assert.equal(data(await visual.finish(many)).binary_data_base64.length, 5);
      assert.deepEqual(
        (await visual.charges()).map(({ amount }) => amount),
        [3, 1, 5],
      );
    });
    it("are fetched several times with other options, which are written into the file", async () => {
      const id = await visual.submit(CAT);
      await visual.advance(2 * TASK_MS);
      const logo_info = {
        add_logo: true,
        position: 2,
        language: 1,
        opacity: 0.3,
        logo_text_content: "Easel",
      };
      const aigc_meta = { producer_id: "producer", content_producer: "c" };
      const bare = data(await visual.query(T2I, id));
      const marked = data(await visual.query(T2I, id, { logo_info, aigc_meta }));
      const linked = data(await visual.query(T2I, id, { return_url: true, logo_info: { add_logo: false } }));
      assert.deepEqual(
        [bare.image_urls, bare.aigc_meta_tagged, marked.aigc_meta_tagged],
        [null, undefined, true],
      );
      const [plain = "", labelled = ""] = [bare, marked].map((each) => each.binary_data_base64[0]);
      assert.ok(Buffer.from(labelled, "base64").includes(JSON.stringify({ logo_info, aigc_meta })));
      assert.deepEqual(pixels(labelled), pixels(plain));
      assert.equal(linked.binary_data_base64, null);
      assert.equal((await fetched(linked.image_urls[0] ?? "")).bytes.toString("base64"), plain);
      const [charge, ...more] = await visual.charges();
      assert.deepEqual(more, []);
      assert.ok(
        Number(charge?.at) < visual.now() - TASK_MS,
        "charged when it ended, not when it was asked for",
      );
      assert.deepEqual(await visual.charges(), [charge]);
    });
    it("of videos: an MP4 with its label, which needs a propagator", async () => {
      const body = { req_key: "jimeng_ti2v_v30_pro", prompt: "x" };
      const id = await visual.submit(body);
      await visual.advance(2 * TASK_MS);
      const aigc_meta = { producer_id: "p" };
      assert.equal((await visual.query(body.req_key, id, { aigc_meta })).body.code, 50201);
      const whole = { ...aigc_meta, content_propagator: "q" };
      const done = data(await visual.query(body.req_key, id, { aigc_meta: whole }));
      const { type, bytes } = await fetched(done.video_url);
      assert.deepEqual([type, bytes.toString("latin1", 4, 8)], ["video/mp4", "ftyp"]);
      assert.ok(bytes.includes(JSON.stringify({ aigc_meta: whole })));
    });
    it("live behind links of their own: pictures a day, videos an hour, in ranges, without credentials", async () => {
      const [picture = ""] = data(await visual.finish(CAT, { return_url: true })).image_urls;
      const signedAt = visual.now() / 1000;
      const { video_url } = data(await visual.finish({ req_key: T2V, prompt: "x" }));
      const part = await fetched(video_url, { Range: "bytes=4-7" });
      assert.deepEqual([part.status, part.bytes.toString("latin1")], [206, "ftyp"]);
      assert.equal((await fetched(picture, { Authorization: "x" })).status, 403);
      assert.equal((await fetched(`${picture}&x=1`)).status, 403);
      const expires = Number(new URL(picture).searchParams.get("x-expires"));
      assert.ok(Math.abs(expires - signedAt - 86_400) < 120);
      await visual.advance(3_600_000);
      assert.deepEqual([(await fetched(picture)).status, (await fetched(video_url)).status], [200, 403]);
      await visual.advance(23 * 3_600_000);
      assert.equal((await fetched(picture)).status, 403);
    });
    it("can be worked on while their links live", async () => {
      const [picture = ""] = data(await visual.finish(CAT, { return_url: true })).image_urls;
      const { video_url } = data(await visual.finish({ req_key: T2V, prompt: "x", frames: 241 }));
      assert.equal(await code("jimeng_i2i_v30", { image_urls: [picture] }), 10000);
      await visual.advance(1000);
      const dance = "jimeng_dreamactor_m20_gen_video";
      const id = await visual.submit({ req_key: dance, image_urls: [picture], video_url });
      assert.equal(await code("jimeng_i2v_first_v30", { image_urls: [video_url] }), 50220);
      await visual.advance(2 * TASK_MS);
      assert.equal(data(await visual.query(dance, id)).status, "done");
      const charge = (await visual.charges()).find(({ model }) => model === dance);
      assert.equal(charge?.amount, 10);
      await visual.advance(3_600_000);
      assert.equal(await code(dance, { image_urls: [picture], video_url }), 50220);
    });
    it("of detection: masks by links, for an hour", async () => {
      const answer = await visual.process({
        req_key: "jimeng_realman_avatar_object_detection",
        image_url: "https://example.com/[group 3].png",
      });
      const found = JSON.parse(data(answer).resp_data) as {
        object_detection_result: { mask: { url: string[] } };
      };
      const urls = found.object_detection_result.mask.url;
      assert.equal(urls.length, 3);
      assert.equal((await fetched(urls[2] ?? "")).type, "image/png");
      await visual.advance(3_600_001);
      assert.equal((await fetched(urls[2] ?? "")).status, 403);
    });
    it("come in odd shapes", async () => {
      const odd = async (words: string, reqKey = T2I, options: unknown = { return_url: true }) =>
        (await visual.finish({ req_key: reqKey, prompt: `[odd ${words}]` }, options)).body;
      const video = async (words: string) => (await odd(words, T2V)).data as Data;
      assert.equal("status" in (await odd("no-status micro")), false);
      assert.equal((await odd("micro")).time_elapsed, "84.448µs");
      assert.deepEqual((await odd("empty")).data.binary_data_base64, []);
      await visual.advance(1000);
      assert.equal("binary_data_base64" in (await odd("absent")).data, false);
      assert.ok("new_member" in (await odd("extra")).data);
      assert.deepEqual((await odd("nothing")).data, { status: "done" });
      assert.match((await video("resp")).resp_data, /^\{"urls":\["http/);
      assert.match(String((await video("url")).url), /^http/);
      const process = await visual.process({ req_key: "high_aes", prompt: "[odd null]", return_url: true });
      assert.equal(process.body.data.binary_data_base64, null);
    });
  });
});
