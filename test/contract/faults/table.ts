/** Where a fault strikes: the billable call, a look at a running task, or the download of a result. */
export type Place = "start" | "look" | "link";

/** How an answer comes: with the call itself, or as a task that is looked at and can be found again. */
export type Manner = "answer" | "task";

/** One fault, and what has to come of it. */
export interface Fault {
  name: string;
  /** What the simulator is told, see its README; `tls`: it is met under a certificate nobody trusts. */
  plays?: object;
  tls?: true;
  /** How far Easel's own clock is off, in milliseconds. */
  clockOff?: number;
  /** How much faster than real Easel's clock runs while the fault lasts: more where only silence is waited for. */
  speed?: number;
  /** While the fault lasts: the job's state, where it did not end well with its reason and whether the call was sent. */
  meets: string;
  /** Once it has passed and somebody looks again, where that changes anything. */
  later?: string;
  /** How often it is charged in the end. */
  charged: 0 | 1;
}

const done = { meets: "done", charged: 1 } as const;
const notSent = { meets: "failed: unavailable, not sent", charged: 0 } as const;
/** The vendor said no. */
const refused = (reason: string) => ({ meets: `failed: ${reason}, refused`, charged: 0 }) as const;
const status = (code: number, params: object = {}) => ({
  kind: "status",
  params: { status: code, ...params },
});
/** A status that the simulated vendor has no error of its own for. */
const bare = (code: number) => status(code, { body: { error: { message: `HTTP ${code}` } } });

const silence = { speed: 50 };
const hour = 3_600_000;

/** Answers to the billable call that mean the vendor did not take it. */
const refusals: readonly Fault[] = [
  { name: "401", plays: status(401), ...refused("credentials") },
  { name: "403", plays: status(403), ...refused("credentials") },
  { name: "404", plays: status(404), ...refused("notFound") },
  { name: "409", plays: bare(409), ...refused("invalid") },
  { name: "413", plays: bare(413), ...refused("invalid") },
  { name: "429", plays: status(429), ...refused("rateLimit") },
  { name: "429, Retry-After 5 s", plays: status(429, { retryAfter: 5 }), ...refused("rateLimit") },
  { name: "429, Retry-After 1 h", plays: status(429, { retryAfter: 3600 }), ...refused("rateLimit") },
  { name: "429 once, Retry-After 2 s", plays: { ...status(429, { retryAfter: 2 }), times: 1 }, ...done },
];

/** What leaves it open whether the vendor took the call: it did, so that a second call would be a second charge. */
const doubts: readonly [name: string, plays: object, reason: string, rest?: Partial<Fault>][] = [
  ["never answered", { kind: "hang" }, "ambiguous", silence],
  ["reset before the answer", { kind: "reset", params: { billed: true } }, "ambiguous"],
  ["reset within the answer", { kind: "resetBody" }, "ambiguous"],
  ["408", status(408, { billed: true }), "ambiguous"],
  ["500", status(500, { billed: true }), "ambiguous"],
  ["502 as HTML", { kind: "html", params: { billed: true } }, "ambiguous"],
  ["503", status(503, { billed: true }), "ambiguous"],
  ["malformed JSON", { kind: "malformed" }, "protocol"],
  ["JSON of another shape", { kind: "wrongShape" }, "protocol"],
  ["JSON that is no object", { kind: "wrongShape", params: { body: [1, 2] } }, "protocol"],
  ["empty answer", { kind: "empty" }, "protocol"],
  ["oversized answer", { kind: "oversize", params: { on: "api", bytes: 2 ** 25 } }, "protocol"],
];

