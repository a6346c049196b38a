/**
 * Easel's download against curl and against a plain `fetch` piped to a file: the same file from the same local server, each
 * in a process of its own, in turn. Run: `node test/bench/download.bench.ts [MiB] [rounds]`.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createNet } from "../../src/net/net.ts";

const mib = 2 ** 20;
const self = fileURLToPath(import.meta.url);

interface Result {
  /** Of the transfer alone, without the start of the process. */
  ms: number;
  /** What the transfer added to the process at most, in bytes. */
  grew: number;
}

/** One of Node's two ways, in this process: first a small file, so that code is loaded and compiled. */
async function download(how: string, url: string, target: string): Promise<Result> {
  const net = createNet({ settings: { client: "undici" } });
  const get = async (path: string) => {
    if (how === "easel") {
      await net.download({ url: url + path, target, kind: "video", allowLocal: true });
    } else {
      const { body } = await fetch(url + path);
      if (body) await pipeline(Readable.fromWeb(body), createWriteStream(target));
    }
  };
  await get("/small");
  const before = process.memoryUsage.rss();
  const start = performance.now();
  await get("/big");
  const ms = performance.now() - start;
  await net.close();
  return { ms, grew: process.resourceUsage().maxRSS * 1024 - before };
}

/** curl says its own time; its peak memory is watched from outside. */
async function curl(url: string, target: string): Promise<Result> {
  const child = spawn("curl", ["-s", "-o", target, "-w", "%{time_total}", `${url}/big`]);
  let peak = 0;
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024);
  }, 5);
  const out = await child.stdout.toArray();
  clearInterval(watch);
  return { ms: Number(Buffer.concat(out)) * 1000, grew: peak };
}

async function bench(sizeMiB: number, rounds: number): Promise<void> {
  const block = Buffer.alloc(mib, 7);
  const server = createServer((request, response) => {
    const count = request.url === "/big" ? sizeMiB : 4;
    response.writeHead(200, { "content-type": "video/mp4", "content-length": count * mib });
    Readable.from(
      (function* () {
        for (let i = 0; i < count; i++) yield block;
      })(),
    ).pipe(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dir = await mkdtemp(join(tmpdir(), "easel-bench-"));
  const target = join(dir, "out");
  const inChild = async (how: string): Promise<Result> => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--no-warnings",
      self,
      "--child",
      how,
      url,
      target,
    ]);
    return JSON.parse(stdout);
  };
  const ways: Record<string, () => Promise<Result>> = {
    curl: () => curl(url, target),
    fetch: () => inChild("fetch"),
    easel: () => inChild("easel"),
  };
  const results: Record<string, Result[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(ways)) {
      const result = await run();
      if ((await stat(target)).size !== sizeMiB * mib) throw new Error(`${name} brought another size`);
      results[name] = [...(results[name] ?? []), result];
    }
  }
  server.close();
  await rm(dir, { recursive: true });
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  const times = Object.fromEntries(
    Object.entries(results).map(([name, all]) => [name, median(all.map(({ ms }) => ms))]),
  );
  console.table(
    Object.fromEntries(
      Object.entries(results).map(([name, all]) => [
        name,
        {
          "ms (median)": Math.round(times[name] ?? 0),
          "× curl": Number(((times[name] ?? 0) / (times.curl ?? 1)).toFixed(2)),
          "memory added, MiB (most)": Math.round(Math.max(...all.map(({ grew }) => grew)) / mib),
        },
      ]),
    ),
  );
}

const [first = "200", second = "3", ...rest] = process.argv.slice(2);
if (first === "--child") console.log(JSON.stringify(await download(second, rest[0] ?? "", rest[1] ?? "")));
else await bench(Number(first), Number(second));
