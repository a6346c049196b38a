import assert from "node:assert/strict";
import { encode } from "fast-png";
import { PRODUCTS } from "../simulator/visual/products/find.ts";
import type { Body } from "./control.ts";
import {
  CAT,
  linkOf,
  OMNI,
  OTHER_PAIR,
  PAIR,
  pixels,
  T2I,
  T2V,
  useVisual,
} from "./simulator-visual-client.ts";
import { BODIES, file, MP4, PNG } from "./visual-bodies.ts";
import { TASK_MS } from "./visual-client.ts";

describe("simulator: products of Visual", function () {
  this.timeout(60_000);
  const { visual, ask, code, data } = useVisual();

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
});

/** The place of a key among the products. */
function placeOf(name: string): number {
  return PRODUCTS.findIndex(({ key }) => (typeof key === "string" ? key === name : key.test(name)));
}

/** A mask in the size of the other files. */
function greyPng(): string {
  const [width, height] = [640, 480];
  const data = new Uint8Array(width * height).fill(255, 0, width * 100);
  return Buffer.from(encode({ width, height, data, channels: 1 })).toString("base64");
}
