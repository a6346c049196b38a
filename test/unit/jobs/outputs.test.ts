import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { withoutWords } from "../../../src/jobs/machine.ts";
import { realClock } from "../../../src/net/clock.ts";
import { createNet } from "../../../src/net/net.ts";
import type { Clock, Net } from "../../../src/net/types.ts";
import type { Vendor } from "../../../src/vendors/contract.ts";
import { VendorError } from "../../../src/vendors/errors.ts";
import { Bench, bytes, from, newJob, png, request, until, vendor } from "./support.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe("outputs", () => {
  const bench = new Bench();
  let server: Server;
  let net: Net;
  let base: string;
  let asked: string[] = [];
  let answers: Record<string, Answer> = {};

  before(async () => {
    server = createServer((incoming, response) => {
      const path = incoming.url ?? "";
      asked.push(path);
      const answer = answers[path];
      if (answer) answer(incoming, response);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    net = createNet({ settings: { client: "undici" } });
  });
  after(async () => {
    await net.close();
    server.close();
  });
  afterEach(async () => {
    await bench.clear();
    asked = [];
    answers = {};
  });

  const send =
    (body: Uint8Array | string, type = "image/png"): Answer =>
    (_request, response) =>
      response.writeHead(200, { "content-type": type }).end(body);
  const link = (path: string, index = 0) => ({
    type: "output" as const,
    index,
    source: { kind: "link" as const, url: `${base}${path}` },
    facts: {},
  });
  const withLinks = (...paths: string[]) =>
    vendor({
      async *start(_request, context) {
        await context.spend("submit", async () => undefined);
        for (const [index, path] of paths.entries()) yield link(path, index);
        yield { type: "done" };
      },
    });

  async function run(made: ReturnType<typeof vendor>) {
    const root = await bench.root();
    const jobs = bench.jobs(root, made, { net });
    const { id } = await jobs.start(request, { baseUrl: base });
    const job = await until(jobs, id, (now) => ["done", "failed"].includes(now?.state ?? ""));
    return { root, jobs, job };
  }

  it("may be of another kind than the operation's, where the vendor says so", async () => {
    answers = { "/clip": send(png(1)), "/frame": send(png(2)) };
    const clip = vendor({
      async *start(_request, context) {
        await context.spend("submit", async () => undefined);
        yield link("/clip");
        yield { ...link("/frame", 1), facts: { kind: "image", part: "lastFrame" } };
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(await bench.root(), clip, { net });
    const { id } = await jobs.start({ ...request, operation: "text-to-video" }, { baseUrl: base });
    const job = await until(jobs, id, (now) => now?.state === "done");
    assert.deepEqual(
      job.assets.map(({ index, kind, facts }) => [index, kind, facts.part]),
      [[1, "image", "lastFrame"]],
    );
    assert.equal(job.failures[0]?.error.next, "wrongMedia");
  });

  it("keep a link that says how long it lives, for as long as the job is open", async () => {
    answers["/a"] = send(png(0));
    for (const expires of [Date.now() + 3_600_000, undefined]) {
      const { source } = link("/a");
      const output = { ...link("/a"), source: expires === undefined ? source : { ...source, expires } };
      const { job } = await run(
        vendor({
          async *start(_request, context) {
            await context.spend("submit", async () => undefined);
            yield output;
            yield { type: "done" };
          },
        }),
      );
      const kept = expires === undefined ? {} : { link: `${base}/a`, linkExpires: expires };
      assert.deepEqual(job.assets[0]?.facts, kept);
      assert.deepEqual(withoutWords(job).assets[0]?.facts, {}, "what outlives the job has no link");
    }
  });

  it("are downloaded, at most three at once, and named by their bytes", async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const paths = Array.from({ length: 9 }, (_, index) => `/${index}`);
    for (const [index, path] of paths.entries()) {
      answers[path] = (_request, response) => {
        waiting.push(() => response.writeHead(200, { "content-type": "image/png" }).end(png(index)));
        most = Math.max(most, waiting.length);
        if (waiting.length === 3) {
          setTimeout(() => {
            for (const answer of waiting.splice(0)) answer();
          }, 30);
        }
      };
    }
    const { root, jobs, job } = await run(withLinks(...paths));
    assert.equal(job.state, "done");
    assert.equal(most, 3);
    for (const asset of job.assets) {
      assert.deepEqual(new Uint8Array(await readFile(jobs.stagedPath(job, asset))), png(asset.index));
    }
    assert.deepEqual(
      (await readdir(join(root, job.id, "assets"))).sort(),
      paths.map((path) => `${path.slice(1)}.png`),
    );
  });

  it("are in the ledger before the first byte is asked for", async () => {
    const root = await bench.root();
    let onDisk: { pending?: unknown } = {};
    answers["/a"] = async (_request, response) => {
      const [id] = await bench.ids(root);
      onDisk = JSON.parse(await readFile(join(root, id ?? "", "job.json"), "utf8"));
      response.writeHead(200, { "content-type": "image/png" }).end(png());
    };
    const jobs = bench.jobs(root, withLinks("/a"), { net });
    const { id } = await jobs.start(request, { baseUrl: base });
    await until(jobs, id, (job) => job?.state === "done");
    assert.deepEqual(onDisk.pending, [{ index: 0, url: `${base}/a`, facts: {} }]);
  });

  const refused: [string, Answer, Record<string, unknown>][] = [
    [
      "a page instead of a picture",
      send("<!doctype html><p>gone", "text/html"),
      { reason: "protocol", code: "wrongType" },
    ],
    [
      "a page that calls itself a picture",
      send("<!doctype html><p>gone"),
      { reason: "protocol", next: "wrongMedia", code: "text/html" },
    ],
    [
      "a script in a drawing",
      send('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script/></svg>'),
      { next: "wrongMedia", code: "image/svg+xml" },
    ],
    ["a sound", send(wav(), "audio/wav"), { next: "wrongMedia", code: "audio/wav" }],
    [
      "a link that is dead",
      (_request, response) => void response.writeHead(403).end(),
      { reason: "expired", status: 403 },
    ],
  ];
  for (const [name, answer, error] of refused) {
    it(`refuses ${name}, and keeps the rest`, async () => {
      answers["/bad"] = answer;
      answers["/good"] = send(png(5));
      const { root, job } = await run(withLinks("/bad", "/good"));
      assert.partialDeepStrictEqual(job, {
        state: "done",
        failures: [{ index: 0, error: { sent: "unknown", ...error } }],
      });
      assert.deepEqual(
        job.assets.map(({ index }) => index),
        [1],
      );
      assert.deepEqual(await readdir(join(root, job.id, "assets")), ["1.png"]);
    });
  }

  it("ask the task for a new link when theirs has died", async () => {
    answers["/fresh"] = send(png(3));
    let looks = 0;
    const made = vendor({
      async *start() {
        yield { type: "accepted", operation: { task: 1 } };
      },
      async *status() {
        yield link(looks++ === 0 ? "/dead" : "/fresh");
        yield { type: "done" };
      },
    });
    const { job } = await run(made);
    assert.equal(job.state, "done");
    assert.deepEqual(asked, ["/dead", "/fresh"]);
  });

  it("are put off when they do not come now, and come when looked for again", async () => {
    answers["/a"] = send(png().subarray(0, 40));
    const root = await bench.root();
    const jobs = bench.jobs(root, withLinks("/a"), { net });
    const { id } = await jobs.start(request, { baseUrl: base });
    const put = await until(jobs, id, (job) => job?.failures.length === 1);
    assert.partialDeepStrictEqual(put, {
      state: "downloading",
      failures: [{ index: 0, error: { next: "truncated" } }],
    });
    answers["/a"] = send(png(6));
    const job = await jobs.lookAgain(id);
    assert.partialDeepStrictEqual(job, { state: "done", pending: [], failures: [], assets: [{ index: 0 }] });
  });

  it("of sound are put off when they end too soon and nobody said how long they are, and taken as they are where that was said", async () => {
    const whole = await readFile(new URL("../../fixtures/media/plain.mp3", import.meta.url));
    const cut = whole.subarray(0, whole.length - 30);
    answers["/open"] = (_request, response) => {
      response.writeHead(200, { "content-type": "audio/mpeg" });
      response.write(cut);
      response.end();
    };
    answers["/sized"] = (_request, response) =>
      void response.writeHead(200, { "content-type": "audio/mpeg", "content-length": cut.length }).end(cut);
    const jobs = bench.jobs(await bench.root(), withLinks("/open", "/sized"), { net });
    const { id } = await jobs.start({ ...request, operation: "speech" }, { baseUrl: base });
    const put = await until(jobs, id, (job) => job?.failures.length === 1 && job.assets.length === 1);
    assert.partialDeepStrictEqual(put, {
      state: "downloading",
      assets: [{ index: 1 }],
      failures: [{ index: 0, error: { next: "truncated" } }],
    });
    answers["/open"] = send(whole, "audio/mpeg");
    assert.partialDeepStrictEqual(await jobs.lookAgain(id), { state: "done", failures: [] });
  });

  it("go on coming after a cancel: they are paid for", async () => {
    let finish = () => {};
    answers["/a"] = (_request, response) => {
      response.writeHead(200, { "content-type": "image/png", etag: '"1"' });
      response.write(png().subarray(0, 10));
      finish = () => response.destroy();
    };
    const made = vendor({
      async *start(_request, context) {
        await context.spend("submit", async () => undefined);
        yield link("/a");
        await new Promise((_resolve, reject) => context.signal.addEventListener("abort", reject));
      },
    });
    const jobs = bench.jobs(await bench.root(), made, { net });
    const { id } = await jobs.start(request, { baseUrl: base });
    await until(jobs, id, () => asked.length === 1 || jobs.progress(id)?.phase === "downloading");
    answers["/a"] = send(png(8));
    assert.deepEqual(await jobs.cancel(id), { result: "cancelled", billed: "maybe" });
    finish();
    const job = await until(jobs, id, (now) => now?.assets.length === 1);
    assert.equal(job.state, "cancelled");
  });

  describe("left by an earlier process", () => {
    const pending = (url: string) => [{ index: 0, url, facts: { seed: 4 } }];
    const spends = [{ step: "submit", at: 1, outcome: "accepted" as const }];

    async function resume(url: string, files: Record<string, Uint8Array>) {
      const root = await bench.root();
      const job = newJob({ state: "sent", baseUrl: base, spends, pending: pending(url) });
      await bench.write(root, job, files);
      const jobs = bench.jobs(root, vendor({}), { net });
      await jobs.resume();
      const found = await until(jobs, "j1", (now) => now?.pending.length === 0 && now.state !== "sent");
      return { root, job: found };
    }

    for (const name of ["incoming/0123/0.bin", "assets/0.png"]) {
      it(`are taken as they are when whole: ${name}`, async () => {
        for (const url of ["", `${base}/never`]) {
          const { root, job } = await resume(url, { [name]: png(2) });
          assert.partialDeepStrictEqual(job, {
            state: "done",
            assets: [{ file: "assets/0.png", facts: { seed: 4 } }],
          });
          assert.deepEqual(await readdir(join(root, "j1", "assets")), ["0.png"]);
        }
        assert.deepEqual(asked, []);
      });
    }

    it("are lost, and said to be, when they came with the answer and were not whole", async () => {
      const { job } = await resume("", { "incoming/0123/0.bin.part": png().subarray(0, 9) });
      assert.partialDeepStrictEqual(job, {
        state: "unknown",
        assets: [],
        failures: [{ index: 0 }, { error: { next: "interrupted" } }],
      });
    });

    it("go on where a download stopped", async () => {
      const whole = png(1);
      const ranges: unknown[] = [];
      answers["/a"] = (incoming, response) => {
        ranges.push(incoming.headers.range);
        response
          .writeHead(206, {
            "content-type": "image/png",
            etag: '"1"',
            "content-range": `bytes 20-${whole.length - 1}/${whole.length}`,
          })
          .end(whole.subarray(20));
      };
      const note = { version: 1, url: `${base}/a`, job: "j1", etag: '"1"', size: whole.length };
      const { root, job } = await resume(`${base}/a`, {
        "incoming/0123/0.bin.part": whole.subarray(0, 20),
        "incoming/0123/0.bin.part.json": Buffer.from(JSON.stringify(note)),
      });
      assert.deepEqual(ranges, ["bytes=20-"]);
      assert.equal(job.state, "done");
      assert.deepEqual(new Uint8Array(await readFile(join(root, "j1", "assets", "0.png"))), whole);
      assert.deepEqual(await readdir(join(root, "j1", "assets")), ["0.png"]);
    });
  });

  it("of the placeholder may be drawings", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>');
    const made = vendor({
      async *start() {
        yield { type: "output", index: 0, source: { kind: "stream", stream: bytes(svg) }, facts: {} };
        yield { type: "done" };
      },
    });
    const jobs = bench.jobs(await bench.root(), made);
    const { id } = await jobs.start({ ...request, vendor: "placeholder" }, from);
    const job = await until(jobs, id, (now) => now?.state === "done");
    assert.partialDeepStrictEqual(job.assets, [{ type: "image/svg+xml", width: 4, height: 3 }]);
  });
});

describe("polling", () => {
  const bench = new Bench();
  afterEach(() => bench.clear());

  type Look = VendorError | Error | "runs" | "failed" | "done";
  async function polled(looks: Look[], deadlineMs = 10_000, poll?: Vendor["poll"]) {
    let count = 0;
    const made = vendor({
      ...(poll ? { poll } : {}),
      models: [{ id: "m", name: "M", operations: { "text-to-image": { deadlineMs } as never } }],
      async *start(_request, context) {
        await context.spend("submit", async () => undefined);
        yield { type: "accepted", operation: { task: 1 } };
      },
      async *status() {
        const look = looks[Math.min(count++, looks.length - 1)];
        if (look instanceof Error) throw look;
        if (look === "failed")
          yield { type: "failed", error: new VendorError({ reason: "unavailable", sent: "refused" }) };
        if (look === "done") {
          yield { type: "output", index: 0, source: { kind: "stream", stream: bytes(png()) }, facts: {} };
          yield { type: "done" };
        }
      },
    });
    const jobs = bench.jobs(await bench.root(), made);
    const { id } = await jobs.start(request, from);
    const job = await until(jobs, id, (now) => ["done", "failed", "unknown"].includes(now?.state ?? ""));
    return { jobs, job, count: () => count };
  }
  const error = (reason: VendorError["reason"]) => new VendorError({ reason, sent: "no" });

  it("goes on through failing looks", async () => {
    const { job, count } = await polled([error("unavailable"), error("rateLimit"), "runs", "done"]);
    assert.equal(job.state, "done");
    assert.equal(count(), 4);
  });

  it("waits longer from look to look where the vendor says how long at most", async () => {
    const begun = performance.now();
    const looks = [...Array.from({ length: 5 }, () => "runs" as const), "done" as const];
    await polled(looks, 10_000, { firstMs: 0, everyMs: 20, maxMs: 60 });
    // 20 + 30 + 45 + 60 + 60; even pauses would be over after 100.
    assert.ok(performance.now() - begun > 200);
  });

  it("ends with the task's own failure, whatever its reason", async () => {
    const { job, count } = await polled(["failed"]);
    assert.equal(job.state, "failed");
    assert.equal(count(), 1);
  });

  for (const reason of ["credentials", "protocol"] as const) {
    it(`leaves a task that it cannot look at (${reason}) in doubt, and takes it up again`, async () => {
      const looks = Array.from({ length: reason === "protocol" ? 4 : 1 }, () => error(reason));
      const { job, jobs } = await polled([...looks, "done"]);
      assert.partialDeepStrictEqual(job, { state: "unknown", failures: [{ error: { reason } }] });
      const again = await jobs.lookAgain(job.id);
      assert.partialDeepStrictEqual(again, { state: "done", failures: [], assets: [{ state: "waiting" }] });
    });
  }

  it("sets one timer for all jobs", async () => {
    let set = 0;
    let most = 0;
    const clock: Clock = {
      now: Date.now,
      sleep: (ms, signal) => {
        most = Math.max(most, ++set);
        const over = () => void set--;
        signal?.addEventListener("abort", over, { once: true });
        return realClock.sleep(ms, signal).then(() => {
          signal?.removeEventListener("abort", over);
          over();
        });
      },
    };
    const looks = new Map<string, number>();
    const made = vendor({
      async *start(_request, { jobId }) {
        yield { type: "accepted", operation: jobId };
      },
      async *status(_operation, { jobId }) {
        looks.set(jobId, (looks.get(jobId) ?? 0) + 1);
        if (looks.get(jobId) === 3) yield { type: "failed", error: error("policy") };
      },
    });
    const jobs = bench.jobs(await bench.root(), made, { clock });
    const started = await Promise.all(Array.from({ length: 40 }, () => jobs.start(request, from)));
    await Promise.all(started.map(({ id }) => until(jobs, id, (job) => job?.state === "failed")));
    assert.equal(most, 1);
    assert.deepEqual(
      [...looks.values()],
      started.map(() => 3),
    );
  });

  it("ends in doubt when a task runs past its model's deadline, and when it cannot be looked at by then", async () => {
    for (const look of ["runs", error("unavailable")] as const) {
      const { job } = await polled([look], 60);
      assert.partialDeepStrictEqual(job, {
        state: "unknown",
        operation: { task: 1 },
        failures: [{ error: { next: "deadline" } }],
      });
    }
  });
});

function wav(): Uint8Array {
  const data = Buffer.alloc(44 + 8);
  data.write("RIFF", 0, "latin1");
  data.writeUInt32LE(44, 4);
  data.write("WAVEfmt ", 8, "latin1");
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(8000, 24);
  data.writeUInt32LE(8000, 28);
  data.writeUInt16LE(1, 32);
  data.writeUInt16LE(8, 34);
  data.write("data", 36, "latin1");
  data.writeUInt32LE(8, 40);
  return data;
}
