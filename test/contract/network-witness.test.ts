import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { probeFile } from "../../src/assets/probe.ts";
import { probeText } from "../../src/assets/text.ts";
import { createJobs } from "../../src/jobs/jobs.ts";
import type { JobLogLine, Jobs } from "../../src/jobs/types.ts";
import type { Job } from "../../src/model/job.ts";
import type { Json } from "../../src/model/json.ts";
import type { OperationId } from "../../src/model/operations.ts";
import { realClock } from "../../src/net/clock.ts";
import { createNet } from "../../src/net/net.ts";
import type { Net } from "../../src/net/types.ts";
import { asideContext, withoutKeys } from "../../src/vendors/aside.ts";
import { vendorEntries, vendorEntry } from "../../src/vendors/catalog.ts";
import type { Vendor, VendorContext, Verification } from "../../src/vendors/contract.ts";
import { verifyCredentials } from "../../src/vendors/verify.ts";
import { type Ready, type Simulator, startSimulator } from "../simulator/start.ts";
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
/** A column, and for a vendor with several ways to sign on, the one it is asked by. */
interface Way extends Column {
  settings?: Record<string, Json>;
}
const nameOf = ({ vendor, operation, variant = "", settings }: Way) =>
  [vendor.id, operation, variant, settings?.auth, settings?.keyLocation].filter(Boolean).join(" ");

/** The gateway's other ways to sign on, and the other places a key may stand in, each tried on one operation. */
const signedOn: Way[] = columns
  .filter(
    ({ vendor, operation, variant }) => vendor.id === "gateway" && operation === "text-to-image" && !variant,
  )
  .flatMap((column) => {
    const other = (
      settings: Record<string, Json>,
      secrets: (ready: Ready) => Record<string, string> = (ready) => column.ask(ready).credentials,
    ): Way => ({
      ...column,
      settings,
      ask: (ready) => ({ ...column.ask(ready), credentials: secrets(ready) }),
    });
    const holder = ({ gateway: { jwt } }: Ready) => ({
      consumer: jwt.consumer,
      jwtKey: JSON.stringify(jwt.jwk),
    });
    return [
      other({ auth: "jwt" }, holder),
      other({ auth: "jwt", keyLocation: "query:access_token" }, holder),
      other({ auth: "hmac" }, ({ gateway: { hmac } }) => ({
        accessKey: hmac.accessKey,
        secretKey: hmac.secretKey,
      })),
      other({ keyLocation: "header:X-API-Key" }),
      other({ keyLocation: "query:apikey" }),
    ];
  });
/** In the query of an endpoint that is itself a secret. */
const rightCanary = "right-canary-88c1";
const ways: Way[] = [...columns, ...signedOn].map((way) => ({
  ...way,
  ask: (ready) => {
    const ask = way.ask(ready);
    const { endpoint } = ask.credentials;
    if (endpoint === undefined) return ask;
    return { ...ask, credentials: { ...ask.credentials, endpoint: `${endpoint}?right=${rightCanary}` } };
  },
}));

/** Vendors that can do something beside the jobs. */
const talented = (
  await Promise.all(vendorEntries.map(async (entry) => ({ entry, vendor: await entry.load() })))
).filter(({ vendor: { chat, embed, rerank, library } }) => chat || embed || rerank || library);

/** Header names that a call may have besides those of the vendor's sign-on. */
const plainHeaders = [
  ...["host", "connection", "user-agent", "content-type", "content-length", "transfer-encoding"],
  ...["accept", "accept-encoding", "range", "if-range"],
];
/** Names of the headers that a vendor's calls have besides: of its sign-on, and those it reads the form of a call from. */
const ownHeaders: Record<string, readonly string[]> = {
  seedream: ["authorization"],
  visual: ["authorization", "x-date", "x-content-sha256"],
  kling: ["authorization"],
  animo: ["authorization"],
  gateway: [
    ...["authorization", "x-dashscope-async", "x-dashscope-sse"],
    ...["content-md5", "date", "x-ca-key", "x-ca-signature", "x-ca-signature-headers"],
    ...["x-ca-signature-method", "x-ca-timestamp", "x-ca-nonce", "x-api-key"],
  ],
};
/** Where a vendor is called. */
const addressOf = ({ baseUrl, credentials }: Pick<Ask, "baseUrl" | "credentials">) =>
  new URL(baseUrl || (credentials.endpoint ?? ""));
