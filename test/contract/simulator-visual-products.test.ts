import assert from "node:assert/strict";
import { encode } from "fast-png";
import { imageSize } from "image-size";
import { type Simulator, startSimulator } from "../simulator/start.ts";
import { PRODUCTS } from "../simulator/visual/products/find.ts";
import { BODIES, file, MP3, MP4, PNG } from "./visual-bodies.ts";
import { type Answer, type Body, TASK_MS, visualClient } from "./visual-client.ts";

const T2I = "jimeng_t2i_v31";
const T2V = "jimeng_t2v_v30";
const OMNI = "jimeng_realman_avatar_picture_omni_v15";
const CAT = { req_key: T2I, prompt: "a cat" };
const PAIR = ["CVSync2AsyncSubmitTask", "CVSync2AsyncGetResult"];
const OTHER_PAIR = ["CVSubmitTask", "CVGetResult"];

type Visual = ReturnType<typeof visualClient>;
type Data = Body & {
  image_urls: string[];
  binary_data_base64: string[];
  video_url: string;
  resp_data: string;
};

describe("simulator: products of Visual", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let visual: Visual;
  before(async () => {
    simulator = await startSimulator({ taskMs: TASK_MS, imageMs: 1 });
    visual = visualClient(simulator.ready);
  });
  beforeEach(() => visual.reset());
  after(() => simulator.close());

  /** A product's own least body, with changes. */
  const ask = (reqKey: string, change: Body = {}) => {
    const { action = PAIR[0], body } = BODIES[reqKey] ?? {};
    return visual.call(String(action), { req_key: reqKey, ...body, ...change });
  };
  const code = async (reqKey: string, change: Body = {}) => (await ask(reqKey, change)).body.code;
  const data = (answer: Answer) => answer.body.data as Data;
  const fetched = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers });
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  };

  describe("takes what each is for, and charges it once it has succeeded", () => {
    it("knows every product", () =>
      assert.deepEqual(
        Object.keys(BODIES)
          .map(placeOf)
          .toSorted((one, other) => one - other),
        [...PRODUCTS.keys()],
      ));
    for (const [reqKey, { action, operation, amount, unit }] of Object.entries(BODIES))
      it(reqKey, async () => {
        const answer = await ask(reqKey, { return_url: true });
        assert.equal(answer.body.code, 10000, answer.text);
        const id = data(answer).task_id;
        let result = data(answer);
        if (id !== undefined) {
          assert.deepEqual(await visual.charges(), []);
          await visual.advance(2 * TASK_MS);
          const pair = action === OTHER_PAIR[0] ? OTHER_PAIR[1] : PAIR[1];
          const done = await visual.query(reqKey, id, { return_url: true }, pair);
          assert.equal(data(done).status, "done", done.text);
          result = data(done);
        }
        assert.ok(
          linkOf(result) !== undefined || result.resp_data === '{"status":1}',
          JSON.stringify(result),
        );
        const charges = (await visual.charges()).map(({ at: _, id: __, ...row }) => row);
        assert.deepEqual(charges, [{ vendor: "visual", operation, model: reqKey, amount, unit }]);
      });
    it("older keys through CVProcess too", async () => {
      for (const [reqKey, { action, body }] of Object.entries(BODIES))
        if (!["CVProcess", PAIR[0], OTHER_PAIR[0]].includes(action))
          assert.equal((await visual.process({ req_key: reqKey, ...body })).body.code, 10000, reqKey);
    });
  });

  describe("refuses", () => {
    const cases: [string, string, Body, number][] = [
      ["no req_key", T2I, { req_key: undefined }, 50201],
      ["an unknown key", T2I, { req_key: "jimeng_t2i_v99" }, 50200],
      ["a key that is known by name only", T2I, { req_key: "pippit_iv2v_cvtob" }, 50200],
      ["the suffix of the other kind", "jimeng_t2v_v30_1080p", { req_key: "jimeng_t2v_v30_1080" }, 50200],
      ["a product of the other pair", OMNI, { req_key: T2I }, 50200],
      ["no prompt", T2I, { prompt: "" }, 50201],
      ["a blank prompt", T2I, { prompt: "  " }, 50201],
      ["801 characters", T2I, { prompt: "猫".repeat(801) }, 50200],
      ["121 characters to inpaint", "jimeng_image2image_dream_inpaint", { prompt: "x".repeat(121) }, 50200],
      ["301 characters for a speaker", OMNI, { prompt: "x".repeat(301) }, 50200],
      ["a seed as text", T2I, { seed: "-1" }, 50200],
      ["a seed of parts", T2I, { seed: 1.5 }, 50200],
      ["a switch as text", T2I, { use_pre_llm: "true" }, 50200],
      ["an area too large", T2I, { width: 2048, height: 2056 }, 50200],
      ["an area too small", T2I, { width: 512, height: 511 }, 50200],
      ["a ratio beyond 3", T2I, { width: 2048, height: 682 }, 50200],
      ["a side as text", T2I, { width: "1024", height: 1024 }, 50200],
      ["a side too long", "high_aes_general_v30l_zt2i", { width: 2049, height: 1024 }, 50200],
      ["scale below 1", "high_aes_general_v30l_zt2i", { scale: 0.5 }, 50200],
      ["scale above 1 where it goes to 1", "jimeng_i2i_v30", { scale: 1.5 }, 50200],
      ["scale above 1 for 4.0", "jimeng_t2i_v40", { scale: 50 }, 50200],
      ["scale below 1 for 4.6", "jimeng_seedream46_cvtob", { scale: 0.5 }, 50200],
      ["a size below 1024²", "jimeng_t2i_v40", { size: 1024 ** 2 - 1 }, 50200],
      ["11 pictures", "jimeng_t2i_v40", { image_urls: new Array(11).fill(PNG) }, 50200],
      ["15 pictures for 4.6", "jimeng_seedream46_cvtob", { image_urls: new Array(15).fill(PNG) }, 50200],
      ["a file for 4.0", "jimeng_t2i_v40", { binary_data_base64: [file()] }, 50200],
      ["ratios the wrong way round", "jimeng_t2i_v40", { min_ratio: 2, max_ratio: 1 }, 50200],
      ["no picture", "jimeng_i2i_v30", { image_urls: undefined }, 50200],
      ["a picture under a misspelt key", "jimeng_i2i_v30", { image_urls: undefined, image_url: PNG }, 50200],
      ["two pictures for one", "jimeng_i2i_v30", { image_urls: [PNG, PNG] }, 50200],
      ["file and link", "jimeng_i2i_v30", { binary_data_base64: [file()] }, 50200],
      ["a link that is no list", "jimeng_i2i_v30", { image_urls: PNG }, 50200],
      ["a data URI as link", "jimeng_i2i_v30", { image_urls: [`data:image/png;base64,${file()}`] }, 50220],
      ["a link of a private host", "jimeng_i2i_v30", { image_urls: ["http://192.168.1.2/a.png"] }, 50220],
      ["a link of nobody", "jimeng_i2i_v30", { image_urls: ["https://cdn.unknown.test/a.png"] }, 50220],
      [
        "another format behind a link",
        "jimeng_i2i_v30",
        { image_urls: ["https://example.com/a.webp"] },
        50207,
      ],
      ["more than 4.7 MB", "jimeng_i2i_v30", { image_urls: [`${PNG}?bytes=4928308`] }, 50205],
      ["4097 pixels", "jimeng_i2i_v30", { image_urls: [`${PNG}?width=4097&height=4097`] }, 50205],
      ["a picture beyond 3:1", "jimeng_i2i_v30", { image_urls: [`${PNG}?width=3010&height=1000`] }, 50215],
      [
        "a short side of 319 for video",
        "jimeng_i2v_first_v30",
        { image_urls: [`${PNG}?width=640&height=319`] },
        50215,
      ],
      ["4096 pixels of a person", OMNI, { image_url: `${PNG}?width=4096&height=2000` }, 50205],
      ["5 MB of a person", OMNI, { image_url: `${PNG}?bytes=5242880` }, 50205],
      [
        "a mask of another size",
        "jimeng_image2image_dream_inpaint",
        { image_urls: [PNG, `${PNG}?width=640&height=360`] },
        50215,
      ],
      ["skin above 1", "i2i_portrait_photo", { skin: 1.1 }, 50200],
      ["an unknown mode", "i2i_portrait_photo", { gen_mode: "beauty" }, 50200],
      ["two picture fields of a portrait", "i2i_portrait_photo", { image_urls: [PNG] }, 50200],
      ["no template", "i2i_multi_style_zx2x", { template_id: undefined }, 50201],
      ["2k", "jimeng_i2i_seed3_tilesr_cvtob", { resolution: "2k" }, 50200],
      ["scale above 100", "jimeng_i2i_seed3_tilesr_cvtob", { scale: 101 }, 50200],
      ["neither side nor mask", "jimeng_img2img_seed3_painting_edit", { top: undefined }, 50200],
      ["a side above 1", "i2i_outpainting", { left: 1.2 }, 50200],
      [
        "dermabrasion above 1",
        "img2img_photoverse_executive_ID_photo",
        { beautify_info: { dermabrasion: 2 } },
        50200,
      ],
      ["one face", "face_swap3_6", { image_urls: [PNG] }, 50200],
      ["similarity as number", "face_swap3_6", { source_similarity: 1 }, 50200],
      ["a garment without a link", "dressing_diffusionV2", { garment: { data: [{ type: "full" }] } }, 50200],
      ["120 frames", T2V, { frames: 120 }, 50200],
      ["seconds for frames", T2V, { frames: 5 }, 50200],
      ["9:21 for 3.0", T2V, { aspect_ratio: "9:21" }, 50200],
      ["one frame of two", "jimeng_i2v_first_tail_v30", { image_urls: [PNG] }, 50200],
      [
        "frames of two ratios",
        "jimeng_i2v_first_tail_v30",
        { image_urls: [PNG, `${PNG}?width=720&height=1280`] },
        50215,
      ],
      ["no move", "jimeng_i2v_recamera_v30", { template_id: undefined }, 50201],
      ["an unknown move", "jimeng_i2v_recamera_v30", { template_id: "zoom" }, 50200],
      ["an unknown strength", "jimeng_i2v_recamera_v30", { camera_strength: "high" }, 50200],
      ["neither prompt nor picture", "jimeng_ti2v_v30_pro", { prompt: undefined }, 50201],
      ["no dance", "jimeng_dreamactor_m20_gen_video", { video_url: undefined }, 50201],
      ["a dance that is a file", "jimeng_dreamactor_m20_gen_video", { video_url: file() }, 50220],
      ["540p", OMNI, { output_resolution: 540 }, 50200],
      ["the resolution as text", OMNI, { output_resolution: "1080" }, 50200],
      ["a mask that is no list", OMNI, { mask_url: PNG }, 50200],
      ["no language", "video_translate_v2_cvtob", { target_language: "" }, 50201],
      ["more than 500 MB", "video_translate_v2_cvtob", { video_url: `${MP4}?bytes=524288001` }, 50211],
      ["callbacks of 3.1", T2I, { callback_url: "https://example.com/" }, 50200],
      ["a callback that is no address", "jimeng_t2i_v40", { callback_url: "here" }, 50200],
      [
        "a label as object with a callback",
        "jimeng_t2i_v40",
        { callback_url: "https://example.com/", logo_info: {}, aigc_meta: { producer_id: "x" } },
        50204,
      ],
      ["a position of 4", "high_aes_general_v20_L", { logo_info: { position: 4 } }, 50200],
      ["a language as text", "high_aes_general_v20_L", { logo_info: { language: "0" } }, 50200],
      ["opacity above 1", "high_aes_general_v20_L", { logo_info: { opacity: 1.5 } }, 50200],
      ["a label as text", "high_aes_general_v20_L", { logo_info: "{}" }, 50200],
      ["return_url as text", "high_aes_general_v20_L", { return_url: "true" }, 50200],
      [
        "a hidden label without its producer",
        "high_aes_general_v20_L",
        { aigc_meta: { content_producer: "x" } },
        50201,
      ],
      [
        "257 characters of a producer",
        "high_aes_general_v20_L",
        { aigc_meta: { producer_id: "x".repeat(257) } },
        50200,
      ],
    ];
    for (const [name, reqKey, change, expected] of cases)
      it(`${reqKey}: ${name}`, async () => {
        const answer = await ask(reqKey, change);
        assert.deepEqual(
          [answer.status, answer.body.code, answer.body.data],
          [400, expected, null],
          answer.text,
        );
        await visual.advance(2 * TASK_MS);
        assert.deepEqual(await visual.charges(), []);
      });

    const files: [string, string, number][] = [
      ["a data URI", `data:image/png;base64,${file()}`, 50207],
      ["base64 cut short", file().slice(0, -1), 50207],
      ["nothing", "", 50206],
      ["a text", Buffer.from("no picture").toString("base64"), 50207],
      ["half a PNG", Buffer.from(file(), "base64").subarray(0, 400).toString("base64"), 50207],
      [
        "half a JPEG",
        Buffer.from(file({ format: "jpeg" }), "base64")
          .subarray(0, 700)
          .toString("base64"),
        50207,
      ],
      ["one pixel", file({ width: 1, height: 1 }), 50215],
      ["a strip", file({ width: 960, height: 304 }), 50215],
    ];
    for (const [name, text, expected] of files)
      it(`as a file: ${name}`, async () =>
        assert.equal(
          await code("jimeng_i2i_v30", { image_urls: undefined, binary_data_base64: [text] }),
          expected,
        ));
    it("a mask in the first place, and one of colours", async () => {
      const colours = file();
      const grey = greyPng();
      const pair = (binary_data_base64: string[]) =>
        code("jimeng_image2image_dream_inpaint", { image_urls: undefined, binary_data_base64 });
      assert.equal(await pair([grey, colours]), 50215);
      assert.equal(await pair([colours, colours]), 50215);
      assert.equal(await pair([colours, grey]), 10000);
    });
  });

  describe("takes what looks odd but is documented", () => {
    it("a misspelt picture of a text product is ignored, as is a width alone", async () => {
      assert.equal(await code(T2V, { image_url: PNG, image_urls: [PNG] }), 10000);
      const alone = await visual.finish({ ...CAT, width: 99999 });
      assert.deepEqual(pixels(data(alone).binary_data_base64[0]), [1328, 1328]);
    });
    it("both picture fields of SeedEdit: the file wins; a portrait's seed as text and its picture under three names", async () => {
      const both = {
        binary_data_base64: [file({ width: 960, height: 960 })],
        image_urls: [PNG],
        prompt: "x",
      };
      const answer = await visual.process({ req_key: "seededit_v3.0", ...both });
      const [width, height] = pixels(data(answer).binary_data_base64[0]);
      assert.equal(width, height);
      for (const carrier of [{ image_input: PNG }, { image_urls: [PNG] }, { binary_data_base64: [file()] }])
        assert.equal(
          (await visual.process({ req_key: "i2i_portrait_photo", seed: "-1", ...carrier })).body.code,
          10000,
        );
    });
    it("empty fields are not given, and characters are counted, not their parts", async () => {
      assert.equal(await code("jimeng_i2i_v30", { binary_data_base64: [], width: null }), 10000);
      assert.equal(await code(T2V, { aspect_ratio: "", prompt: "🐱".repeat(800) }), 10000);
    });
    it("callbacks of 4.0, with labels as texts", async () =>
      assert.equal(
        await code("jimeng_t2i_v40", {
          callback_url: "https://example.com/hook",
          return_url: true,
          logo_info: '{"add_logo":true}',
          aigc_meta: '{"producer_id":"p"}',
        }),
        10000,
      ));
  });

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

/** The place of a key among the products. */
function placeOf(name: string): number {
  return PRODUCTS.findIndex(({ key }) => (typeof key === "string" ? key === name : key.test(name)));
}

/** The first link of a result, wherever it is. */
function linkOf(result: Data): string | undefined {
  const text = JSON.stringify([result.video_url, result.image_urls, result.resp_data]);
  return /https?:[^"\\]+/.exec(text)?.[0];
}

/** A mask in the size of the other files. */
function greyPng(): string {
  const [width, height] = [640, 480];
  const data = new Uint8Array(width * height).fill(255, 0, width * 100);
  return Buffer.from(encode({ width, height, data, channels: 1 })).toString("base64");
}

function pixels(picture: string | Buffer = ""): [number, number] {
  const { width, height } = imageSize(typeof picture === "string" ? Buffer.from(picture, "base64") : picture);
  return [width, height];
}
