import { realClock } from "./clock.ts";
import { download } from "./download.ts";
import { defaultLimits, limitsByVendor } from "./limits.ts";
import { createScope } from "./scope.ts";
import { type ConnectWitness, createTransport, type Transport } from "./transport.ts";
import type { Clock, Net, NetScope, NetSettings } from "./types.ts";

export interface NetOptions {
  settings: NetSettings;
  clock?: Clock;
  /** Sent as `User-Agent`. */
  userAgent?: string;
  /**
   * Whether an origin may be spoken to in plain HTTP: it is one the user configured. Asked only for loopback and private
   * hosts; every other one needs HTTPS. Default: none.
   */
  allowInsecure?(origin: string): boolean;
  /** Told of every connection before it is opened. */
  onConnect?: ConnectWitness;
  /** From 0 to 1; for the jitter. */
  random?(): number;
}

/** Makes the network. One for the whole extension; `close` it at the end. */
export function createNet(options: NetOptions): Net {
  let transport = createTransport(options.settings, options.onConnect);
  const retired: Transport[] = [];
  const current: Transport = {
    exchange: (exchange) => transport.exchange(exchange),
    close: () => transport.close(),
  };
  const context = {
    transport: current,
    clock: options.clock ?? realClock,
    userAgent: options.userAgent ?? "Easel",
    allowInsecure: (origin: string) => options.allowInsecure?.(origin) ?? false,
    random: options.random ?? Math.random,
  };
  const scopes = new Map<string, ReturnType<typeof createScope>>();
  const scopeFor = (scope: NetScope) => {
    const key = JSON.stringify([scope.vendor, scope.keyId]);
    const known = scopes.get(key);
    if (known) return known;
    const limits = { ...defaultLimits, ...limitsByVendor[scope.vendor] };
    const made = createScope(limits, context);
    scopes.set(key, made);
    return made;
  };
  return {
    free: (scope) => scopeFor(scope).free,
    billable: (scope) => scopeFor(scope).billable,
    download: (request) => download(request, context),
    configure(settings) {
      // Calls under way keep their connections; idle ones close by themselves.
      retired.push(transport);
      transport = createTransport(settings, options.onConnect);
    },
    async close() {
      await Promise.all([transport, ...retired].map((one) => one.close()));
    },
  };
}