/** Faults of the billable call. A call nobody knows the fate of is looked up where the vendor has a list; else the user decides. */
function startFaults(manner: Manner): Fault[] {
  const doubted = (reason: string) => ({
    meets: `unknown: ${reason}, perhaps carried out`,
    ...(manner === "task" ? { later: "done" } : {}),
    charged: 1 as const,
  });
  return [
    {
      name: "connection refused",
      plays: { kind: "refuse" },
      ...notSent,
    },
    { name: "untrusted certificate", tls: true, ...notSent },
    ...doubts.map(([name, plays, reason, rest]) => ({ name, plays, ...rest, ...doubted(reason) })),
    {
      name: "502 as HTML once, nothing carried out",
      plays: { kind: "html", times: 1 },
      meets: "unknown: ambiguous, perhaps carried out",
      charged: 0,
    },
    { name: "slow answer", plays: { kind: "slow", params: { ms: 200 } }, ...done },
    ...refusals,
    { name: "vendor's clock 1 h ahead", plays: { kind: "skew", params: { ms: hour } }, ...done },
    { name: "vendor's clock 1 h behind", plays: { kind: "skew", params: { ms: -hour } }, ...done },
    { name: "own clock 2 days ahead", clockOff: 48 * hour, ...done },
    { name: "own clock 2 days behind", clockOff: -48 * hour, ...done },
    ...(manner === "task" ? taskFaults : answerFaults),
  ];
}

const putOff = (reason: string) => ({ meets: `downloading: ${reason}`, later: "done", charged: 1 }) as const;
const result = (kind: string, params: object = {}) => ({ kind, params: { on: "result", ...params } });
const lost = { meets: "failed: protocol", charged: 1 } as const;

/** Faults of a result's download: it is paid for, so it stays to be had as long as it can be. */
const linkFaults: readonly Fault[] = [
  { name: "connection refused", plays: result("refuse"), ...putOff("unavailable") },
  { name: "untrusted certificate", tls: true, ...putOff("unavailable") },
  { name: "never answered", plays: result("hang"), ...silence, ...putOff("unavailable") },
  { name: "reset before the answer", plays: result("reset"), ...putOff("unavailable") },
  { name: "reset within the answer", plays: result("resetBody"), ...putOff("unavailable") },
  { name: "reset once, within the answer", plays: { ...result("resetBody"), times: 1 }, ...done },
  { name: "slow answer", plays: result("slow", { ms: 200 }), ...done },
  { name: "408", plays: result("status", { status: 408 }), ...putOff("unavailable") },
  { name: "429", plays: result("status", { status: 429 }), ...putOff("unavailable") },
  { name: "500", plays: result("status", { status: 500 }), ...putOff("unavailable") },
  { name: "503 once", plays: { ...result("status", { status: 503 }), times: 1 }, ...done },
  { name: "403", plays: { kind: "linkDead" }, ...putOff("expired") },
  { name: "403 once", plays: { kind: "linkDead", times: 1 }, ...done },
  { name: "404", plays: { kind: "linkDead", params: { status: 404 } }, ...putOff("expired") },
  {
    name: "a page that says so",
    plays: { kind: "wrongType", params: { contentType: "text/html" } },
    ...putOff("protocol"),
  },
  { name: "a page under the media's type", plays: { kind: "wrongType" }, ...lost },
  { name: "a drawing with a script", plays: { kind: "wrongType", params: { as: "svg" } }, ...lost },
  { name: "an archive", plays: { kind: "wrongType", params: { as: "zip" } }, ...lost },
  { name: "truncated", plays: { kind: "truncate" }, ...putOff("unavailable") },
  {
    name: "truncated, length not announced",
    plays: { kind: "truncate", params: { clean: true } },
    ...putOff("protocol"),
  },
  {
    name: "truncated once, length not announced",
    plays: { kind: "truncate", times: 1, params: { clean: true } },
    ...done,
  },
  { name: "2 GiB announced", plays: { kind: "oversize" }, ...lost },
  { name: "never ends", plays: { kind: "neverEnds" }, ...lost },
];

