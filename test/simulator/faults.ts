/** Where a fault strikes: an API call, or the download of a result link. */
type Side = "api" | "result";

/**
 * The kinds of the control side. `side` is where a kind strikes unless `params.on` says otherwise. `billed`
 * says whether the vendor has accepted and charged an API call that meets it, unless `params.billed` does.
 */
const FAULT_KINDS = {
  refuse: { side: "api", billed: false },
  reset: { side: "api", billed: false },
  status: { side: "api", billed: false },
  html: { side: "api", billed: false },
  hang: { side: "api", billed: true },
  resetBody: { side: "api", billed: true },
  slow: { side: "api", billed: true },
  malformed: { side: "api", billed: true },
  wrongShape: { side: "api", billed: true },
  empty: { side: "api", billed: true },
  noLink: { side: "api", billed: true },
  unknownStatus: { side: "api", billed: true },
  skew: { side: "api", billed: true },
  linkDead: { side: "result", billed: true },
  wrongType: { side: "result", billed: true },
  truncate: { side: "result", billed: true },
  oversize: { side: "result", billed: true },
  neverEnds: { side: "result", billed: true },
} as const satisfies Record<string, { side: Side; billed: boolean }>;

export type FaultKind = keyof typeof FAULT_KINDS;

export type Fault = {
  vendor: string;
  method?: string;
  /** Any part of the path; with a `$` at its end, the end of the path. */
  path?: string;
  kind: FaultKind;
  /** How many requests it strikes; for good (until the next reset) when left out. */
  times?: number;
  params: Record<string, unknown>;
};

/** `query` with its question mark, where calls are told apart by it. */
type Target = { vendor: string; side: Side; method: string; path: string; query?: string };

export type Faults = {
  add(fault: Fault): void;
  /** The first fault posted that fits the request, counted down; several queue up in the order posted. */
  take(target: Target): Fault | undefined;
  reset(): void;
};

export function createFaults(): Faults {
  const list: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      list.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    take: (target) => {
      const found = list.find(({ fault, left }) => left > 0 && fits(fault, target));
      if (found === undefined) return undefined;
      found.left -= 1;
      return found.fault;
    },
    reset: () => {
      list.length = 0;
    },
  };
}

function fits(fault: Fault, target: Target): boolean {
  return (
    fault.vendor === target.vendor &&
    (fault.params.on ?? FAULT_KINDS[fault.kind].side) === target.side &&
    (fault.method === undefined || fault.method.toUpperCase() === target.method) &&
    (fault.path === undefined ||
      names(fault.path, target.path) ||
      target.query?.includes(fault.path) === true)
  );
}

function names(part: string, path: string): boolean {
  return part.endsWith("$") ? path.endsWith(part.slice(0, -1)) : path.includes(part);
}

/** Whether an API call that meets this fault is still carried out and charged. */
export function isBilled(fault: Fault): boolean {
  const told = fault.params.billed;
  return typeof told === "boolean" ? told : FAULT_KINDS[fault.kind].billed;
}

/** A number out of a fault's params. */
export function param(fault: Fault, name: string, otherwise: number): number {
  const value = fault.params[name];
  return typeof value === "number" ? value : otherwise;
}

/** Reads the body of `POST /faults`; throws an Error that says what is wrong with it. */
export function parseFault(value: unknown): Fault {
  if (!isRecord(value)) throw new Error("a fault is a JSON object");
  const { vendor, method, path, kind, times, params } = value;
  if (typeof vendor !== "string") throw new Error("vendor is missing");
  if (!isKind(kind)) throw new Error(`kind is one of ${Object.keys(FAULT_KINDS).join(", ")}`);
  if (times !== undefined && !(Number.isInteger(times) && Number(times) > 0))
    throw new Error("times is a positive whole number");
  if (params !== undefined && !isRecord(params)) throw new Error("params is an object");
  return {
    vendor,
    kind,
    params: params ?? {},
    ...(typeof method === "string" && { method }),
    ...(typeof path === "string" && { path }),
    ...(times !== undefined && { times: Number(times) }),
  };
}

function isKind(value: unknown): value is FaultKind {
  return typeof value === "string" && Object.hasOwn(FAULT_KINDS, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
