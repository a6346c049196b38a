import type { Answer } from "./answer.ts";
import type { Clock } from "./clock.ts";
import type { Fault, FaultKind } from "./faults.ts";
import type { ChargeRow } from "./journal.ts";
import type { Links } from "./links.ts";

/** One request to a vendor, read whole, and what its handler may do with it. */
export type Exchange = {
  method: string;
  /** The path below the vendor's base path, without the query. */
  path: string;
  /** The path and query exactly as sent, for vendors that sign them. */
  target: string;
  query: URLSearchParams;
  /** Header names in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** The fault that will strike the answer, for vendors that play a part of it themselves. */
  fault: Fault | undefined;
  /** Aborted when the client hangs up. */
  signal: AbortSignal;
  /** Milliseconds since the epoch: the simulated clock, plus the `skew` of a fault. */
  now(): number;
  /** Writes a row of charges, once the vendor has accepted the call; `at` where it is not now. */
  charge(row: Omit<ChargeRow, "at" | "vendor"> & { at?: number }): void;
};

export type Route = {
  method: string;
  /** The path below the base path, or a pattern for it. */
  path: string | RegExp;
  /** What else must hold, where one path is for several things. */
  fits?(exchange: Exchange): boolean;
  /** Kinds of API faults that this route plays itself: its answer goes out untouched. */
  plays?: readonly FaultKind[];
  handle(exchange: Exchange): Answer | Promise<Answer>;
};

/** What every vendor shares. */
export type Services = {
  clock: Clock;
  links: Links;
  /** Real milliseconds that the making of one image takes; at most 300. */
  imageMs: number;
  /** Milliseconds of the simulated clock that one task takes; at most 3000. */
  taskMs: number;
};

/** A vendor as the frame sees it. */
export type Vendor = {
  id: string;
  /** Comes before every route's path; empty, or begins with a slash and ends without one. */
  basePath: string;
  /** Bodies above this are answered by `refuseBody`. */
  maxBodyBytes: number;
  routes: Route[];
  /** Kinds of API faults that the vendor plays itself, in its tasks: the answer goes out untouched. */
  plays?: readonly FaultKind[];
  /** The vendor's entry in the ready line. */
  ready(origin: string): Record<string, unknown>;
  /** What a path without a route gets. */
  notFound(exchange: Exchange): Answer | Promise<Answer>;
  refuseBody(exchange: Exchange): Answer;
  /** The vendor's error body for a status that a fault asks for. */
  statusFault(status: number, exchange: Exchange): Answer;
  /** Writes what has fallen due since, for vendors that charge when a task has succeeded. */
  settle?(): void;
  /** Back to the state at the start. */
  reset(): void;
};
