import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { probeFile } from "../../src/assets/probe.ts";
import { createJobs } from "../../src/jobs/jobs.ts";
import type { JobLogLine, Jobs } from "../../src/jobs/types.ts";
import type { Job } from "../../src/model/job.ts";
import { realClock } from "../../src/net/clock.ts";
import { createNet } from "../../src/net/net.ts";
import type { Net } from "../../src/net/types.ts";
import { vendorEntries } from "../../src/vendors/catalog.ts";
import type { Verification } from "../../src/vendors/contract.ts";
import { verifyCredentials } from "../../src/vendors/verify.ts";
import { type Simulator, startSimulator } from "../simulator/start.ts";
import { type Column, everyColumn, promptCanary } from "./faults/asks.ts";
import type { Ask } from "./faults/cell.ts";

/** A request as it arrived somewhere. */
interface Seen {
  vendor: string;
  path: string;
  query: object;
  headers: Record<string, string>;
  body: unknown;
}

// That every operation has a column is the fault matrix' own test.
const { columns } = await everyColumn();
const nameOf = ({ vendor, operation, variant = "" }: Column) => `${vendor.id} ${operation} ${variant}`.trim();
/** Header names that a call may have besides those of the vendor's sign-on. */
const plainHeaders = [
  ...["host", "connection", "user-agent", "content-type", "content-length", "transfer-encoding"],
  ...["accept", "accept-encoding", "range", "if-range"],
];

/** Every address that a socket of this process is told to connect to while `run` runs: `host:port`. */
async function connections(run: () => Promise<void>): Promise<Set<string>> {
  const seen = new Set<string>();
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const [first] = args.flat() as unknown[];
    if (typeof first === "object" && first !== null && "port" in first)
      seen.add(`${"host" in first ? first.host : "localhost"}:${first.port}`);
    else seen.add(String(first));
    return Reflect.apply(connect, this, args);
  } as typeof connect;
  try {
    await run();
  } finally {
    Socket.prototype.connect = connect;
  }
  return seen;
}

/** The core over a network of its own, with a ledger in a folder of its own. */
class Bench {
  readonly folder: string;
  readonly net: Net;
  readonly log: JobLogLine[] = [];
  readonly asked = new Set<string>();

  constructor(folder: string, allowInsecure = () => true) {
    this.folder = folder;
    this.net = createNet({ settings: { client: "undici" }, allowInsecure, random: () => 0 });
  }

  jobs(ask: Ask): Jobs {
    return createJobs({
      root: join(this.folder, "jobs"),
      clock: realClock,
      net: this.net,
      loadVendor: async () => ({ ...ask.vendor, poll: { firstMs: 20, everyMs: 20 } }),
      credentials: async (vendor) => {
        this.asked.add(vendor);
        return ask.credentials;
      },
      openInput: async ({ name }) => {
        const input = ask.inputs[name];
        if (!input) throw new Error(`no input ${name}`);
        return input;
      },
      probe: probeFile,
      log: (line) => this.log.push(line),
      watchOtherWindows: false,
      timings: { resendMs: [], downloadMs: [], findMs: [0], beatMs: 10_000 },
    });
  }

