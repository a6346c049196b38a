import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { saveStream } from "../../../src/net/file.ts";
import { downloadCaps, downloadRules } from "../../../src/net/limits.ts";
import { createNet } from "../../../src/net/net.ts";
import type { DownloadRequest, Net, NetSettings } from "../../../src/net/types.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { testCertificates } from "./support/certificates.ts";
import { fails } from "./support/faults.ts";
import { serve, serveSocket, type TestServer } from "./support/servers.ts";

const file = Buffer.alloc(300_000, "0123456789abcdef");
const etag = `"${createHash("sha256").update(file).digest("hex").slice(0, 16)}"`;

/** What has arrived but was not read when a connection breaks is lost: time for a reader that has begun. */
const settleMs = 80;
/** The note that a reader writes anew right before it begins to read an answer. */
let notePath = "";

async function noteId(): Promise<number | undefined> {
  return (await stat(notePath).catch(() => undefined))?.ino;
}

/** Cuts a connection once its answer is being read. */
async function cutWhenRead(request: IncomingMessage, before: Promise<number | undefined>): Promise<void> {
  const earlier = await before;
  for (let now = earlier; now === undefined || now === earlier; now = await noteId()) {
    if (request.socket.destroyed) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  setTimeout(() => request.socket.destroy(), settleMs);
}

/** Serves `file` as an object store does: ranges, validators, and a cut after `cutAfter` bytes of each answer. */
function store(
  options: { cutAfter?: () => number; etag?: () => string; ranges?: boolean; type?: string } = {},
) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const tag = options.etag?.() ?? etag;
    const before = noteId();
    const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
    const isSame = request.headers["if-range"] === tag;
    const from = options.ranges !== false && asked && isSame ? Number(asked[1]) : 0;
    response.setHeader("content-type", options.type ?? "image/png");
    if (tag) response.setHeader("etag", tag);
    response.setHeader("content-length", file.length - from);
    if (from > 0) response.setHeader("content-range", `bytes ${from}-${file.length - 1}/${file.length}`);
    response.writeHead(from > 0 ? 206 : 200);
    const length = options.cutAfter?.() ?? Number.POSITIVE_INFINITY;
    if (length >= file.length - from) response.end(file.subarray(from));
    else response.write(file.subarray(from, from + length), () => void cutWhenRead(request, before));
  };
}

