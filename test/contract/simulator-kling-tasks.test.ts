import assert from "node:assert/strict";
import type { Body } from "./control.ts";
import {
  IMAGE,
  MP3,
  MP4,
  PNG,
  picture,
  session,
  TASK_MS,
  TEXT,
  useKling,
  V3,
} from "./simulator-kling-client.ts";

describe("simulator: Kling's tasks", () => {
  const { kling, refused } = useKling();

  describe("tasks", () => {
    const status = async (path: string, id: string) =>
      (await kling.get(`${path}/${id}`)).body.data.task_status;

    it("go from submitted to processing to succeed by the simulated clock", async () => {
      const id = await kling.create(TEXT, V3);
      const seen = [await status(TEXT, id)];
      for (const ms of [TASK_MS / 2, TASK_MS]) {
        await kling.advance(ms);
        seen.push(await status(TEXT, id));
      }
      assert.deepEqual(seen, ["submitted", "processing", "succeed"]);
    });
    it("end by themselves within three seconds of real time", async () => {
      const id = await kling.create(TEXT, V3);
      const begun = performance.now();
      while ((await status(TEXT, id)) !== "succeed") assert.ok(performance.now() - begun < 3000);
    });
    it("are found on their own path alone, by either id; lip sync by its own only", async () => {
      const id = await kling.create(TEXT, { ...V3, external_task_id: "mine" });
      assert.equal((await kling.get(`${IMAGE}/${id}`)).body.code, 1201);
      assert.equal((await kling.get(`${TEXT}/mine`)).body.data.task_id, id);
      const sync = await kling.create("/v1/videos/advanced-lip-sync", {
        session_id: await session(kling),
        external_task_id: "sync",
        face_choose: [
          { face_id: "0", sound_file: MP3, sound_start_time: 0, sound_end_time: 2000, sound_insert_time: 0 },
        ],
      });
      assert.equal((await kling.get(`/v1/videos/advanced-lip-sync/${sync}`)).status, 200);
      assert.equal((await kling.get("/v1/videos/advanced-lip-sync/sync")).body.code, 1201);
    });
    it("fail without a charge, and free the caller's id only when refused", async () => {
      const failed = await kling.finish(IMAGE, { ...V3, image: picture(1000, 300) });
      assert.equal(failed.task_status_msg, "Image pixel is invalid");
      await refused(TEXT, { ...V3, prompt: "[error 1301]", external_task_id: "again" }, 1301, /security/);
      await kling.create(TEXT, { ...V3, external_task_id: "again" });
      await refused(
        "/v1/images/generations",
        { prompt: "x", external_task_id: "again" },
        1201,
        /already exists/,
      );
      assert.equal((await kling.charges()).length, 1);
    });
    it("count pictures as parallel tasks of their model", async () => {
      const ask = (n: number) => kling.post("/v1/images/generations", { prompt: "x", n });
      assert.equal((await ask(4)).status, 200);
      assert.equal((await ask(6)).body.code, 1303);
      assert.equal((await ask(5)).status, 200);
      assert.equal((await ask(1)).body.code, 1303);
      assert.equal((await kling.post("/v1/images/omni-image", { prompt: "x" })).status, 200);
      await kling.advance(TASK_MS);
      assert.equal((await ask(1)).status, 200);
    });
    it("are listed newest first, by pages", async () => {
      const ids: string[] = [];
      for (let count = 0; count < 3; count += 1) ids.unshift(await kling.create(TEXT, V3));
      const page = async (query: string) =>
        ((await kling.get(`${TEXT}?${query}`)).body.data as unknown as Body[]).map(({ task_id }) => task_id);
      assert.deepEqual(await page("pageNum=1&pageSize=2"), ids.slice(0, 2));
      assert.deepEqual(await page("pageNum=2&pageSize=2"), ids.slice(2));
      for (const query of ["pageSize=501", "pageNum=0", "pageNum=1001", "pageSize=x"])
        assert.equal((await kling.get(`${TEXT}?${query}`)).body.code, 1201);
      assert.equal((await kling.get("/v1/general/custom-voices?pageSize=1000")).status, 200);
    });
    it("never end, or say something else, when a fault says so", async () => {
      await kling.fault("neverEnds", { params: { on: "api" } });
      const stuck = await kling.create(TEXT, V3);
      await kling.fault("unknownStatus", { method: "POST" });
      const odd = await kling.create(TEXT, V3);
      const late = await kling.create(TEXT, V3);
      await kling.advance(TASK_MS / 2);
      assert.equal(await status(TEXT, odd), "reviewing");
      await kling.fault("neverEnds", { method: "GET", params: { on: "api" } });
      await status(TEXT, late);
      await kling.advance(24 * 3600 * 1000);
      const all = await Promise.all([stuck, odd, late].map((id) => status(TEXT, id)));
      assert.deepEqual(all, ["processing", "succeed", "processing"]);
    });
    it("meet the faults of the frame", async () => {
      await kling.fault("reset", { params: { billed: true } });
      await assert.rejects(kling.post(TEXT, { ...V3, external_task_id: "lost" }));
      assert.equal((await kling.get(`${TEXT}/lost`)).body.data.task_status, "submitted");
      assert.equal((await kling.charges()).length, 1);
      await kling.advance(TASK_MS);
      await kling.fault("noLink");
      assert.doesNotMatch((await kling.get(`${TEXT}/lost`)).text, /http/);
      await kling.fault("status", { params: { status: 504 } });
      assert.equal((await kling.post(TEXT, V3)).body.code, 5002);
    });
  });

  it("charges each accepted call once, in the vendor's units", async () => {
    await kling.create(TEXT, { ...V3, mode: "pro", sound: "on", duration: "10" });
    await kling.create("/v1/images/generations", { prompt: "x", n: 3 });
    await kling.create("/v1/images/kolors-virtual-try-on", { human_image: PNG, cloth_image: PNG });
    await kling.post("/v1/videos/identify-face", { video_url: MP4 });
    await kling.post("/v1/audio/tts", { text: "x", voice_id: "oversea_male1", voice_language: "en" });
    assert.deepEqual(
      (await kling.charges()).map(({ vendor, operation, model, amount, unit }) => [
        vendor,
        operation,
        model,
        amount,
        unit,
      ]),
      [
        ["kling", "text-to-video", "kling-v3", 12, "video unit"],
        ["kling", "text-to-image", "kling-v3", 24, "image unit"],
        ["kling", "try-on", "kolors-virtual-try-on-v1", 0.07, "USD"],
        ["kling", "identify-face", "identify-face", 0.05, "video unit"],
        ["kling", "speech", "tts", 0.05, "video unit"],
      ],
    );
  });

  it("tells the costs once a second", async () => {
    const ask = () => kling.get("/account/costs?start_time=1726124664368&end_time=1767366400000");
    assert.equal((await ask()).status, 200);
    assert.equal((await ask()).body.code, 1302);
    await kling.advance(1000);
    assert.equal((await ask()).status, 200);
    assert.equal((await kling.get("/account/costs")).body.code, 1201);
    assert.deepEqual(await kling.charges(), []);
  });
});
