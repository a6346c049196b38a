import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { probeFile } from "../../src/assets/probe.ts";
import { createJobs } from "../../src/jobs/jobs.ts";
import type { Job } from "../../src/model/job.ts";
import type { AssetRequest } from "../../src/model/request.ts";
import { createNet } from "../../src/net/net.ts";
import { animo } from "../../src/vendors/animo/index.ts";
import type { Vendor } from "../../src/vendors/contract.ts";
import { seedream } from "../../src/vendors/seedream/index.ts";
import { type Ready, type Simulator, startSimulator } from "../simulator/start.ts";
import { FakeClock } from "../unit/support/fakeClock.ts";

const quarter = 15 * 60_000;

interface Slow {
  vendor: Vendor;
  request: Pick<AssetRequest, "operation" | "model" | "prompt" | "options">;
  path: string;
  reach(ready: Ready): { baseUrl: string; credentials: Record<string, string> };
}

const slow: readonly Slow[] = [
  {
    vendor: seedream,
    request: {
      operation: "text-to-image",
      model: "seedream-4-5",
      prompt: "A slow morning [size 64x64]",
      // A group: fifteen large pictures were measured to take that long.
      options: { count: 2 },
    },
    path: "/images/generations",
    reach: ({ seedream: { baseUrl, apiKey } }) => ({ baseUrl, credentials: { apiKey } }),
  },
  {
    vendor: animo,
    request: {
      operation: "text-to-video",
      model: animo.models[0]?.id ?? "",
      prompt: "A slow morning",
      options: {},
    },
    path: "/v1/generate",
    reach: ({ animo: { endpoint, apiKey } }) => ({ baseUrl: "", credentials: { endpoint, apiKey } }),
  },
];

describe("an answer that takes a quarter of an hour", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let folder: string;
  before(async () => {
    simulator = await startSimulator({ imageMs: 1, taskMs: 1 });
    folder = await mkdtemp(join(tmpdir(), "easel-patience-"));
  });
  after(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });
  const control = async (path: string, body?: object) => {
    const url = simulator.ready.control.baseUrl + path;
    return (await fetch(url, body ? { method: "POST", body: JSON.stringify(body) } : {})).json();
  };

  for (const client of ["undici", "editor"] as const) {
    for (const { vendor, request, path, reach } of slow) {
      it(`arrives: ${vendor.id}, by the ${client} client`, async () => {
        await control("/reset", {});
        await control("/faults", { vendor: vendor.id, path, kind: "slow", params: { ms: 2_500 } });
        const { baseUrl, credentials } = reach(simulator.ready);
        const clock = new FakeClock();
        const net = createNet({ settings: { client }, clock, allowInsecure: () => true });
        const jobs = createJobs({
          root: join(folder, `${client}-${vendor.id}`),
          clock,
          net,
          loadVendor: async () => vendor,
          credentials: async () => credentials,
          isLocal: async () => true,
          openInput: () => Promise.reject(new Error("no inputs")),
          probe: (file) => probeFile(file),
          log: () => undefined,
          watchOtherWindows: false,
          timings: { beatMs: 86_400_000 },
        });
        try {
          const ended = Promise.withResolvers<Job>();
          jobs.onDidChange((_id, job) => {
            if (job && ["done", "failed", "unknown"].includes(job.state)) ended.resolve(job);
          });
          await jobs.start({ ...request, vendor: vendor.id, inputs: [] }, { baseUrl });
          const asked = async () =>
            ((await control("/requests")) as { path: string }[]).some((each) => each.path.endsWith(path));
          while (!(await asked())) await new Promise((resolve) => setTimeout(resolve, 20));
          await clock.advance(quarter);
          const job = await ended.promise;
          assert.partialDeepStrictEqual(job, { state: "done", failures: [], assets: [{ state: "waiting" }] });
        } finally {
          await jobs.dispose();
          await net.close();
        }
      });
    }
  }
});