describe("download", () => {
  let dir: string;
  let net: Net;
  let clock: FakeClock;
  let target: string;
  const servers: TestServer[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const open = (settings: Partial<NetSettings> = {}) => {
    clock = new FakeClock();
    clock.skipBelowMs = 20_000;
    net = createNet({ settings: { client: "undici", systemCertificates: false, ...settings }, clock });
  };
  const start = async (listener: Parameters<typeof serve>[0]) => {
    const server = await serve((request, response) => {
      headers.push(request.headers);
      listener(request, response);
    });
    servers.push(server);
    return server;
  };
  const fetchFile = (url: string, more: Partial<DownloadRequest> = {}) =>
    net.download({ url, target, kind: "image", allowLocal: true, ...more });
  const isWhole = async () => {
    assert.deepEqual(await readdir(dir), ["out.png"]);
    assert(file.equals(await readFile(target)));
  };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "easel-download-"));
    target = join(dir, "out.png");
    notePath = `${target}.part.json`;
    headers.length = 0;
    open();
  });
  afterEach(async () => {
    await net.close();
    for (const server of servers.splice(0)) await server.close();
    await rm(dir, { recursive: true });
  });

  it("brings the whole file under its name, and nothing else (P-21, P-22)", async () => {
    const server = await start(store({ type: "Image/PNG; charset=binary" }));
    const told: number[] = [];
    const got = await fetchFile(server.url, { onProgress: ({ received }) => told.push(received) });
    assert.deepEqual(got, { path: target, bytes: file.length, mediaType: "image/png", isSized: true });
    await isWhole();
    assert.equal(told.at(-1), file.length);
    assert.deepEqual(Object.keys(headers[0] ?? {}).sort(), [
      "accept",
      "accept-encoding",
      "connection",
      "host",
      "user-agent",
    ]);
  });

  it("goes on where the connection broke", async () => {
    const server = await start(store({ cutAfter: () => 100_000 }));
    await fetchFile(server.url);
    await isWhole();
    assert.deepEqual(
      headers.map(({ range }) => range),
      [undefined, "bytes=100000-", "bytes=200000-"],
    );
    assert.equal(headers.at(-1)?.["if-range"], etag);
  });

  it("goes on in another process, by the note beside the part file, which is the user's alone (P-22)", async () => {
    const stop = new AbortController();
    const slow = await start((request, response) => {
      store({ cutAfter: () => 120_000 })(request, response);
    });
    const onProgress = ({ received }: { received: number }) => {
      if (received >= 120_000) stop.abort();
    };
    await fails(
      fetchFile(slow.url, { signal: stop.signal, onProgress: moveClock(onProgress), job: "j1" }),
      "aborted",
    );
    assert.deepEqual((await readdir(dir)).sort(), ["out.png.part", "out.png.part.json"]);
    if (process.platform !== "win32") assert.equal((await stat(`${target}.part.json`)).mode & 0o077, 0);
    const note = JSON.parse(await readFile(`${target}.part.json`, "utf8"));
    assert.equal(note.job, "j1");
    assert.equal(note.size, file.length);
    await net.close();
    open();
    const server = await start(store());
    await fetchFile(server.url);
    await isWhole();
    assert.equal(headers.at(-1)?.range, "bytes=120000-");
  });
  /** Progress is told every 100 ms of the clock: let each report come. */
  const moveClock = (
    tell: NonNullable<DownloadRequest["onProgress"]>,
  ): NonNullable<DownloadRequest["onProgress"]> => {
    clock.now = () => performance.now() * 1000;
    return tell;
  };

  it("only renames what was whole already when the process died", async () => {
    await writeFile(`${target}.part`, file);
    await writeFile(
      `${target}.part.json`,
      JSON.stringify({ version: 1, url: "http://x/", etag, size: file.length }),
    );
    await fetchFile("http://127.0.0.1:1/");
    await isWhole();
  });

  for (const [what, note] of Object.entries({
    garbage: "{",
    "another version": JSON.stringify({ version: 2, url: "x", etag }),
    "no validator": JSON.stringify({ version: 1, url: "x", size: file.length }),
    "a size smaller than the part": JSON.stringify({ version: 1, url: "x", etag, size: 5 }),
  })) {
    it(`starts over from a note with ${what}`, async () => {
      await writeFile(`${target}.part`, Buffer.alloc(1000, "x"));
      await writeFile(`${target}.part.json`, note);
      const server = await start(store());
      await fetchFile(server.url);
      await isWhole();
      assert.equal(headers[0]?.range, undefined);
    });
  }

  it("starts over where the file has changed", async () => {
    let times = 0;
    const server = await start(
      store({
        etag: () => (times++ === 0 ? '"old"' : etag),
        cutAfter: () => (times <= 1 ? 90_000 : file.length),
      }),
    );
    await fetchFile(server.url);
    await isWhole();
    assert.equal(headers[1]?.["if-range"], '"old"');
  });

  it("starts over where the server knows no ranges, or has no validator", async () => {
    for (const options of [{ ranges: false }, { etag: () => "" }]) {
      let times = 0;
      const server = await start(
        store({ ...options, cutAfter: () => (times++ === 0 ? 90_000 : file.length) }),
      );
      await fetchFile(server.url);
      await isWhole();
      await rm(target);
    }
  });

  for (const [what, range] of Object.entries({
    "another place": `bytes 5-${file.length - 1}/${file.length}`,
    "another size": `bytes 90000-${file.length}/${file.length + 1}`,
    nonsense: "items 1",
  })) {
    it(`does not trust a 206 with ${what}`, async () => {
      let times = 0;
      const server = await start((request, response) => {
        times++;
        if (times === 1) return store({ cutAfter: () => 90_000 })(request, response);
        if (times > 2) return store()(request, response);
        response.writeHead(206, { "content-type": "image/png", etag, "content-range": range });
        response.end(file.subarray(5));
      });
      await fetchFile(server.url);
      await isWhole();
      assert.equal(headers.length, 3);
      assert.equal(headers[2]?.range, undefined);
    });
  }

  for (const [what, first, second] of [
    ["etag", { etag: '"a"' }, { etag: '"b"' }],
    ["length", { "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" }, {}],
  ] as const) {
    it(`does not join halves of files with another ${what}, whatever the server says of ranges`, async () => {
      const other = Buffer.alloc(what === "etag" ? file.length : file.length - 1000, "fedcba");
      let times = 0;
      const server = await start((request, response) => {
        const from = Number(/\d+/.exec(request.headers.range ?? "")?.[0] ?? 0);
        const bytes = times++ === 0 ? file : other;
        for (const [name, value] of Object.entries(times === 1 ? first : second))
          response.setHeader(name, value);
        response.setHeader("content-length", bytes.length - from);
        if (from > 0)
          response.setHeader("content-range", `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
        response.writeHead(from > 0 ? 206 : 200);
        if (times > 1) response.end(bytes.subarray(from));
        else
          response.write(bytes.subarray(0, 90_000), () =>
            setTimeout(() => request.socket.destroy(), settleMs),
          );
      });
      await fetchFile(server.url);
      assert(other.equals(await readFile(target)));
    });
  }

  it("does not go round in circles between 416 and an outage", async () => {
    let times = 0;
    const server = await start((request, response) => {
      if (times++ === 0) return store({ cutAfter: () => 90_000 })(request, response);
      return response.writeHead(request.headers.range ? 416 : 503).end();
    });
    assert.equal((await fails(fetchFile(server.url), "status")).status, 503);
    assert(times < 10);
  });

  it("starts over after 416", async () => {
    let times = 0;
    const server = await start((request, response) => {
      if (++times === 2) return response.writeHead(416, { "content-range": "bytes */5" }).end();
      return store({ cutAfter: () => (times === 1 ? 90_000 : file.length) })(request, response);
    });
    await fetchFile(server.url);
    await isWhole();
  });

  it("gives up after tries that bring nothing, and keeps what it has", async () => {
    let times = 0;
    const server = await start((request, response) => {
      if (times++ === 0) store({ cutAfter: () => 90_000 })(request, response);
      else request.socket.destroy();
    });
    await fails(fetchFile(server.url), "reset");
    assert.equal(times, downloadRules.fruitlessAttempts);
    assert.equal((await readFile(`${target}.part`)).length, 90_000);
  });

  it("calls a body that ends early truncated, and an empty one too", async () => {
    const server = await start((_request, response) =>
      response.writeHead(200, { "content-type": "image/png" }).end(),
    );
    await fails(fetchFile(server.url), "truncated");
    const half = await serveSocket((socket) => {
      socket.once("data", () =>
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n${"x".repeat(60)}`),
      );
    });
    servers.push(half);
    const error = await fetchFile(half.url).catch((reason) => reason);
    assert(["truncated", "reset"].includes(error.fault), error);
    assert.deepEqual((await readdir(dir)).includes("out.png"), false);
  });

  it("takes silence for a broken connection", async () => {
    let times = 0;
    const server = await start((request, response) => {
      if (times++ > 0) return store()(request, response);
      response.writeHead(200, { "content-type": "image/png", "content-length": file.length, etag });
      return response.write(file.subarray(0, 50_000));
    });
    const done = fetchFile(server.url);
    while (!(await readdir(dir)).includes("out.png.part"))
      await new Promise((resolve) => setImmediate(resolve));
    await clock.asleep();
    await clock.advance(downloadRules.idleMs + 1);
    await clock.advance(downloadRules.idleMs + 1);
    await done;
    await isWhole();
  });

  it("waits as long as the server asks before the next try", async () => {
    let times = 0;
    const server = await start((request, response) => {
      if (times++ === 0) response.writeHead(503, { "retry-after": "7" }).end();
      else store()(request, response);
    });
    await fetchFile(server.url);
    assert(clock.sleeps.includes(7000));
  });

  for (const status of [401, 403, 404, 410]) {
    it(`asks for a new link after ${status}, and goes on with it`, async () => {
      const server = await start((request, response) => {
        if (request.url === "/new") return store()(request, response);
        return headers.length === 1
          ? store({ cutAfter: () => 90_000 })(request, response)
          : response.writeHead(status, { "content-type": "application/xml" }).end("<Error/>");
      });
      let asked = 0;
      const fresh = async () => {
        asked++;
        return { url: `${server.url}/new` };
      };
      await fetchFile(`${server.url}/old`, { fresh });
      await isWhole();
      assert.equal(asked, 1);
      assert.equal(headers.at(-1)?.range, "bytes=90000-");
    });
  }

  it("says that a link is dead when there is no other, or none that works", async () => {
    const server = await start((_request, response) => response.writeHead(403).end());
    assert.equal((await fails(fetchFile(server.url), "linkDead")).status, 403);
    let asked = 0;
    const fresh = async () => ({ url: `${server.url}/${++asked}` });
    await fails(fetchFile(server.url, { fresh }), "linkDead");
    assert.equal(asked, downloadRules.freshLinks);
    const gone = new Error("the task is gone");
    await assert.rejects(fetchFile(server.url, { fresh: () => Promise.reject(gone) }), gone);
  });

  it("asks for a new link before it knocks with one that seems to have expired", async () => {
    const server = await start(store());
    const expires = clock.now();
    const fresh = async () => ({ url: `${server.url}/new`, expires: clock.now() + 1000 });
    await fetchFile(`${server.url}/old`, { expires, fresh });
    assert.deepEqual(server.seen, ["GET /new"]);
  });

  it("tries a link that seems to have expired when there is no other: the clock may be wrong", async () => {
    const server = await start(store());
    await fetchFile(`${server.url}/old`, { expires: clock.now() });
    await isWhole();
    const fresh = async () => ({ url: `${server.url}/new`, expires: clock.now() });
    await fetchFile(`${server.url}/old`, { expires: clock.now(), fresh });
    assert.deepEqual(server.seen, ["GET /old", "GET /new"]);
  });

  it("uses the newer link of an earlier try", async () => {
    const server = await start(store());
    const note = { version: 1, url: `${server.url}/newer`, expires: clock.now() + 5000 };
    await writeFile(`${target}.part.json`, JSON.stringify(note));
    await fetchFile(`${server.url}/old`, { expires: clock.now() + 10 });
    assert.deepEqual(server.seen, ["GET /newer"]);
  });

  for (const type of [
    "text/html; charset=utf-8",
    "application/json",
    "application/problem+json",
    "application/xml",
  ]) {
    it(`takes no ${type} for a picture`, async () => {
      const server = await start(store({ type }));
      await fails(fetchFile(server.url), "wrongType");
      assert.deepEqual(await readdir(dir), []);
    });
  }

  it("lets a transcript be JSON, and a picture SVG", async () => {
    const server = await start(store({ type: "application/json" }));
    await fetchFile(server.url, { kind: "text" });
    const svg = await start(store({ type: "image/svg+xml" }));
    await fetchFile(svg.url);
  });

  it("takes no more than the cap, declared or not", async () => {
    let written = 0;
    const server = await start((request, response) => {
      if (request.url === "/declared")
        return response.writeHead(200, { "content-length": downloadCaps.image + 1 }).end();
      const write = () => {
        if (response.destroyed) return;
        written += file.length;
        response.write(file, write);
      };
      return write();
    });
    await fails(fetchFile(`${server.url}/declared`), "tooLarge");
    await fails(fetchFile(`${server.url}/endless`, { maxBytes: 1_000_000 }), "tooLarge");
    assert(written < 20_000_000);
    assert.deepEqual(await readdir(dir), []);
  });

  it("follows a few redirects, each checked (P-21)", async () => {
    const server = await start((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) store()(request, response);
      else {
        const location = left === 99 ? "/99" : `/${left - 1}`;
        response.writeHead(302, { location, "set-cookie": "seen=1" }).end();
      }
    });
    await fetchFile(`${server.url}/${downloadRules.redirects}`);
    await isWhole();
    const carried = ["accept", "accept-encoding", "connection", "host", "user-agent"];
    assert.deepEqual(
      Object.keys(headers.at(-1) ?? {}).sort(),
      carried,
      "no cookie, and no word of where it was",
    );
    await fails(fetchFile(`${server.url}/${downloadRules.redirects + 1}`), "redirect");
    await fails(fetchFile(`${server.url}/99`), "redirect");
    const away = await start((request, response) =>
      response.writeHead(302, { location: decodeURIComponent(request.url?.slice(1) ?? "") }).end(),
    );
    const to = (location: string) => fetchFile(`${away.url}/${encodeURIComponent(location)}`);
    await fails(to("http://169.254.169.254/latest/meta-data"), "private");
    await fails(to("http://example.com/"), "insecure");
    await fails(to("file:///etc/passwd"), "insecure");
    await fails(to(""), "redirect");
  });

  describe("to public addresses only (P-21)", () => {
    const refused = [
      "https://127.0.0.1/",
      "https://localhost/",
      "https://printer.localhost/",
      "https://[::1]/",
      "https://10.1.2.3/",
      "https://172.31.0.1/",
      "https://192.168.1.1/",
      "https://169.254.169.254/",
      "https://100.100.100.200/",
      "https://0.0.0.0/",
      "https://2130706433/",
      "https://0x7f.1/",
      "https://[::ffff:10.0.0.1]/",
      "https://[64:ff9b::a9fe:a9fe]/",
      "https://[2002:7f00:1::]/",
      "https://[fe80::1]/",
      "https://[fd00::1]/",
    ];
    for (const url of refused) {
      it(`refuses ${url}`, () => fails(fetchFile(url, { allowLocal: false }), "private", "no"));
    }

    it("refuses link-local ones even when the vendor is local", () =>
      fails(fetchFile("http://169.254.169.254/"), "private", "no"));

    for (const client of ["undici", "editor"] as const) {
      it(`refuses a name that resolves to this machine (${client})`, async () => {
        await net.close();
        open({ client });
        const { default: dns } = await import("node:dns");
        const lookup = dns.lookup;
        const server = await start(store());
        // Stands in for a name server under somebody else's control.
        Reflect.set(dns, "lookup", (name: string, options: object, done: (...args: unknown[]) => void) =>
          name.endsWith(".example.test")
            ? done(null, [{ address: "127.0.0.1", family: 4 }])
            : lookup(name, options, done),
        );
        try {
          const url = `https://rebound.example.test:${server.port}/`;
          await fails(fetchFile(url, { allowLocal: false }), "private", "no");
        } finally {
          Reflect.set(dns, "lookup", lookup);
        }
      });
    }

    it("refuses plain HTTP (P-18)", () =>
      fails(fetchFile("http://example.com/", { allowLocal: false }), "insecure", "no"));

    it("never sends a name and password (P-21)", () =>
      fails(fetchFile("https://a:b@example.com/"), "insecure", "no"));
  });

  for (const client of ["undici", "editor"] as const) {
    it(`brings large files intact, in clear and over TLS, with and without a length (${client})`, async () => {
      await net.close();
      open({ client, ca: [testCertificates().ca], strictSsl: client === "undici" });
      const large = Buffer.concat(Array.from({ length: 40 }, () => randomBytes(100_003)));
      for (const tls of [undefined, testCertificates()]) {
        const server = await serve((request, response) => {
          if (request.url === "/long") response.setHeader("content-length", large.length);
          Readable.from([large.subarray(0, 5), large.subarray(5)]).pipe(response);
        }, tls);
        servers.push(server);
        for (const path of ["/long", "/chunked"]) {
          assert.equal((await fetchFile(server.url + path)).bytes, large.length);
          assert(large.equals(await readFile(target)));
        }
      }
    });
  }

  it("hands on what the file system says", async () => {
    const server = await start(store());
    const missing = join(dir, "no", "such", "folder");
    await assert.rejects(fetchFile(server.url, { target: missing }), { code: "ENOENT" });
  });

  it("saves a stream whole or not at all", async () => {
    async function* pieces(last: () => Uint8Array) {
      yield file.subarray(0, 1000);
      yield last();
    }
    assert.equal(
      await saveStream(
        pieces(() => file.subarray(1000)),
        target,
        { maxBytes: file.length },
      ),
      file.length,
    );
    await isWhole();
    await rm(target);
    await fails(
      saveStream(
        pieces(() => file),
        target,
        { maxBytes: file.length },
      ),
      "tooLarge",
    );
    const broken = () => {
      throw new Error("broken");
    };
    await assert.rejects(saveStream(pieces(broken), target, { maxBytes: file.length }), /broken/);
    assert.deepEqual(await readdir(dir), []);
  });
});
