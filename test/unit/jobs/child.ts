import { existsSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { probeFile } from "../../../src/assets/probe.ts";
import { createJobs } from "../../../src/jobs/jobs.ts";
import { realClock } from "../../../src/net/clock.ts";
import { createNet } from "../../../src/net/net.ts";
import { type PaidKind, paidVendors } from "./paidVendors.ts";
import { quick, request } from "./support.ts";

/**
 * A process that works on a ledger and may kill itself, as `kill -9` does, right at one step. Arguments: what to do (`start`,
 * `resume`, or `resumeOnce`: without looking for more later), root, base URL, kind of vendor, the step. Prints a line per sign of life.
 */
const [act = "", root = "", baseUrl = "", kind = "", dieAt = ""] = process.argv.slice(2);

function dieIf(step: string): void {
  if (step === dieAt) process.kill(process.pid, "SIGKILL");
}

const net = createNet({ settings: { client: "undici" }, userAgent: "child", allowInsecure: () => true });
const inLedger = (name: string) => {
  const ids = existsSync(root) ? readdirSync(root).filter((id) => !id.startsWith(".")) : [];
  return ids.map((id) => join(root, id, name)).find((path) => existsSync(path));
};

const jobs = createJobs({
  root,
  clock: {
    sleep: realClock.sleep,
    // Read for every entry of the ledger, right before it is written.
    now() {
      if (inLedger("assets/0.png")) dieIf("renamed");
      const file = dieAt === "decided" ? inLedger("job.json") : undefined;
      if (file && readFileSync(file, "utf8").includes('"placed"')) dieIf("decided");
      return Date.now();
    },
  },
  net: {
    free: net.free,
    billable: (scope) => ({
      async send(call) {
        dieIf("journalled");
        const response = await net.billable(scope).send(call);
        dieIf("answered");
        return response;
      },
    }),
    download: (call) => {
      dieIf("announced");
      return net.download(call);
    },
  },
  loadVendor: async () => {
    dieIf("intent");
    return paidVendors[kind as PaidKind];
  },
  credentials: async () => ({}),
  openInput: () => Promise.reject(new Error("no inputs")),
  probe: (path) => {
    dieIf("downloaded");
    return probeFile(path);
  },
  log: () => undefined,
  timings: { ...quick, beatMs: act === "resumeOnce" ? 3_600_000 : 50, misses: 8 },
});

jobs.onDidChange((id, job) => {
  if (jobs.progress(id)?.phase === "downloading" && (jobs.progress(id)?.fraction ?? 0) < 1) dieIf("half");
  if (job?.state === "running") dieIf("accepted");
  if (job?.state !== "done") return;
  dieIf("stored");
  const [asset] = job.assets;
  if (dieAt === "decided" && asset?.state === "waiting") {
    renameSync(jobs.stagedPath(job, asset), `${root}-placed.png`);
    void jobs.decide(id, "0", { state: "placed", landed: { uri: "file:///a.png", at: 1 } });
  }
});
setInterval(() => console.log("alive"), 20);
if (act === "start") await jobs.start(request, { baseUrl });
else await jobs.resume();
