import assert from "node:assert/strict";
import { imageSize } from "image-size";
import { type Body, useClient } from "./control.ts";
import { type Answer, type FormPart, form, gatewayClient, PNG, taskId } from "./simulator-gateway-client.ts";

/** Long beside any real wait, so that a slow machine does not move a task on. */
const TASK_MS = 50_000;
const DAY_MS = 24 * 3_600_000;
const VIDEO = {
  model: "wan2.6-t2v",
  input: { prompt: "a boat" },
  parameters: { size: "1280*720", duration: 5 },
};
const IMAGE = {
  model: "wan2.5-t2i-preview",
  input: { prompt: "a boat" },
  parameters: { n: 2, size: "1024*1024" },
};
const DRAWING = "aigc/text2image/image-synthesis";

describe("gateway simulator: tasks, links and uploads", function () {
  this.timeout(60_000);
  const { ready, client: gateway } = useClient(gatewayClient, { imageMs: 1, taskMs: TASK_MS });

  const status = async (id: string) => (await gateway.query(id)).output.task_status;
  const said = ({ status: code, body }: Answer) => [code, body.code];

  describe("a task", () => {
    it("goes from PENDING over RUNNING to SUCCEEDED, with times in Beijing's zone", async () => {
      const id = taskId(await gateway.video(VIDEO));
      assert.equal(await status(id), "PENDING");
      await gateway.advance(TASK_MS / 2);
      assert.equal(await status(id), "RUNNING");
      await gateway.advance(TASK_MS);
      const { output, usage } = await gateway.query(id);
      assert.equal(output.task_status, "SUCCEEDED");
      assert.deepEqual(usage, {
        duration: 5,
        input_video_duration: 0,
        output_video_duration: 5,
        video_count: 1,
        SR: 720,
        size: "1280*720",
      });
      const [submitted, ended] = [output.submit_time, output.end_time].map((time) =>
        Date.parse(`${String(time)}+08:00`),
      );
      assert.ok(Math.abs(Number(ended) - Number(submitted) - TASK_MS) < 2);
      assert.equal((await gateway.query(id)).output.video_url, output.video_url);
    });

    it("fails by marker and by what is wrong with its files, uncharged", async () => {
      const input = { prompt: "x [fail DataInspectionFailed no]", img_url: "https://example.com/a.png" };
      const told = taskId(await gateway.video({ ...VIDEO, model: "wan2.6-i2v", input, parameters: {} }));
      const lost = { prompt: "x", img_url: "https://nowhere.test/a.png" };
      const unread = taskId(
        await gateway.video({ ...VIDEO, model: "wan2.6-i2v", input: lost, parameters: {} }),
      );
      await gateway.advance(TASK_MS);
      assert.deepEqual((await gateway.query(told)).output, {
        task_id: told,
        task_status: "FAILED",
        code: "DataInspectionFailed",
        message: "no",
      });
      assert.equal((await gateway.query(unread)).output.code, "InvalidParameter.DataInspection");
      assert.deepEqual(await gateway.charges(), []);
    });

    it("is cancelled while PENDING alone, uncharged", async () => {
      const id = taskId(await gateway.video(VIDEO));
      assert.equal((await gateway.cancel(id)).status, 200);
      await gateway.advance(TASK_MS);
      assert.equal(await status(id), "CANCELED");
      assert.deepEqual(said(await gateway.cancel(id)), [400, "UnsupportedOperation"]);
      const running = taskId(await gateway.video(VIDEO));
      await gateway.advance(TASK_MS / 2);
      assert.deepEqual(said(await gateway.cancel(running)), [400, "UnsupportedOperation"]);
      assert.deepEqual(said(await gateway.cancel("never-there")), [400, "UnsupportedOperation"]);
      assert.deepEqual(
        (await gateway.charges()).map(({ id: charged }) => charged),
        [running],
      );
    });

    it("is UNKNOWN after a day, or where it never was, with status 200", async () => {
      const id = taskId(await gateway.video(VIDEO));
      await gateway.advance(DAY_MS - 10_000);
      assert.equal(await status(id), "SUCCEEDED");
      await gateway.advance(20_000);
      assert.equal(await status(id), "UNKNOWN");
      assert.equal(await status("502a00b1-19d9-4839-a82f-000000000000"), "UNKNOWN");
    });

    it("is charged once, when it was accepted, by what it makes", async () => {
      const id = taskId(await gateway.video(VIDEO));
      await gateway.submit(DRAWING, { ...IMAGE, input: { prompt: "x [part 0]" } });
      for (let round = 0; round < 2; round += 1) {
        const charges = await gateway.charges();
        assert.deepEqual(
          charges.map(({ operation, model, amount, unit }) => [operation, model, amount, unit]),
          [
            ["video", "wan2.6-t2v", 5, "second"],
            ["image-generation", "wan2.5-t2i-preview", 1, "image"],
          ],
        );
        assert.equal(charges[0]?.id, id);
        await gateway.advance(TASK_MS);
      }
    });

    it("waits while as many of its model run as may", async () => {
      const model = { ...VIDEO, model: "wan2.2-t2v-plus", parameters: {} };
      const ids = [];
      for (let count = 0; count < 3; count += 1) ids.push(taskId(await gateway.video(model)));
      await gateway.advance(TASK_MS / 2);
      const now = [];
      for (const id of ids) now.push(await status(id));
      assert.deepEqual(now, ["RUNNING", "RUNNING", "PENDING"]);
      await gateway.advance(TASK_MS * 2);
      assert.equal(await status(ids[2] ?? ""), "SUCCEEDED");
    });

    it("is asked for without the asynchronous header, twenty times a second, by any key", async () => {
      const { direct } = ready.gateway;
      const id = taskId(await gateway.video(VIDEO));
      const path = `/api/v1/tasks/${id}`;
      const told = await gateway.call({ method: "GET", path, headers: { "X-DashScope-Async": "enable" } });
      assert.deepEqual(said(told), [403, "AccessDenied"]);
      const headers = { Authorization: `Bearer ${direct.apiKey}` };
      const other = await gateway.send({ method: "GET", path: `/dashscope${path}`, headers });
      assert.equal((other.body.output as Body).task_id, id);
      const codes = await Promise.all(
        Array.from({ length: 60 }, async () => (await gateway.get(path)).status),
      );
      assert.deepEqual([...new Set(codes)].toSorted(), [200, 429]);
    });

    it("never ends, and has a status of its own, by fault", async () => {
      await gateway.fault("neverEnds", { path: "video-synthesis", params: { on: "api" } });
      const endless = taskId(await gateway.video(VIDEO));
      await gateway.advance(3_600_000);
      assert.equal(await status(endless), "RUNNING");
      await gateway.fault("unknownStatus", { path: "/tasks/" });
      assert.equal(await status(endless), "reviewing");
      assert.equal(await status(endless), "RUNNING");
    });
  });

  describe("the list", () => {
    const moment = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().replace(/[-:T]|\..*/g, "");
    const list = async (query: Record<string, string> = {}) => gateway.get("/api/v1/tasks/", query);
    const ids = ({ body }: Answer) => (body.data as Body[]).map(({ task_id }) => task_id);

    it("is by window, status, model, id and page, the newest first", async () => {
      const video = taskId(await gateway.video(VIDEO));
      await gateway.advance(TASK_MS);
      const image = taskId(await gateway.submit(DRAWING, IMAGE));
      assert.deepEqual(ids(await list()), [image, video]);
      assert.deepEqual(ids(await list({ status: "PENDING" })), [image]);
      assert.deepEqual(ids(await list({ model_name: "wan2.6-t2v" })), [video]);
      assert.deepEqual(ids(await list({ task_id: video })), [video]);
      const second = await list({ page_no: "2", page_size: "1" });
      assert.deepEqual([ids(second), second.body.total, second.body.total_page], [[video], 2, 2]);
      const now = Date.now();
      assert.deepEqual(
        ids(await list({ start_time: moment(now - 7_200_000), end_time: moment(now - 3_600_000) })),
        [],
      );
      assert.deepEqual(
        ids(await list({ start_time: moment(now - 60_000), end_time: moment(now + 60_000) })),
        [image, video],
      );
    });

    it("refuses a window of more than a day, and one it cannot read", async () => {
      const now = Date.now();
      const wide = { start_time: moment(now - DAY_MS - 60_000), end_time: moment(now) };
      assert.deepEqual(said(await list(wide)), [400, "InvalidParameter"]);
      assert.deepEqual(said(await list({ start_time: "2026-11-22" })), [400, "InvalidParameter"]);
      assert.deepEqual(said(await list({ page_size: "0" })), [400, "InvalidParameter"]);
    });
  });

  describe("a result", () => {
    const made = async () => {
      const id = taskId(await gateway.submit(DRAWING, IMAGE));
      await gateway.advance(TASK_MS);
      const { output } = await gateway.query(id);
      return String((output.results as Body[])[0]?.url);
    };

    it("is a real file behind a signed link that refuses credentials and dies after a day", async () => {
      const url = await made();
      assert.match(url, /\.png\?Expires=\d+&OSSAccessKeyId=\w+&Signature=[^&]+$/);
      const { width, height } = imageSize(new Uint8Array(await (await fetch(url)).arrayBuffer()));
      assert.deepEqual([width, height], [1024, 1024]);
      assert.equal((await fetch(url, { headers: { Authorization: "Bearer x" } })).status, 403);
      const [last = {}] = (await gateway.requests()).slice(-1);
      assert.equal((last.headers as Body).authorization, "Bearer x");
      assert.equal((await fetch(url.split("?")[0] ?? "")).status, 403);
      await gateway.advance(DAY_MS);
      assert.equal((await fetch(url)).status, 403);
    });

    it("of a video is an MP4, and a source for the next", async () => {
      const id = taskId(await gateway.video(VIDEO));
      await gateway.advance(TASK_MS);
      const url = String((await gateway.query(id)).output.video_url);
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      assert.equal(bytes.toString("latin1", 4, 8), "ftyp");
      const edit = {
        model: "wan2.7-videoedit",
        input: { prompt: "x", media: [{ type: "video", url }] },
        parameters: {},
      };
      const next = taskId(await gateway.video(edit));
      await gateway.advance(TASK_MS);
      const { output, usage } = await gateway.query(next);
      assert.equal(output.task_status, "SUCCEEDED");
      assert.deepEqual([usage.input_video_duration, usage.output_video_duration, usage.duration], [5, 5, 10]);
    });
  });

  describe("an upload", () => {
    const policy = async (model = "wan2.6-i2v") =>
      (await gateway.get("/api/v1/uploads", { action: "getPolicy", model })).body.data as Body;
    const parts = (data: Body, more: { key?: string } = {}): FormPart[] => [
      { name: "OSSAccessKeyId", value: String(data.oss_access_key_id) },
      { name: "Signature", value: String(data.signature) },
      { name: "policy", value: String(data.policy) },
      { name: "key", value: more.key ?? `${data.upload_dir}/cat.png` },
      { name: "x-oss-forbid-overwrite", value: "true" },
      { name: "x-oss-content-type", value: "image/png" },
      { name: "success_action_status", value: "200" },
      { name: "file", filename: "cat.png", data: PNG },
    ];
    const store = (list: ReturnType<typeof parts>, headers: Record<string, string> = {}) =>
      gateway.send({
        path: "/",
        headers: { "Content-Type": "multipart/form-data; boundary=----b", ...headers },
        body: form(list),
      });
    const use = (key: string, headers: Record<string, string>, model = "wan2.6-i2v") =>
      gateway.submit(
        "aigc/video-generation/video-synthesis",
        { model, input: { img_url: `oss://${key}`, prompt: "x" } },
        headers,
      );
    const RESOLVE = { "X-DashScope-OssResourceResolve": "enable" };

    it("is used by its oss address with the header that resolves it, by its model, for two days", async () => {
      const data = await policy();
      const key = `${data.upload_dir}/cat.png`;
      assert.equal((await store(parts(data))).status, 200);
      assert.deepEqual(said(await use(key, {})), [400, "InvalidParameter"]);
      const end = async (answer: Answer) => {
        await gateway.advance(TASK_MS);
        return (await gateway.query(taskId(answer))).output.task_status;
      };
      assert.equal(await end(await use(key, RESOLVE)), "SUCCEEDED");
      assert.equal(await end(await use(key, RESOLVE, "wan2.5-i2v-preview")), "FAILED");
      await gateway.advance(2 * DAY_MS);
      assert.equal(await end(await use(key, RESOLVE)), "FAILED");
    });

    it("is refused as the storage refuses it", async () => {
      const data = await policy();
      const list = parts(data);
      const code = async (answer: Promise<Answer>) => {
        const { status: number, text } = await answer;
        return [number, /<Code>(\w+)</.exec(text)?.[1]];
      };
      const changed = (name: string, value: string) =>
        list.map((part) => (part.name === name ? { ...part, value } : part));
      assert.deepEqual(await code(store(changed("Signature", "x"))), [403, "SignatureDoesNotMatch"]);
      assert.deepEqual(await code(store(changed("OSSAccessKeyId", "x"))), [403, "InvalidAccessKeyId"]);
      assert.deepEqual(await code(store(parts(data, { key: "elsewhere/cat.png" }))), [403, "AccessDenied"]);
      const [file] = list.slice(-1);
      if (file !== undefined) assert.equal((await store([file, ...list.slice(0, -1)])).status, 403);
      assert.deepEqual(await code(store(list, { Authorization: "Bearer x" })), [400, "InvalidArgument"]);
      assert.equal((await store(list)).status, 200);
      assert.deepEqual(await code(store(list)), [409, "FileAlreadyExists"]);
      await gateway.advance(301_000);
      assert.deepEqual(await code(store(parts(data, { key: `${data.upload_dir}/b.png` }))), [
        403,
        "AccessDenied",
      ]);
    });

    it("needs a model and the action", async () => {
      assert.deepEqual(said(await gateway.get("/api/v1/uploads", { action: "getPolicy" })), [
        400,
        "InvalidParameter",
      ]);
      assert.deepEqual(said(await gateway.get("/api/v1/uploads", { model: "wan2.6-i2v" })), [
        400,
        "InvalidParameter",
      ]);
    });
  });
});
