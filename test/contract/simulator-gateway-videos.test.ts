import assert from "node:assert/strict";
import { encodePicture } from "../simulator/media/picture.ts";
import { type Body, useClient } from "./control.ts";
import { type Answer, gatewayClient, PNG, taskId } from "./simulator-gateway-client.ts";

const TASK_MS = 50_000;
const DATA = `data:image/png;base64,${PNG.toString("base64")}`;
const PIC = "https://example.com/a.png";
const MP4 = "https://example.com/a.mp4";
const MP3 = "https://example.com/a.mp3";
describe("gateway simulator: videos", function () {
  this.timeout(60_000);
  const { client: gateway } = useClient(gatewayClient, { imageMs: 1, taskMs: TASK_MS });

  const said = ({ status, body }: Answer) => [status, body.code];
  const INVALID = [400, "InvalidParameter"];
  /** What a row of the contract's table (§6) takes, and what it refuses. */
  type VideoRow = { input: Body; takes: Body[]; not: Body[]; inputsNot?: Body[]; path?: string };
  const media = (...types: string[]) => ({
    media: types.map((type) => ({
      type,
      url: /audio|voice/.test(type) ? MP3 : /video|clip/.test(type) ? MP4 : PIC,
    })),
  });
  const many = (type: string, count: number) => media(...Array.from({ length: count }, () => type));
  const p = { prompt: "a boat" };
  const seconds = (...list: number[]) => list.map((duration) => ({ duration }));
  const ROWS: Record<string, VideoRow> = {
    "wan2.7-t2v": {
      input: p,
      takes: [{ resolution: "720P", ratio: "3:4" }, ...seconds(2, 15)],
      not: [{ resolution: "480P" }, { ratio: "21:9" }, ...seconds(1, 16, 2.5)],
      inputsNot: [{}],
    },
    "wan2.7-t2v-2026-02-01": { input: { ...p, audio_url: MP3 }, takes: [{}], not: [{ seed: -1 }] },
    "wan2.7-i2v": {
      input: { ...p, ...media("first_frame", "last_frame") },
      takes: [{ resolution: "1080P" }, ...seconds(15)],
      not: seconds(16),
      inputsNot: [p, { ...p, ...many("first_frame", 2) }, { ...p, ...media("reference_image") }],
    },
    "wan2.7-r2v": {
      input: { ...p, ...media("reference_image", "reference_video") },
      takes: seconds(2, 10),
      not: seconds(11),
      inputsNot: [p, { ...p, ...many("reference_image", 6) }, media("reference_image")],
    },
    "wan2.7-videoedit": {
      input: { ...p, ...media("video", "reference_image") },
      takes: [{ audio_setting: "origin" }, ...seconds(0, 2, 10)],
      not: [{ audio_setting: "x" }, ...seconds(1, 11)],
      inputsNot: [
        { ...p, ...media("reference_image") },
        { ...p, ...media("video", "video") },
      ],
    },
    "wan2.6-t2v": {
      input: p,
      takes: [{ size: "1088*832" }, { size: "1920*1080", shot_type: "multi" }, ...seconds(2, 15)],
      not: [{ size: "832*480" }, { size: "1280x720" }, { shot_type: "x" }, ...seconds(1, 16)],
      inputsNot: [{}, { ...p, ...media("first_frame") }],
    },
    "wan2.6-t2v-us": { input: p, takes: seconds(5, 10), not: seconds(6) },
    "wan2.6-i2v": {
      input: { ...p, img_url: DATA },
      takes: [{ resolution: "720P" }, ...seconds(15)],
      not: [{ resolution: "480P" }, ...seconds(16)],
      inputsNot: [p, { ...p, ...media("first_frame") }],
    },
    "wan2.6-i2v-flash": {
      input: { img_url: PIC, audio_url: MP3 },
      takes: [{ audio: false }],
      not: [{ audio: "no" }],
    },
    "wan2.6-r2v-flash": {
      input: { ...p, reference_urls: [MP4, PIC] },
      takes: seconds(2, 10),
      not: seconds(11),
      inputsNot: [p, { ...p, reference_urls: [PIC, PIC, PIC, PIC, PIC, PIC] }],
    },
    "wan2.5-t2v-preview": {
      input: p,
      takes: [{ size: "832*480" }, ...seconds(5, 10)],
      not: seconds(6, 15),
    },
    "wan2.5-i2v-preview": {
      input: { ...p, img_url: PIC },
      takes: [{ resolution: "480P" }],
      not: [{ resolution: "4K" }],
    },
    "wan2.2-t2v-plus": { input: p, takes: [{ size: "1920*1080" }, ...seconds(5)], not: seconds(10) },
    "wan2.2-i2v-flash": {
      input: { img_url: PIC, template: "hug" },
      takes: [{ resolution: "480P" }],
      not: seconds(3),
    },
    "wanx2.1-i2v-turbo": { input: { ...p, img_url: PIC }, takes: seconds(3, 4, 5), not: seconds(2, 6) },
    "wan2.2-kf2v-flash": {
      path: "image2video",
      input: { first_frame_url: PIC, last_frame_url: PIC },
      takes: [{ resolution: "1080P" }],
      not: [...seconds(10), { resolution: "4K" }],
      inputsNot: [{ last_frame_url: PIC }],
    },
    "wanx2.1-kf2v-plus": {
      path: "image2video",
      input: { first_frame_url: PIC, template: "hug" },
      takes: [{}],
      not: seconds(10),
    },
    "wan3.0-video": {
      input: { ...p, ...media("reference_audio", "reference_image") },
      takes: [{ duration: -1, ratio: "adaptive", audio: false }, ...seconds(30)],
      not: seconds(31),
    },
    "happyhorse-1.1-t2v": {
      input: p,
      takes: [{ watermark: false, ratio: "9:16" }, ...seconds(3, 15)],
      not: seconds(2, 16),
    },
    "happyhorse-1.0-i2v": {
      input: { ...p, ...media("first_frame") },
      takes: [{}],
      not: [],
      inputsNot: [p],
    },
    "happyhorse-1.1-r2v": {
      input: { prompt: "[Image 1] sails", ...many("reference_image", 9) },
      takes: [{}],
      not: [],
      inputsNot: [{ ...p, ...many("reference_image", 10) }],
    },
    "happyhorse-1.0-video-edit": {
      input: { ...p, ...media("video") },
      takes: [{ audio_setting: "auto" }],
      not: [],
      inputsNot: [p],
    },
  };
  for (const [model, { input, takes, not, inputsNot = [], path = "video-generation" }] of Object.entries(
    ROWS,
  ))
    it(`takes what ${model} takes, and no more`, async () => {
      for (const parameters of [{}, ...takes]) {
        const id = taskId(await gateway.video({ model, input, parameters }, path));
        await gateway.advance(TASK_MS * 3);
        const { output } = await gateway.query(id);
        assert.equal(output.task_status, "SUCCEEDED", JSON.stringify([parameters, output]));
      }
      for (const parameters of not)
        assert.deepEqual(
          said(await gateway.video({ model, input, parameters }, path)),
          INVALID,
          JSON.stringify(parameters),
        );
      for (const wrong of inputsNot)
        assert.deepEqual(
          said(await gateway.video({ model, input: wrong }, path)),
          INVALID,
          JSON.stringify(wrong),
        );
      const other = path === "image2video" ? "video-generation" : "image2video";
      assert.equal(
        (await gateway.video({ model, input }, other)).body.message,
        "url error, please check url!",
      );
    });

  const made = async (model: string, input: Body, parameters: Body = {}, path = "video-generation") => {
    const id = taskId(await gateway.video({ model, input, parameters }, path));
    await gateway.advance(TASK_MS);
    return gateway.query(id);
  };

  it("counts each generation in its own words, and says what it made of the prompt up to 2.5 alone", async () => {
    const usage = async (model: string, input: Body = p, parameters: Body = {}) =>
      (await made(model, input, parameters)).usage;
    assert.deepEqual(await usage("wan2.6-t2v"), {
      duration: 5,
      input_video_duration: 0,
      output_video_duration: 5,
      video_count: 1,
      SR: 1080,
      size: "1920*1080",
    });
    assert.deepEqual(await usage("wan2.6-i2v-flash", { img_url: PIC }, { audio: false }), {
      duration: 5,
      input_video_duration: 0,
      output_video_duration: 5,
      video_count: 1,
      SR: 1080,
      audio: false,
    });
    assert.deepEqual(await usage("wan2.5-t2v-preview"), { duration: 5, SR: 1080, video_count: 1 });
    assert.deepEqual(await usage("wanx2.1-t2v-plus"), {
      video_duration: 5,
      video_ratio: "standard",
      video_count: 1,
    });
    assert.equal((await made("wan2.6-t2v", p)).output.actual_prompt, undefined);
    assert.match(String((await made("wan2.5-t2v-preview", p)).output.actual_prompt), /^a boat, /);
    assert.equal(
      (await made("wan2.5-t2v-preview", p, { prompt_extend: false })).output.actual_prompt,
      undefined,
    );
    assert.equal(
      String((await made("wan2.6-t2v", { prompt: "x".repeat(2000) })).output.orig_prompt).length,
      1500,
    );
  });

  it("looks at pictures when it works on them: sides, alpha channel, format", async () => {
    const data = (picture: Partial<Parameters<typeof encodePicture>[0]>) => {
      const whole = { width: 640, height: 480, format: "png" as const, seed: "x", index: 0, ...picture };
      return `data:image/${whole.format};base64,${encodePicture(whole).toString("base64")}`;
    };
    const end = async (img_url: string, model = "wan2.6-i2v") =>
      (await made(model, { ...p, img_url })).output.task_status;
    assert.equal(await end(data({})), "SUCCEEDED");
    assert.equal(await end(data({ format: "jpeg" })), "SUCCEEDED");
    assert.equal(await end(data({ transparent: true })), "FAILED");
    assert.equal(await end(data({ width: 200 })), "FAILED");
    assert.equal(await end(data({ width: 300, height: 300 })), "SUCCEEDED");
    assert.equal(await end(data({ width: 300, height: 300 }), "wanx2.1-i2v-plus"), "FAILED");
  });

  it("takes what clients in use send beside the documents", async () => {
    const extra = { ...p, extend_prompt: true, function: "image_reference" };
    assert.equal(
      (await made("wan2.7-t2v", extra, { is_async: true, stream: false })).output.task_status,
      "SUCCEEDED",
    );
    assert.equal((await made("wan2.7-i2v", { ...p, img_url: DATA })).output.task_status, "SUCCEEDED");
    assert.equal(
      (await made("wan2.6-i2v", { ...p, img_url: PNG.toString("base64") })).output.task_status,
      "SUCCEEDED",
    );
    assert.equal(
      (await made("wan2.6-r2v", { ...p, reference_video_urls: [MP4] })).output.task_status,
      "SUCCEEDED",
    );
    assert.equal(
      (await made("wan2.7-i2v", { ...p, img_url: PNG.toString("base64") })).output.task_status,
      "SUCCEEDED",
    );
    const bare = { ...p, media: [{ type: "first_frame", url: PNG.toString("base64") }] };
    assert.deepEqual(said(await gateway.video({ model: "wan2.7-i2v", input: bare })), INVALID);
  });

  it("takes films and sounds as links alone", async () => {
    const film = `data:video/mp4;base64,${Buffer.alloc(30).toString("base64")}`;
    const sound = `data:audio/mp3;base64,${Buffer.alloc(30).toString("base64")}`;
    const edit = { ...p, media: [{ type: "video", url: film }] };
    assert.deepEqual(said(await gateway.video({ model: "wan2.7-videoedit", input: edit })), INVALID);
    assert.deepEqual(
      said(await gateway.video({ model: "wan2.6-t2v", input: { ...p, audio_url: sound } })),
      INVALID,
    );
  });
});