/** Faults of a call whose answer is the result. */
const answerFaults: readonly Fault[] = [
  {
    name: "success with nothing in it",
    plays: { kind: "wrongShape", params: { body: { data: [] } } },
    meets: "unknown: protocol, perhaps carried out",
    charged: 1,
  },
  {
    name: "success without a link",
    plays: { kind: "noLink" },
    meets: "failed: protocol, perhaps carried out",
    charged: 1,
  },
  { name: "unknown status word", plays: { kind: "unknownStatus" }, ...done },
];

/** Deadlines of a task are waited out on a faster clock. */
const patience = { speed: 60 };
const late = { ...patience, meets: "unknown: ambiguous, perhaps carried out" } as const;

/** Faults of a task's making that show only when it is looked at. */
const taskFaults: readonly Fault[] = [
  { name: "status never ending", plays: { kind: "neverEnds", params: { on: "api" } }, ...late, charged: 0 },
];

/** A task goes on whatever its looks meet: it is looked at until its deadline, then left to a person who looks again. */
const goesOn = { ...late, later: "done", charged: 1 } as const;
const needsSomebody = (reason: string) =>
  ({ meets: `unknown: ${reason}, perhaps carried out`, later: "done", charged: 1 }) as const;

const lookFaults: readonly Fault[] = [
  { name: "connection closed", plays: { kind: "refuse", times: 1000 }, ...goesOn },
  { name: "never answered", plays: { kind: "hang" }, ...goesOn, ...silence },
  { name: "never answered once", plays: { kind: "hang", times: 1 }, speed: 40, ...done },
  { name: "reset before the answer", plays: { kind: "reset" }, ...goesOn },
  { name: "reset within the answer", plays: { kind: "resetBody" }, ...goesOn },
  { name: "slow answer", plays: { kind: "slow", params: { ms: 100 } }, ...done },
  { name: "401", plays: status(401), ...needsSomebody("credentials") },
  { name: "403", plays: status(403), ...needsSomebody("credentials") },
  { name: "404", plays: status(404), ...needsSomebody("notFound") },
  { name: "404 once", plays: { ...status(404), times: 1 }, ...done },
  { name: "408", plays: status(408), ...goesOn },
  { name: "409", plays: bare(409), ...needsSomebody("invalid") },
  { name: "413", plays: bare(413), ...needsSomebody("invalid") },
  { name: "429", plays: status(429), ...goesOn },
  { name: "429, Retry-After 1 h", plays: status(429, { retryAfter: 3600 }), ...goesOn, speed: 120 },
  { name: "500", plays: status(500), ...goesOn },
  { name: "502 as HTML", plays: { kind: "html" }, ...goesOn },
  { name: "503", plays: status(503), ...goesOn },
  { name: "503 once", plays: { ...status(503), times: 1 }, ...done },
  { name: "malformed JSON", plays: { kind: "malformed" }, ...needsSomebody("protocol") },
  { name: "JSON of another shape", plays: { kind: "wrongShape" }, ...needsSomebody("protocol") },
  { name: "empty answer", plays: { kind: "empty" }, ...needsSomebody("protocol") },
  {
    name: "oversized answer",
    plays: { kind: "oversize", params: { on: "api", bytes: 2 ** 25 } },
    ...needsSomebody("protocol"),
    // So much takes its time on a loaded machine.
    speed: 5,
  },
  { name: "success without a link", plays: { kind: "noLink" }, ...needsSomebody("protocol") },
  { name: "unknown status word", plays: { kind: "unknownStatus" }, ...goesOn },
  { name: "vendor's clock 1 h ahead", plays: { kind: "skew", params: { ms: hour } }, ...done },
  { name: "vendor's clock 1 h behind", plays: { kind: "skew", params: { ms: -hour } }, ...done },
];

/** Every fault that can strike a place of a request. */
export function faultsAt(place: Place, manner: Manner): readonly Fault[] {
  return { start: startFaults(manner), look: lookFaults, link: linkFaults }[place];
}
