import type { IncomingMessage } from "node:http";
import { type Answer, json } from "./answer.ts";
import { readBody } from "./body.ts";
import { deliver, type Way } from "./deliver.ts";
import { type Fault, parseFault } from "./faults.ts";
import type { Handler } from "./listener.ts";
import type { Stage } from "./play.ts";

/** What the control side moves besides the stage. */
export type Levers = {
  vendors: string[];
  /** Lets a vendor's origin (or the results') refuse connections outright. */
  refuse(fault: Fault): Promise<void>;
  /** Every origin takes connections again. */
  accept(): Promise<void>;
  /** Lets vendors write the charges that have fallen due. */
  settle(): void;
  reset(): Promise<void>;
};

const OK = json(200, {});

/** The control side: `/requests`, `/charges`, `/faults`, `/clock`, `/reset`. Errors are `{error}` with 400. */
export function control({ clock, journal, faults }: Stage, levers: Levers): Handler {
  const routes: Record<string, (body: unknown) => Answer | Promise<Answer>> = {
    "GET /requests": () => json(200, journal.requests),
    "GET /charges": () => {
      levers.settle();
      return json(200, journal.charges);
    },
    "POST /faults": async (body) => {
      const fault = parseFault(body);
      if (!levers.vendors.includes(fault.vendor))
        throw new Error(`vendor is one of ${levers.vendors.join(", ")}`);
      if (refusesAll(fault)) await levers.refuse(fault);
      else faults.add(fault);
      return OK;
    },
    "DELETE /faults": async () => {
      faults.reset();
      await levers.accept();
      return OK;
    },
    "POST /clock": (body) => {
      const ms = (body as { advanceMs?: unknown } | null)?.advanceMs;
      if (typeof ms !== "number") throw new Error("advanceMs is a number of milliseconds");
      clock.advance(ms);
      return json(200, { now: clock.now() });
    },
    "POST /reset": async () => {
      await levers.reset();
      return OK;
    },
  };
  return async (request: IncomingMessage, way: Way) => {
    const route = routes[`${request.method} ${new URL(request.url ?? "/", "http://simulator").pathname}`];
    const body = await readBody(request, 2 ** 20);
    await deliver(way, await answer(route, body), undefined);
  };
}

/** A refusal of everything needs no request to be seen, so the port itself can be closed. */
function refusesAll(fault: Fault): boolean {
  return (
    fault.kind === "refuse" &&
    fault.times === undefined &&
    fault.method === undefined &&
    fault.path === undefined
  );
}

async function answer(
  route: ((body: unknown) => Answer | Promise<Answer>) | undefined,
  body: Buffer | null,
): Promise<Answer> {
  if (route === undefined) return json(404, { error: "no such control" });
  try {
    return await route(body === null || body.length === 0 ? null : JSON.parse(body.toString("utf8")));
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}