  async dispose(): Promise<void> {
    await this.net.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Waits until a job is past the states given. */
function past(jobs: Jobs, id: string, states: readonly string[]): Promise<Job> {
  return new Promise((resolve) => {
    const look = (job: Job | undefined) => {
      if (!job || states.includes(job.state)) return;
      listening.dispose();
      resolve(job);
    };
    const listening = jobs.onDidChange((changed, job) => changed === id && look(job));
    look(jobs.get(id));
  });
}

const underWay = ["intent", "sent", "running", "downloading"];

/** Every secret of every simulated vendor, by vendor. */
function secretsOf({ ready }: Simulator): Map<string, string[]> {
  const { control: _control, ...vendors } = ready;
  return new Map(
    Object.entries(vendors).map(([vendor, entry]) => [
      vendor,
      Object.entries(entry)
        .filter(([name]) => /key/i.test(name))
        .flatMap(([, value]) => (typeof value === "string" ? [value] : [])),
    ]),
  );
}

describe("network witness", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let bench: Bench;
  const control = async (method: string, path: string, body?: object) =>
    fetch(simulator.ready.control.baseUrl + path, { method, ...(body && { body: JSON.stringify(body) }) });

  before(async () => {
    simulator = await startSimulator({ imageMs: 1, taskMs: 20 });
  });
  after(() => simulator.close());
  beforeEach(async () => {
    await control("POST", "/reset", {});
    bench = new Bench(await mkdtemp(join(tmpdir(), "easel-witness-")));
  });
  afterEach(() => bench.dispose());

  /** A whole way: sent and fetched; cut off after it was accepted and carried on by a new process; refused. */
  async function tour(column: Column): Promise<void> {
    const ask = column.ask(simulator.ready);
    const first = bench.jobs(ask);
    const whole = await first.start(ask.request, { baseUrl: ask.baseUrl });
    const job = await past(first, whole.id, underWay);
    assert.equal(job.state, "done", `${nameOf(column)}: ${JSON.stringify(job.failures)}`);
    await control("POST", "/faults", {
      vendor: ask.vendor.id,
      method: "POST",
      kind: "status",
      params: { status: 401 },
      times: 1,
    });
    const refused = await first.start(ask.request, { baseUrl: ask.baseUrl });
    await past(first, refused.id, underWay);
    const cut = await first.start(ask.request, { baseUrl: ask.baseUrl });
    await past(first, cut.id, ["intent"]);
    await first.dispose();
    const second = bench.jobs(ask);
    await second.resume();
    await past(second, cut.id, underWay);
    await second.dispose();
  }

  for (const column of columns) {
    it(`${nameOf(column)}: only the vendor and where its results are, each call with its own key only (P-02, P-06, P-19, P-21)`, async () => {
      const ask = column.ask(simulator.ready);
      const reached = await connections(() => tour(column));
      reached.delete(new URL(simulator.ready.control.baseUrl).host);
      const requests = (await (await control("GET", "/requests")).json()) as Seen[];
      const api = requests.filter(({ headers }) => headers.host === new URL(ask.baseUrl).host);
      const results = requests.filter(({ headers }) => headers.host !== new URL(ask.baseUrl).host);
      assert.deepEqual(
        [...reached].sort(),
        [...new Set(requests.map(({ headers }) => headers.host))].sort(),
        "all that was connected to is the vendor and the results",
      );
      assert.deepEqual([...bench.asked], [ask.vendor.id], "no other vendor's key was asked for");
      assert.ok(new Set(results.map(({ headers }) => headers.host)).size <= 1);
      assert.equal(results.length > 0, column.places.includes("link"));
      const secrets = secretsOf(simulator);
      for (const [vendor, keys] of secrets) {
        for (const key of keys) {
          if (vendor !== ask.vendor.id)
            assert.ok(!JSON.stringify(requests).includes(key), `the key of ${vendor}`);
          assert.ok(!JSON.stringify(results).includes(key), "no key goes to where the results are");
        }
      }
      for (const { headers, body, path, query } of results) {
        assert.deepEqual(
          Object.keys(headers).filter((name) => !plainHeaders.includes(name)),
          [],
        );
        assert.equal(body, null);
        assert.ok(!JSON.stringify([headers, path, query]).includes(promptCanary));
      }
      assert.ok(
        ask.request.prompt === "" || api.some(({ body }) => JSON.stringify(body).includes(promptCanary)),
      );
    });
  }

  it("every header sent is known: no cookie, nothing about the machine, and one name for everybody (P-01)", async () => {
    for (const column of columns) await tour(column);
    const requests = (await (await control("GET", "/requests")).json()) as Seen[];
    const names = new Set(requests.flatMap(({ headers }) => Object.keys(headers)));
    assert.deepEqual([...names].filter((name) => !plainHeaders.includes(name)).sort(), [
      "authorization",
      // What the signature of Volcengine Visual is made over.
      "x-content-sha256",
      "x-date",
    ]);
    assert.deepEqual([...new Set(requests.map(({ headers }) => headers["user-agent"]))], ["Easel"]);
  });

  it("inputs that are files are not copied, nor kept in any other form (P-12)", async () => {
    const column = columns.find(({ ask }) => Object.keys(ask(simulator.ready).inputs).length > 0);
    assert.ok(column);
    const ask = column.ask(simulator.ready);
    const jobs = bench.jobs(ask);
    const { id } = await jobs.start(ask.request, { baseUrl: ask.baseUrl });
    await past(jobs, id, underWay);
    await jobs.dispose();
    const [input] = Object.values(ask.inputs);
    const bytes = Buffer.concat(await Array.fromAsync(input?.open?.() ?? []));
    const middle = Math.floor(bytes.length / 6) * 3;
    const slice = bytes.subarray(middle, middle + 60);
    let looked = 0;
    for (const name of await readdir(bench.folder, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const kept = await readFile(join(name.parentPath, name.name));
      looked++;
      assert.ok(!kept.includes(slice) && !kept.includes(slice.toString("base64")), name.name);
    }
    assert.ok(looked >= 2, "the ledger and a result");
  });

  it("plain HTTP is spoken only to this machine, and only where its user typed the address (P-18)", async () => {
    const [column] = columns;
    assert.ok(column);
    const ask = column.ask(simulator.ready);
    const cases = [
      { baseUrl: ask.baseUrl, allowed: false },
      { baseUrl: ask.baseUrl.replace("127.0.0.1", "example.com"), allowed: true },
      { baseUrl: ask.baseUrl.replace("127.0.0.1", "8.8.8.8"), allowed: true },
    ];
    for (const { baseUrl, allowed } of cases) {
      const strict = new Bench(await mkdtemp(join(tmpdir(), "easel-witness-")), () => allowed);
      const reached = await connections(async () => {
        const jobs = strict.jobs(ask);
        const { id } = await jobs.start(ask.request, { baseUrl });
        const job = await past(jobs, id, underWay);
        assert.partialDeepStrictEqual(job.failures, [{ error: { sent: "no", code: "insecure" } }]);
        await jobs.dispose();
      });
      assert.deepEqual([...reached], []);
      await strict.dispose();
    }
  });

  it("nothing is contacted before a job, nor for jobs that are over (P-20)", async () => {
    const [column] = columns;
    assert.ok(column);
    const ask = column.ask(simulator.ready);
    const first = bench.jobs(ask);
    const { id } = await first.start(ask.request, { baseUrl: ask.baseUrl });
    await past(first, id, underWay);
    await first.dispose();
    const reached = await connections(async () => {
      for (const entry of vendorEntries) await entry.load();
      const later = bench.jobs(ask);
      await later.resume();
      assert.equal(later.list().length, 1);
      await later.dispose();
    });
    assert.deepEqual([...reached], []);
  });
});

describe("hostile vendor", function () {
  this.timeout(60_000);
  let bench: Bench;
  let answer: (request: IncomingMessage) => { status: number; headers?: object; body?: string };
  let elsewhere: IncomingMessage[] = [];
  const serve = async (respond: (request: IncomingMessage) => ReturnType<typeof answer>) => {
    const server = createServer((request, response) => {
      request.resume().on("end", () => {
        const { status, headers, body = "" } = respond(request);
        response.writeHead(status, { ...headers }).end(body);
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  let vendor: Awaited<ReturnType<typeof serve>>;
  let other: Awaited<ReturnType<typeof serve>>;
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
    vendor = await serve((request) => answer(request));
    other = await serve((request) => {
      elsewhere.push(request);
      return { status: 200, body: "{}" };
    });
  });
  after(async () => {
    vendor.server.close();
    other.server.close();
    await simulator.close();
  });
  beforeEach(async () => {
    elsewhere = [];
    bench = new Bench(await mkdtemp(join(tmpdir(), "easel-witness-")));
  });
  afterEach(() => bench.dispose());

  /** One request of each vendor, once for each operation, to the hostile server. */
  async function askAll(): Promise<{ ask: Ask; job: Job; ledger: string }[]> {
    const asked: { ask: Ask; job: Job; ledger: string }[] = [];
    for (const column of columns) {
      const ask = column.ask(simulator.ready);
      const jobs = bench.jobs(ask);
      const { id } = await jobs.start(ask.request, { baseUrl: vendor.origin });
      const job = await past(jobs, id, underWay);
      await jobs.dispose();
      const ledger = await readFile(join(bench.folder, "jobs", id, "job.json"), "utf8");
      asked.push({ ask, job, ledger });
    }
    return asked;
  }

  /** What each vendor with a key says of it at an address. */
  async function verifyAll(baseUrl: (ask: Ask) => string): Promise<[Ask, Verification][]> {
    const found: [Ask, Verification][] = [];
    for (const entry of vendorEntries) {
      const ask = columns.find(({ vendor: { id } }) => id === entry.id)?.ask(simulator.ready);
      if (!ask) continue;
      const { signal } = new AbortController();
      const { credentials } = ask;
      const at = { entry, baseUrl: baseUrl(ask), credentials, net: bench.net, clock: realClock, signal };
      found.push([ask, await verifyCredentials(at)]);
    }
    return found;
  }

  for (const status of [301, 302, 307, 308]) {
    it(`a ${status} to another host carries nothing there (P-06, P-21)`, async () => {
      answer = () => ({ status, headers: { location: `${other.origin}/elsewhere` } });
      await askAll();
      assert.deepEqual(
        elsewhere.map(({ url }) => url),
        [],
      );
    });
  }

  it("an error that repeats key and prompt: neither comes into the log, nor the key into what is kept (P-07, P-23, P-24)", async () => {
    answer = ({ headers }) => {
      const words = `${headers.authorization} ${promptCanary}\nsecond line`;
      const error = { code: words, message: words, type: words, param: words };
      return { status: 400, headers: { "x-request-id": encodeURI(words) }, body: JSON.stringify({ error }) };
    };
    const asked = await askAll();
    const log = JSON.stringify(bench.log);
    assert.ok(bench.log.length >= asked.length, "failures are logged");
    assert.ok(!log.includes(promptCanary), log);
    assert.ok(!log.includes("second line"), log);
    for (const { ask, ledger, job } of asked) {
      assert.equal(job.state, "failed");
      for (const key of Object.values(ask.credentials)) {
        assert.ok(!log.includes(key), log);
        assert.ok(!ledger.includes(key), ledger);
      }
    }
  });

  it("a refused key is told without the key (P-07)", async () => {
    answer = ({ headers }) => {
      const words = `${headers.authorization} is wrong`;
      const error = { code: words, message: words };
      return { status: 401, headers: { "x-request-id": encodeURI(words) }, body: JSON.stringify({ error }) };
    };
    for (const [ask, verification] of await verifyAll(() => vendor.origin)) {
      assert.equal(verification.result, "rejected", ask.vendor.id);
      for (const key of Object.values(ask.credentials))
        assert.ok(!JSON.stringify(verification).includes(key), JSON.stringify(verification));
    }
  });

  it("a key is tested by calls that cost nothing (P-08)", async () => {
    for (const [ask, verification] of await verifyAll((ask) => ask.baseUrl))
      assert.notEqual(verification.result, "rejected", ask.vendor.id);
    const charges = await fetch(`${simulator.ready.control.baseUrl}/charges`);
    assert.deepEqual(await charges.json(), []);
  });

  it("an error of 1 MB is kept in a few words (P-24)", async () => {
    const long = "m ".repeat(250_000);
    answer = () => ({ status: 400, body: JSON.stringify({ error: { code: long, message: long } }) });
    for (const { ledger } of await askAll()) assert.ok(ledger.length < 20_000, String(ledger.length));
  });
});
