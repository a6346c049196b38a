import { type Ready, type SimulatorOptions, startSimulator } from "../simulator/start.ts";

/** A JSON object. */
export type Body = Record<string, unknown>;

/** The control side of a running simulator. Faults are those of `vendor`, and strike once if nothing else is said. */
export function controlOf(ready: Ready, vendor: Exclude<keyof Ready, "control">) {
  const control = (method: string, path: string, body?: unknown) =>
    fetch(ready.control.baseUrl + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const rows = async (path: string) => (await (await control("GET", path)).json()) as Body[];
  return {
    /** Moves the simulated clock, in milliseconds. */
    advance: (ms: number) => control("POST", "/clock", { advanceMs: ms }),
    fault: (kind: string, more: Body = {}) => control("POST", "/faults", { vendor, kind, times: 1, ...more }),
    reset: () => control("POST", "/reset", {}),
    /** What was asked of any vendor, as the wire had it. */
    requestText: async () => (await control("GET", "/requests")).text(),
    requests: () => rows("/requests"),
    /** One row for each billable call accepted, of any vendor. */
    charges: () => rows("/charges"),
  };
}

/** A simulator for the tests of one describe, from before the first until after the last: its ready line. */
export function useSimulator(options: SimulatorOptions = {}): Ready {
  const ready = {} as Ready;
  let close: (() => Promise<void>) | undefined;
  before(async () => {
    const simulator = await startSimulator(options);
    close = simulator.close;
    Object.assign(ready, simulator.ready);
  });
  after(() => close?.());
  return ready;
}

/** A simulator, and a client of it, that is reset before each test. Both are there once the tests run. */
export function useClient<Client extends { reset(): Promise<unknown> }>(
  make: (ready: Ready) => Client,
  options: SimulatorOptions = {},
): { ready: Ready; client: Client } {
  const ready = useSimulator(options);
  const client = {} as Client;
  before(() => void Object.assign(client, make(ready)));
  beforeEach(() => client.reset());
  return { ready, client };
}
