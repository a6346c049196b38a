import assert from "node:assert/strict";
import { imageSize } from "image-size";
import type { Body } from "./control.ts";
import { readFixture } from "./kling-client.ts";
import {
  IMAGE,
  MP4,
  OMNI,
  PNG,
  picture,
  TASK_MS,
  TEXT,
  useKling,
  V3,
  videoId,
} from "./simulator-kling-client.ts";

describe("simulator: what Kling makes and keeps", () => {
  const { kling, refused } = useKling();

  describe("results", () => {
    const download = async (url: unknown, init: RequestInit = {}) => {
      const answer = await fetch(String(url), init);
      return {
        type: answer.headers.get("content-type"),
        status: answer.status,
        bytes: Buffer.from(await answer.arrayBuffer()),
      };
    };
    const items = (data: Body, list: string) => (data.task_result as Record<string, Body[]>)[list] ?? [];

    it("are MP4s of the asked shape, each with bytes of its own, for 30 days, without credentials", async () => {
      const sizes: number[] = [];
      for (const aspect_ratio of ["16:9", "9:16", "1:1"]) {
        const [video = {}] = items(await kling.finish(TEXT, { ...V3, aspect_ratio }), "videos");
        const { type, bytes } = await download(video.url);
        assert.deepEqual([type, bytes.toString("latin1", 4, 8)], ["video/mp4", "ftyp"]);
        assert.ok(bytes.includes("avc1") && bytes.includes("mp4a"));
        const track = bytes.indexOf("tkhd");
        sizes.push(bytes.readUInt16BE(track + 80), bytes.readUInt16BE(track + 84));
        assert.equal((await download(video.url, { headers: { Authorization: "Bearer x" } })).status, 403);
        await kling.advance(29 * 24 * 3600 * 1000);
        assert.equal((await download(video.url)).status, 200);
        await kling.advance(2 * 24 * 3600 * 1000);
        assert.equal((await download(video.url)).status, 403);
      }
      assert.deepEqual(sizes, [640, 360, 180, 320, 240, 240]);
    });
    it("are PNGs of the asked size, in a series under a name of their own", async () => {
      const ask = { prompt: "x", model_name: "kling-v3-omni", aspect_ratio: "3:2" };
      const single = items(await kling.finish("/v1/images/omni-image", { ...ask, n: 2 }), "images");
      assert.deepEqual(
        single.map(({ index }) => index),
        [0, 1],
      );
      const { width, height, type } = imageSize((await download(single[1]?.url)).bytes);
      assert.deepEqual([width, height, type], [1256, 840, "png"]);
      const series = await kling.finish("/v1/images/omni-image", {
        ...ask,
        result_type: "series",
        series_amount: "auto",
      });
      assert.deepEqual([items(series, "images").length, items(series, "series_images").length], [0, 3]);
      const [wide = {}] = items(
        await kling.finish("/v1/images/editing/expand", {
          image: picture(400, 300),
          up_expansion_ratio: 0,
          down_expansion_ratio: 0,
          left_expansion_ratio: 1,
          right_expansion_ratio: 0.5,
        }),
        "images",
      );
      const whole = imageSize((await download(wide.url)).bytes);
      assert.deepEqual([whole.width, whole.height], [1000, 300]);
    });
    it("are MP3 and WAV", async () => {
      const [sound = {}] = items(
        await kling.finish("/v1/audio/text-to-audio", { prompt: "rain", duration: 3.5 }),
        "audios",
      );
      const mp3 = await download(sound.url_mp3);
      const wav = await download(sound.url_wav);
      assert.deepEqual([mp3.type, mp3.bytes.toString("latin1", 0, 3)], ["audio/mpeg", "ID3"]);
      assert.deepEqual(
        [wav.type, wav.bytes.toString("latin1", 0, 4), wav.bytes.readUInt32LE(4)],
        ["audio/wav", "RIFF", wav.bytes.length - 8],
      );
      assert.equal(sound.duration_mp3, "3.5");
    });
    it("can be used again: extended, given a voice, edited by link, until 30 days are over", async () => {
      const id = await videoId(kling, "kling-v1-6");
      const longer = await kling.finish("/v1/videos/video-extend", { video_id: id });
      assert.equal(((longer.task_info as Body).parent_video as Body).id, id);
      const [video = {}] = items(longer, "videos");
      const edited = await kling.finish(OMNI, {
        ...V3,
        model_name: "kling-v3-omni",
        video_list: [{ video_url: video.url }],
      });
      assert.equal(edited.task_status, "succeed");
      const heard = await kling.finish("/v1/audio/video-to-audio", { video_id: id });
      const [audio = {}] = items(heard, "audios");
      const avatar = await kling.finish("/v1/videos/avatar/image2video", { image: PNG, audio_id: audio.id });
      assert.equal(avatar.task_status, "succeed");
      await refused(
        "/v1/videos/video-extend",
        { video_id: await videoId(kling, "kling-v3") },
        1201,
        /video extend/,
      );
      await kling.advance(31 * 24 * 3600 * 1000);
      await refused("/v1/videos/video-extend", { video_id: id }, 1201, /Video not found/);
    });
    it("of others are not fetched: the task fails", async () => {
      const failed = await kling.finish(IMAGE, { ...V3, image: "https://nowhere.test/a.png" });
      assert.match(String(failed.task_status_msg), /download/);
    });
  });

  it("keeps elements: made, used by exact id, listed, deleted under either path", async () => {
    const { path, body } = readFixture("40-element-create-image.json").request;
    const id = await kling.create(path, body);
    await kling.advance(TASK_MS);
    const [, digits = ""] = /"element_id":(\d+)/.exec((await kling.get(`${path}/${id}`)).text) ?? [];
    assert.ok(BigInt(digits) > 2n ** 53n);
    const using = (text: string) =>
      `{"model_name":"kling-v3","image":"${PNG}","element_list":[{"element_id":${text}}]}`;
    assert.equal((await kling.post(IMAGE, using(digits))).status, 200);
    assert.match(await kling.requestText(), new RegExp(`"element_id":${digits}`));
    assert.equal(
      (await kling.post("/v1/general/delete-advanced-elements", { element_id: digits })).status,
      200,
    );
    assert.equal((await kling.post(IMAGE, using(digits))).body.code, 1201);
    assert.match((await kling.get(path)).text, /"status":"deleted"/);
    assert.deepEqual(
      (await kling.charges()).map(({ operation }) => operation),
      ["image-to-video"],
    );
  });
  it("keeps voices: made from a speaking video, used, deleted", async () => {
    const speaking = { ...V3, sound: "on", duration: "10" };
    const [video = {}] =
      ((await kling.finish(TEXT, speaking)).task_result as Record<string, Body[]>).videos ?? [];
    const made = await kling.finish("/v1/general/custom-voices", { voice_name: "me", video_id: video.id });
    const [voice = {}] = (made.task_result as Record<string, Body[]>).voices ?? [];
    const using = {
      ...V3,
      sound: "on",
      prompt: "<<<voice_1>>> speaks",
      voice_list: [{ voice_id: voice.voice_id }],
    };
    await kling.create(TEXT, using);
    await kling.post("/v1/general/delete-voices", { voice_id: voice.voice_id });
    await refused(TEXT, using, 1201, /voice not found/);
  });

  it("takes a video apart only after something in it was marked", async () => {
    const path = "/v1/videos/multi-elements";
    const { session_id } = (await kling.post(`${path}/init-selection`, { video_url: MP4 })).body.data;
    const removal = { session_id, edit_mode: "removal", prompt: "x", duration: "5" };
    await refused(path, removal, 1201, /selection/);
    const points = [{ x: 0.5, y: 0.5 }];
    await refused(
      `${path}/add-selection`,
      { session_id, frame_index: 0, points: [{ x: 2, y: 0 }] },
      1201,
      /x must be/,
    );
    assert.equal(
      (await kling.post(`${path}/add-selection`, { session_id, frame_index: 0, points })).status,
      200,
    );
    assert.equal((await kling.post(`${path}/preview-selection`, { session_id })).status, 200);
    const done = await kling.finish(path, removal);
    assert.equal(((done.task_result as Record<string, Body[]>).videos ?? [])[0]?.session_id, session_id);
    await kling.post(`${path}/clear-selection`, { session_id });
    await refused(path, removal, 1201, /selection/);
  });
});