/** The request with another address: a server of the test's own. */
const at = (ask: Ask, origin: string): Ask =>
  ask.credentials.endpoint === undefined
    ? { ...ask, baseUrl: origin }
    : { ...ask, credentials: { ...ask.credentials, endpoint: `${origin}/?right=${rightCanary}` } };
/** What must go nowhere but to the vendor. The name of a consumer is none. */
const secretsIn = ({ credentials }: Ask) => [
  ...Object.entries(credentials).flatMap(([name, value]) => (name === "consumer" ? [] : [value])),
  ...(credentials.endpoint === undefined ? [] : [rightCanary]),
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

/** A request as a server of the test's own sees it. */
interface Arrived extends Pick<IncomingMessage, "method" | "url" | "headers"> {
  body: string;
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
      isLocal: async () => true,
      openInput: async ({ name }) => {
        const input = ask.inputs[name];
        if (!input) throw new Error(`no input ${name}`);
        return input;
      },
      probe: (path, expected) => (expected === "text" ? probeText(path) : probeFile(path)),
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

/** What every file in a folder holds. */
async function textsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")));
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
  const within = (name: string, value: unknown): string[] => {
    if (typeof value === "string") return /key|^k$/i.test(name) ? [value] : [];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([part, each]) => within(part === "RS256" ? "key" : part, each));
  };
  return new Map(Object.entries(vendors).map(([vendor, entry]) => [vendor, within("", entry)]));
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
  async function tour(way: Way): Promise<void> {
    const ask = way.ask(simulator.ready);
    const { baseUrl } = ask;
    const at = { baseUrl, ...(way.settings ? { settings: way.settings } : {}) };
    const first = bench.jobs(ask);
    const whole = await first.start(ask.request, at);
    const job = await past(first, whole.id, underWay);
    assert.equal(job.state, "done", `${nameOf(way)}: ${JSON.stringify(job.failures)}`);
    await control("POST", "/faults", {
      vendor: ask.vendor.id,
      method: "POST",
      kind: "status",
      params: { status: 401 },
      times: 1,
    });
    const refused = await first.start(ask.request, at);
    await past(first, refused.id, underWay);
    const cut = await first.start(ask.request, at);
    await past(first, cut.id, ["intent"]);
    await first.dispose();
    const second = bench.jobs(ask);
    await second.resume();
    await past(second, cut.id, underWay);
    await second.dispose();
  }

  /** What was asked of a vendor: nobody else was asked, and nothing was carried along. Answers what went to where results are. */
  async function witness(vendor: string, home: string, reached: Set<string>): Promise<Seen[]> {
    reached.delete(new URL(simulator.ready.control.baseUrl).host);
    const requests = (await (await control("GET", "/requests")).json()) as Seen[];
    const api = requests.filter(({ headers }) => headers.host === home);
    const results = requests.filter(({ headers }) => headers.host !== home);
    assert.deepEqual(
      [...reached].sort(),
      [...new Set(requests.map(({ headers }) => headers.host))].sort(),
      "all that was connected to is the vendor and the results",
    );
    assert.ok(new Set(results.map(({ headers }) => headers.host)).size <= 1);
    for (const [other, keys] of secretsOf(simulator)) {
      for (const key of keys) {
        const asJson = JSON.stringify(key).slice(1, -1);
        if (other !== vendor) assert.ok(!JSON.stringify(requests).includes(asJson), `the key of ${other}`);
        assert.ok(!JSON.stringify(results).includes(asJson), "no key goes to where the results are");
      }
    }
    assert.ok(!JSON.stringify(results).includes(rightCanary), "nor does what an endpoint carries");
    for (const { headers, body, path, query } of results) {
      assert.deepEqual(
        Object.keys(headers).filter((name) => !plainHeaders.includes(name)),
        [],
      );
      assert.equal(body, null);
      assert.ok(!JSON.stringify([headers, path, query]).includes(promptCanary));
    }
    for (const { headers } of api) {
      assert.deepEqual(
        Object.keys(headers).filter(
          (name) => !plainHeaders.includes(name) && !ownHeaders[vendor]?.includes(name),
        ),
        [],
        "every header is known: no cookie, nothing about the machine",
      );
    }
    assert.deepEqual([...new Set(requests.map(({ headers }) => headers["user-agent"]))], ["Easel"]);
    return results;
  }

  for (const way of ways) {
    it(`${nameOf(way)}: only the vendor and where its results are, each call with its own key only, no header that tells of anybody, and no key in a file or the log (P-01, P-02, P-05, P-06, P-07, P-19, P-21)`, async () => {
      const ask = way.ask(simulator.ready);
      const reached = await connections(() => tour(way));
      const results = await witness(ask.vendor.id, addressOf(ask).host, reached);
      assert.deepEqual([...bench.asked], [ask.vendor.id], "no other vendor's key was asked for");
      // Words are small enough to come by a link of which the user never sees anything: its faults have no column.
      const isLinked = way.places.includes("link") || way.variant === "a long file";
      assert.equal(results.length > 0, isLinked);
      const requests = await (await control("GET", "/requests")).text();
      assert.ok(ask.request.prompt === "" || requests.includes(promptCanary));
      const log = JSON.stringify(bench.log);
      assert.ok(!log.includes(promptCanary));
      const written = await textsIn(bench.folder);
      assert.ok(
        written.some((text) => text.includes(ask.request.model)),
        "the ledger was searched",
      );
      for (const secret of secretsIn(ask))
        for (const text of [log, ...written]) assert.ok(!text.includes(JSON.stringify(secret).slice(1, -1)));
    });
  }

  /** Calls beside the jobs, by the vendor that has them: what each does, once with success. */
  const besides: Record<string, (vendor: Vendor, context: () => VendorContext) => Promise<void>> = {
    gateway: async (vendor, context) => {
      const ask = { instructions: "Say it better.", text: promptCanary };
      for await (const _event of vendor.chat?.(ask, context()) ?? []);
      assert.equal((await vendor.embed?.([promptCanary], "document", context()))?.vectors.length, 1);
      assert.equal((await vendor.rerank?.(promptCanary, ["a boat", "a harbour"], context()))?.length, 2);
    },
    kling: async ({ library }, context) => {
      for (const { id, forms } of library?.shelves ?? []) {
        const form = forms.find(({ profile }) => profile.inputs.every(({ takes }) => takes !== "bytes"));
        const inputs = (form?.profile.inputs ?? [])
          .filter(({ min }) => min > 0)
          .map(({ role, kind }) => ({
            role,
            name: "given",
            type: kind === "audio" ? "audio/mpeg" : kind === "video" ? "video/mp4" : "image/png",
            bytes: 0,
            url: `https://example.com/given.${{ audio: "mp3", video: "mp4" }[String(kind)] ?? "png"}`,
          }));
        const draft = {
          shelf: id,
          form: form?.id ?? "",
          prompt: promptCanary,
          options: { name: "given" },
          inputs,
        };
        const made = await library?.create(draft, context());
        assert.ok(made);
        assert.ok((await library?.list(id, context()))?.some((each) => each.id === made.id));
        await library?.remove(made, context());
      }
    },
  };
  for (const { entry, vendor } of talented) {
    it(`${entry.id} beside the jobs: only the vendor, with its own key only; of a refusal the key is not told (P-01, P-02, P-06, P-07, P-19)`, async () => {
      const column = columns.find((each) => each.vendor.id === entry.id);
      const play = besides[entry.id];
      assert.ok(column && play);
      const { baseUrl, credentials } = column.ask(simulator.ready);
      const { signal } = new AbortController();
      const context = () =>
        asideContext({ entry, baseUrl, credentials, net: bench.net, clock: realClock, signal });
      const reached = await connections(() => play(vendor, context));
      await witness(entry.id, new URL(baseUrl).host, reached);
      assert.ok((await (await control("GET", "/requests")).text()).includes(promptCanary));
      await control("POST", "/faults", { vendor: entry.id, kind: "status", params: { status: 401 } });
      await assert.rejects(
        play(vendor, context).catch((error: unknown) => Promise.reject(withoutKeys(error, credentials))),
        (error: Error & { facts?: object }) => {
          assert.ok(error.facts, String(error));
          for (const key of Object.values(credentials))
            assert.ok(!JSON.stringify([error.facts, error.message, error.stack]).includes(key));
          return true;
        },
      );
    });
  }

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

  it("Placeholder contacts nobody, whatever it makes (P-02)", async () => {
    const placeholder = await vendorEntry("placeholder")?.load();
    assert.ok(placeholder);
    const made: string[] = [];
    const reached = await connections(async () => {
      for (const { id: model, operations } of placeholder.models) {
        for (const operation of Object.keys(operations) as OperationId[]) {
          const request = {
            operation,
            vendor: "placeholder" as const,
            model,
            prompt: promptCanary,
            inputs: [],
            options: {},
          };
          const ask = { vendor: placeholder, request, inputs: {}, baseUrl: "", credentials: {}, routes: {} };
          const jobs = bench.jobs(ask);
          const { id } = await jobs.start(request, { baseUrl: "" });
          await past(jobs, id, underWay);
          made.push(`${operation} ${jobs.get(id)?.state}`);
          await jobs.dispose();
        }
      }
    });
    assert.ok(made.includes("text-to-image done"), made.join());
    assert.deepEqual([...reached], []);
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
  let answer: (request: Arrived) => { status: number; headers?: object; body?: string };
  let elsewhere: Arrived[] = [];
  const serve = async (respond: (request: Arrived) => ReturnType<typeof answer>) => {
    const server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString("latin1");
      const { method, url, headers } = request;
      const { status, headers: told, body: says = "" } = respond({ method, url, headers, body });
      response.writeHead(status, { ...told }).end(says);
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

  /** Gateways with a key or a token in the query of each call, whose speech answers with a redirect. */
  const queried: Way[] = ways.flatMap(({ settings, ask }) => {
    const speech = columns.find((each) => nameOf(each) === "gateway speech OpenAI's route");
    if (!speech || !String(settings?.keyLocation).startsWith("query:")) return [];
    return [
      {
        ...speech,
        ...(settings ? { settings } : {}),
        ask: (ready) => ({ ...speech.ask(ready), credentials: ask(ready).credentials }),
      },
    ];
  });

  /** One request of each vendor, once for each operation, to the hostile server. */
  async function askAll(asking: readonly Way[] = columns): Promise<{ ask: Ask; job: Job; ledger: string }[]> {
    const asked: { ask: Ask; job: Job; ledger: string }[] = [];
    for (const { settings, ...column } of asking) {
      const ask = at(column.ask(simulator.ready), vendor.origin);
      const jobs = bench.jobs(ask);
      const from = { baseUrl: ask.baseUrl, ...(settings ? { settings } : {}) };
      const { id } = await jobs.start(ask.request, from);
      const job = await past(jobs, id, underWay);
      await jobs.dispose();
      const ledger = await readFile(join(bench.folder, "jobs", id, "job.json"), "utf8");
      asked.push({ ask, job, ledger });
    }
    return asked;
  }

  /** What each vendor with a key says of it at an address. */
  async function verifyAll(where: (ask: Ask) => Ask): Promise<[Ask, Verification][]> {
    const found: [Ask, Verification][] = [];
    for (const entry of vendorEntries) {
      const column = columns.find(({ vendor: { id } }) => id === entry.id);
      if (!column) continue;
      const ask = where(column.ask(simulator.ready));
      const { signal } = new AbortController();
      const { baseUrl, credentials } = ask;
      const verification = { entry, baseUrl, credentials, net: bench.net, clock: realClock, signal };
      found.push([ask, await verifyCredentials(verification)]);
    }
    return found;
  }

  for (const status of [301, 302, 307, 308]) {
    it(`a ${status} to another host carries nothing there, but the request where Animo's endpoint moves it (P-06, P-19, P-21)`, async () => {
      // As proxies do it, with the query that came.
      answer = ({ url = "" }) => {
        const { search } = new URL(url, vendor.origin);
        return { status, headers: { location: `${other.origin}/elsewhere${search}` } };
      };
      const asked = await askAll([...columns, ...queried]);
      const moves = asked.filter(({ ask }) => ask.credentials.endpoint !== undefined).length;
      // A call that has moved is made there.
      const calls = elsewhere.filter(({ method }) => method === "POST");
      assert.equal(calls.length, status > 303 ? moves : 0);
      for (const { body } of calls) assert.ok(body.includes(promptCanary));
      // Any other redirect is a link to what was made, where the vendor answers so: Animo, and the gateway's speech.
      const links = elsewhere.filter(({ method }) => method === "GET");
      assert.equal(queried.length, 2);
      assert.equal(links.length, (status > 303 ? 0 : moves) + 1 + queried.length);
      for (const { body } of links) assert.equal(body, "");
      for (const { url, headers, body } of elsewhere) {
        // What Volcengine calls an operation, and no key, token or right.
        assert.match(url ?? "", /^\/elsewhere(\?Action=\w+&Version=[\d-]+)?$/);
        assert.deepEqual(
          Object.keys(headers).filter((name) => !plainHeaders.includes(name)),
          [],
        );
        for (const secret of asked.flatMap(({ ask }) => secretsIn(ask)))
          assert.ok(!`${JSON.stringify(headers)}${body}`.includes(secret));
      }
    });
  }

  const repeated = {
    "key and prompt": (key: string) => `Bearer ${key} ${promptCanary}\nsecond line`,
    "the key alone": (key: string) => key,
  };
  for (const [what, wordsWith] of Object.entries(repeated)) {
    it(`an error that repeats ${what}: neither comes into the log, nor the key into what is kept (P-07, P-23, P-24)`, async () => {
      answer = ({ headers }) => {
        const words = wordsWith(String(headers.authorization).replace(/^Bearer /, ""));
        const error = { code: words, message: words, type: words, param: words };
        return {
          status: 400,
          headers: { "x-request-id": encodeURI(words) },
          body: JSON.stringify({ error }),
        };
      };
      const asked = await askAll();
      const log = JSON.stringify(bench.log);
      assert.ok(bench.log.length >= asked.length, "failures are logged");
      assert.ok(!log.includes(promptCanary), log);
      assert.ok(!log.includes("second line"), log);
      for (const { ask, ledger, job } of asked) {
        assert.equal(job.state, "failed");
        for (const key of secretsIn(ask)) {
          assert.ok(!log.includes(key), log);
          assert.ok(!ledger.includes(key), ledger);
        }
      }
    });
  }

  it("a refused key is told without the key (P-07)", async () => {
    answer = ({ headers }) => {
      const words = `${headers.authorization} is wrong`;
      const error = { code: words, message: words };
      return { status: 401, headers: { "x-request-id": encodeURI(words) }, body: JSON.stringify({ error }) };
    };
    for (const [ask, verification] of await verifyAll((ask) => at(ask, vendor.origin))) {
      const { result } = verification;
      assert.equal(result, ask.credentials.endpoint === undefined ? "rejected" : "cannotTell", ask.vendor.id);
      for (const key of secretsIn(ask))
        assert.ok(!JSON.stringify(verification).includes(key), JSON.stringify(verification));
    }
  });

  it("a key is tested by calls that cost nothing (P-08)", async () => {
    for (const [ask, verification] of await verifyAll((ask) => ask))
      assert.notEqual(verification.result, "rejected", ask.vendor.id);
    const charges = await fetch(`${simulator.ready.control.baseUrl}/charges`);
    assert.deepEqual(await charges.json(), []);
  });

  it("an answer that is kept to be looked at holds no picture and no key, and goes when its job closes (P-07, P-11, P-24)", async () => {
    const column = columns.find((each) => nameOf(each) === "visual portrait inline");
    assert.ok(column);
    const ask = at(column.ask(simulator.ready), vendor.origin);
    const picture = readFileSync(new URL("../fixtures/media/plain.png", import.meta.url)).toString("base64");
    const repeated = Object.values(ask.credentials).join(" ");
    const data = { binary_data_base64: [picture], llm_result: repeated };
    answer = () => ({ status: 200, body: JSON.stringify({ code: 10000, data, request_id: "r-1" }) });
    const jobs = bench.jobs(ask);
    const { id } = await jobs.start(ask.request, { baseUrl: ask.baseUrl });
    const job = await past(jobs, id, underWay);
    assert.equal(job.state, "done");
    const kept = JSON.stringify(job.answer);
    assert.match(kept, /"request_id":"r-1"/);
    for (const secret of [picture, ...secretsIn(ask)]) assert.ok(!kept.includes(secret), kept);
    const closed = new Promise<Job | undefined>((resolve) => {
      jobs.onDidChange((changed, now) => changed === id && now?.closed !== undefined && resolve(now));
    });
    await jobs.decide(id, "0", { state: "discarded" });
    assert.equal((await closed)?.answer, undefined);
    await jobs.dispose();
  });

  it("an error of 1 MB is kept in a few words (P-24)", async () => {
    const long = "m ".repeat(250_000);
    answer = () => ({ status: 400, body: JSON.stringify({ error: { code: long, message: long } }) });
    for (const { ledger } of await askAll()) assert.ok(ledger.length < 20_000, String(ledger.length));
  });
});
