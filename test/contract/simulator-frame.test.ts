import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { decode } from "fast-png";
import { imageSize } from "image-size";
import { encodePicture } from "../simulator/media/picture.ts";
import { encodeFlatWebp } from "../simulator/media/webp.ts";
import type { Ready } from "../simulator/start.ts";
import { type Body, useClient } from "./control.ts";
import { answerOf, arkClient } from "./simulator-client.ts";

const DAY_MS = 24 * 3600 * 1000;
const ASK = { model: "doubao-seedream-4-5-251128", prompt: "a cat", size: "2K" };
const GROUP = {
  ...ASK,
  sequential_image_generation: "auto",
  sequential_image_generation_options: { max_images: 3 },
};

describe("simulator: frame", () => {
  const { ready, client: ark } = useClient(arkClient, { imageMs: 1 });

  const made = async (body: Body = ASK) => answerOf(await ark.generate(body));
  const link = async (body: Body = ASK) => (await made(body)).data[0]?.url ?? "";
  const amounts = async () => (await ark.charges()).map(({ amount }) => amount);

  it("starts as a process, prints one ready line and stops when told", async () => {
    const main = fileURLToPath(new URL("../simulator/main.ts", import.meta.url));
    const child = spawn(process.execPath, [main, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    const lines: string[] = [];
    const reader = createInterface(child.stdout).on("line", (line) => lines.push(line));
    await once(reader, "line");
    const ready = JSON.parse(lines[0] ?? "") as Ready;
    assert.deepEqual(
      Object.fromEntries(Object.entries(ready).map(([vendor, entry]) => [vendor, Object.keys(entry)])),
      {
        seedream: ["baseUrl", "apiKey"],
        visual: ["baseUrl", "accessKeyId", "secretAccessKey"],
        kling: ["baseUrl", "accessKey", "secretKey", "apiKey"],
        animo: ["endpoint", "apiKey"],
        gateway: ["baseUrl", "nativeUrl", "apiKey", "forbiddenKey", "jwt", "hmac", "direct"],
        control: ["baseUrl"],
      },
    );
    assert.match(ready.seedream.baseUrl, /\/api\/v3$/);
    const exit = once(child, "exit");
    child.kill("SIGTERM");
    assert.deepEqual(await exit, [0, null]);
    assert.equal(lines.length, 1);
  });

  it("keeps what was asked, with real headers and a parsed body", async () => {
    const huge = "x".repeat(300_000);
    await ark.generate({ ...ASK, negative_prompt: huge });
    await ark.call("GET", "/models?a=1&a=2", { headers: { "X-Own": "yes" } });
    const [first = {}, second = {}] = await ark.requests();
    const body = first.body as Body;
    assert.equal(body.prompt, "a cat");
    assert.equal((body.negative_prompt as Body).length, huge.length);
    assert.equal((first.headers as Body).authorization, `Bearer ${ready.seedream.apiKey}`);
    assert.equal((second.headers as Body)["x-own"], "yes");
    assert.deepEqual([second.vendor, second.method, second.path], ["seedream", "GET", "/api/v3/models"]);
    assert.deepEqual(second.query, { a: ["1", "2"] });
  });

  it("charges each accepted call for the images it brings, also when the client hangs up", async () => {
    await ark.generate({ ...GROUP, prompt: "x [fail 1]" });
    await ark.generate({ ...ASK, prompt: "x [fail 0]" });
    await ark.generate({ ...ASK, size: "1x1" });
    const stop = new AbortController();
    const slow = ark.generate({ ...ASK, prompt: "x [slow 60s]" }, { signal: stop.signal });
    while ((await amounts()).length < 2);
    stop.abort();
    await assert.rejects(slow);
    const rows = await ark.charges();
    assert.deepEqual(
      rows.map(({ vendor, operation, model, amount, unit }) => [vendor, operation, model, amount, unit]),
      [
        ["seedream", "text-to-image", ASK.model, 2, "image"],
        ["seedream", "text-to-image", ASK.model, 1, "image"],
      ],
    );
  });

  it("answers 413 to a body above 64 MiB", async () => {
    assert.equal((await ark.generate({ ...ASK, image: "x".repeat(65 * 2 ** 20) })).status, 413);
  });

  describe("result links", () => {
    it("give the picture to a plain GET on another origin", async () => {
      const url = await link();
      assert.notEqual(new URL(url).origin, new URL(ready.seedream.baseUrl).origin);
      const answer = await fetch(url);
      const { width, height, type } = imageSize(new Uint8Array(await answer.arrayBuffer()));
      assert.deepEqual(
        [answer.headers.get("content-type"), type, width, height],
        ["image/jpeg", "jpg", 2048, 2048],
      );
    });
    it("refuse credentials, HEAD and a changed query", async () => {
      const url = await link();
      assert.equal((await fetch(url, { headers: { Authorization: "Bearer x" } })).status, 403);
      assert.equal((await fetch(url, { method: "HEAD" })).status, 403);
      assert.equal((await fetch(`${url}&a=1`)).status, 403);
      assert.equal((await fetch(url)).status, 200);
    });
    it("die after a day of the simulated clock", async () => {
      const url = await link();
      await ark.advance(DAY_MS - 60_000);
      assert.equal((await fetch(url)).status, 200);
      await ark.advance(60_000);
      assert.equal((await fetch(url)).status, 403);
    });
    it("allow a hundred downloads", async () => {
      const url = await link();
      for (let count = 0; count < 100; count += 1) await (await fetch(url)).arrayBuffer();
      assert.equal((await fetch(url)).status, 403);
    });
    it("can be resumed", async () => {
      const url = await link();
      const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
      const rest = await fetch(url, { headers: { Range: "bytes=100-" } });
      assert.equal(rest.status, 206);
      assert.equal(rest.headers.get("content-range"), `bytes 100-${whole.length - 1}/${whole.length}`);
      assert.deepEqual(Buffer.from(await rest.arrayBuffer()), whole.subarray(100));
    });
  });

  describe("faults of the API", () => {
    const broken: [string, Body, number][] = [
      ["refuse", {}, 0],
      ["reset", {}, 0],
      ["reset", { params: { billed: true } }, 1],
    ];
    for (const [kind, more, charged] of broken)
      it(`${kind} ${JSON.stringify(more)} breaks off before any answer; charged ${charged}`, async () => {
        await ark.fault(kind, more);
        await assert.rejects(ark.generate(ASK));
        assert.equal((await ark.charges()).length, charged);
        assert.equal((await ark.generate(ASK)).status, 200);
      });
    it("refuse without limits closes the port until the reset", async () => {
      await ark.fault("refuse", { times: undefined });
      await assert.rejects(
        ark.generate(ASK),
        ({ cause }: Error) => (cause as { code: string }).code === "ECONNREFUSED",
      );
      await ark.reset();
      assert.equal((await ark.generate(ASK)).status, 200);
    });
    it("hang charges and never answers", async () => {
      await ark.fault("hang");
      const hanging = assert.rejects(ark.generate(ASK));
      while ((await amounts()).length < 1);
      await ark.reset();
      await hanging;
    });
    it("resetBody breaks off within the body; truncate ends it early", async () => {
      await ark.fault("resetBody");
      const reset = await ark.generate(ASK);
      assert.equal(reset.status, 200);
      await assert.rejects(reset.text());
      await ark.fault("truncate", { params: { on: "api", clean: true } });
      const short = await (await ark.generate(ASK)).text();
      assert.throws(() => JSON.parse(short));
      assert.deepEqual(await amounts(), [1, 1]);
    });
    it("resetBody ends a stream after its first event", async () => {
      await ark.fault("resetBody");
      const answer = await ark.generate({ ...GROUP, stream: true });
      let text = "";
      await assert.rejects(async () => {
        for await (const part of answer.body ?? []) text += Buffer.from(part).toString();
      });
      assert.deepEqual(text.match(/"image_index":\d/g), ['"image_index":0']);
      assert.deepEqual(await amounts(), [3]);
    });
    it("status answers with the status, the wait and the body asked for, uncharged", async () => {
      await ark.fault("status", { params: { status: 429, retryAfter: 2 } });
      const limited = await ark.generate(ASK);
      assert.deepEqual([limited.status, limited.headers.get("retry-after")], [429, "2"]);
      assert.equal((await answerOf(limited)).error.code, "ServerOverloaded");
      await ark.fault("status", { params: { status: 500, body: { flat: true } } });
      assert.deepEqual(await (await ark.generate(ASK)).json(), { flat: true });
      assert.deepEqual(await amounts(), []);
    });
    it("html, malformed, wrongShape, empty and noLink answer what no client hopes for", async () => {
      const text = async (kind: string, body: Body = ASK) => {
        await ark.fault(kind);
        return (await ark.generate(body)).text();
      };
      assert.match(await text("html"), /^<!doctype html>/);
      assert.deepEqual(await amounts(), []);
      const cut = await text("malformed");
      assert.throws(() => JSON.parse(cut));
      assert.equal("data" in (JSON.parse(await text("wrongShape")) as object), false);
      assert.equal(await text("empty"), "");
      assert.deepEqual((JSON.parse(await text("noLink")) as Body).data, [{ size: "2048x2048" }]);
      assert.doesNotMatch(await text("noLink", { ...GROUP, stream: true }), /http/);
      assert.match(
        await text("unknownStatus", { ...GROUP, stream: true }),
        /^event: image_generation.partial_image$/m,
      );
      assert.deepEqual(await amounts(), [1, 1, 1, 1, 3, 3]);
    });
    it("charge nothing when told so", async () => {
      await ark.fault("malformed", { params: { billed: false } });
      await ark.generate(ASK);
      assert.deepEqual(await amounts(), []);
    });
    it("skew moves the vendor's clock away", async () => {
      await ark.fault("skew", { params: { ms: -2 * DAY_MS } });
      const answer = await ark.generate(ASK);
      const date = Date.parse(answer.headers.get("date") ?? "");
      assert.ok(Math.abs(date + 2 * DAY_MS - Date.now()) < 60_000);
    });
    it("strike only where they are told to, as often as told, in the order posted", async () => {
      const status = (code: number, more: Body) => ark.fault("status", { params: { status: code }, ...more });
      await status(500, { method: "GET" });
      await status(510, { path: "/videos/" });
      await status(501, { path: "/images/" });
      await status(502, { times: 2 });
      const seen: number[] = [];
      for (let count = 0; count < 4; count += 1) seen.push((await ark.generate(ASK)).status);
      assert.deepEqual(seen, [501, 502, 502, 200]);
      assert.equal((await ark.call("GET", "/models")).status, 500);
    });
    it("are refused when they make no sense", async () => {
      assert.equal((await ark.fault("explode")).status, 400);
      assert.equal((await ark.fault("hang", { vendor: "nobody" })).status, 400);
      assert.equal((await ark.fault("hang", { times: 0 })).status, 400);
    });
  });

  describe("faults of result links", () => {
    const fetched = async (kind: string, params: Body = {}) => {
      const url = await link();
      await ark.fault(kind, { params });
      return fetch(url);
    };
    it("linkDead", async () => {
      assert.equal((await fetched("linkDead")).status, 403);
      assert.equal((await fetched("linkDead", { status: 404 })).status, 404);
    });
    it("wrongType sends something else under the announced type", async () => {
      const answer = await fetched("wrongType");
      assert.equal(answer.headers.get("content-type"), "image/jpeg");
      assert.match(await answer.text(), /^<!doctype html>/);
      const webp = await fetched("wrongType", { as: "webp" });
      assert.equal(imageSize(new Uint8Array(await webp.arrayBuffer())).type, "webp");
    });
    it("truncate and resetBody end before the announced length", async () => {
      for (const kind of ["truncate", "resetBody"])
        await assert.rejects((await fetched(kind, { on: "result" })).arrayBuffer());
    });
    it("oversize announces more than the picture", async () => {
      const answer = await fetched("oversize", { bytes: 5_000_000 });
      assert.equal(answer.headers.get("content-length"), "5000000");
      assert.equal((await answer.arrayBuffer()).byteLength, 5_000_000);
    });
    it("neverEnds goes on until the client hangs up", async () => {
      const answer = await fetched("neverEnds");
      let bytes = 0;
      for await (const part of answer.body ?? []) {
        bytes += part.length;
        if (bytes > 500_000) break;
      }
      assert.equal(answer.headers.get("content-length"), null);
    });
    it("status and slow strike downloads when told to", async () => {
      assert.equal((await fetched("status", { on: "result", status: 503 })).status, 503);
      const begun = performance.now();
      assert.equal((await fetched("slow", { on: "result", ms: 120 })).status, 200);
      assert.ok(performance.now() - begun >= 120);
    });
  });

  describe("pictures", () => {
    for (const [width, height] of [
      [4096, 4096],
      [1240, 410],
      [17, 33],
    ] as const)
      it(`${width}x${height} are whole files of that size`, () => {
        const picture = { width, height, seed: "s", index: 1 };
        const png = decode(encodePicture({ ...picture, format: "png" }), { checkCrc: true });
        assert.deepEqual(
          [png.width, png.height, png.channels, png.data.length],
          [width, height, 3, width * height * 3],
        );
        assert.equal(colours(png.data), 3);
        const jpeg = imageSize(encodePicture({ ...picture, format: "jpeg" }));
        assert.deepEqual([jpeg.width, jpeg.height, jpeg.type], [width, height, "jpg"]);
        const webp = imageSize(encodeFlatWebp({ width, height }, [1, 2, 3]));
        assert.deepEqual([webp.width, webp.height], [width, height]);
      });
    it("are the same for the same seed and differ within a group and without a seed", async () => {
      const bytes = async (body: Body) => {
        const { data } = await made({ ...body, response_format: "b64_json" });
        return data.map(({ b64_json }) => b64_json);
      };
      assert.deepEqual(await bytes({ ...ASK, seed: 7 }), await bytes({ ...ASK, seed: 7 }));
      assert.notDeepEqual(await bytes(ASK), await bytes(ASK));
      assert.equal(new Set(await bytes(GROUP)).size, 3);
    });
    it("with a transparent background have clear and opaque pixels", () => {
      const png = encodePicture({
        width: 64,
        height: 64,
        seed: "s",
        index: 0,
        format: "png",
        transparent: true,
      });
      const { data, channels } = decode(png);
      assert.equal(channels, 4);
      assert.deepEqual([...new Set(data.filter((_, at) => at % 4 === 3))].sort(), [0, 255]);
    });
  });
});

/** How many colours RGB data holds. */
function colours(data: ArrayLike<number>): number {
  const seen = new Set<number>();
  for (let at = 0; at < data.length; at += 3)
    seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
  return seen.size;
}
