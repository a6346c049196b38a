import { createClock } from "./clock.ts";
import { control } from "./control.ts";
import { createFaults } from "./faults.ts";
import { createJournal } from "./journal.ts";
import { createLinks, type Links } from "./links.ts";
import { type Listener, listen } from "./listener.ts";
import { play, type Stage } from "./play.ts";
import { serveResults } from "./results.ts";
import type { Vendor } from "./vendor.ts";
import { createVendors } from "./vendors.ts";

export type SimulatorOptions = {
  /** The control side's port; results and vendors take those that follow. 0 (default): any free ports. */
  port?: number;
  /** Real milliseconds that one image takes (default 60). */
  imageMs?: number;
  /** Simulated milliseconds that one task takes (default 1200). */
  taskMs?: number;
};

/** The object of the ready line: base URL and keys by vendor id, and the control side's base URL. */
export type Ready = {
  seedream: { baseUrl: string; apiKey: string };
  visual: { baseUrl: string; accessKeyId: string; secretAccessKey: string };
  kling: { baseUrl: string; accessKey: string; secretKey: string; apiKey: string };
  animo: { endpoint: string; apiKey: string };
  gateway: {
    baseUrl: string;
    nativeUrl: string;
    apiKey: string;
    /** A key the gateway knows and does not let in. */
    forbiddenKey: string;
    /** A consumer that signs tokens: with the secret `jwk`, or with a private key (PEM) by algorithm. */
    jwt: { consumer: string; jwk: { kty: "oct"; k: string }; privateKeys: Record<string, string> };
    /** Consumers that sign requests; the dates of the second one are checked. */
    hmac: { accessKey: string; secretKey: string; datedAccessKey: string };
    /** The same models without a gateway before them. */
    direct: { baseUrl: string; nativeUrl: string; apiKey: string };
  };
  control: { baseUrl: string };
};

export type Simulator = { ready: Ready; close(): Promise<void> };

/** Starts every vendor, the results and the control side on the loopback address. */
export async function startSimulator({
  port = 0,
  imageMs = 60,
  taskMs = 1200,
}: SimulatorOptions = {}): Promise<Simulator> {
  const stage: Stage = { clock: createClock(), journal: createJournal(), faults: createFaults() };
  const nextPort = (offset: number) => (port === 0 ? 0 : port + offset);
  const listeners = new Map<string, Listener>();
  const closeAll = async () => {
    await Promise.all([...listeners.values()].map((listener) => listener.close()));
  };
  try {
    let links: Links;
    const results = await listen(
      nextPort(1),
      serveResults(() => links, stage),
    );
    listeners.set("results", results);
    links = createLinks(stage.clock, results.origin);
    const vendors = createVendors({ clock: stage.clock, links, imageMs, taskMs });
    for (const [index, vendor] of vendors.entries())
      listeners.set(vendor.id, await listen(nextPort(2 + index), play(vendor, stage)));

    const accept = async () => {
      for (const listener of listeners.values()) await listener.accept();
    };
    const reset = async () => {
      stage.clock.reset();
      stage.faults.reset();
      links.reset();
      for (const vendor of vendors) vendor.reset();
      await accept();
      for (const listener of listeners.values()) listener.hangUp();
      stage.journal.reset();
    };
    const controlSide = await listen(
      nextPort(0),
      control(stage, {
        vendors: vendors.map((vendor) => vendor.id),
        refuse: async (fault) => {
          const ms = fault.params.ms;
          const listener = listeners.get(fault.params.on === "result" ? "results" : fault.vendor);
          await listener?.refuse(typeof ms === "number" ? ms : undefined);
        },
        settle: () => {
          for (const vendor of vendors) vendor.settle?.();
        },
        accept,
        reset,
      }),
    );
    const ready = readyLine(vendors, listeners, controlSide.origin);
    return {
      ready,
      close: async () => {
        await Promise.all([closeAll(), controlSide.close()]);
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function readyLine(vendors: Vendor[], listeners: Map<string, Listener>, controlOrigin: string): Ready {
  const entries = vendors.map((vendor) => [vendor.id, vendor.ready(listeners.get(vendor.id)?.origin ?? "")]);
  return { ...Object.fromEntries(entries), control: { baseUrl: controlOrigin } } as Ready;
}
