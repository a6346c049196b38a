import { randomUUID } from "node:crypto";
import type { Exchange, Services, Vendor } from "../vendor.ts";
import { createAccount } from "./account.ts";
import { KEYS } from "./auth.ts";
import { CODES, errorAnswer, Refusal } from "./errors.ts";
import { guard } from "./guard.ts";
import { legacyRoutes } from "./legacy.ts";
import { newStyleRoutes } from "./newStyle.ts";
import { billing, createCosts } from "./packs.ts";

const ID = "kling";

/** Code for a status that a fault asks for. */
const STATUS_CODES: Record<number, number> = {
  400: 1201,
  401: 1000,
  403: 1103,
  404: 1203,
  429: 1302,
  500: 5000,
  503: 5001,
  504: 5002,
};

/** Kling, both generations of its API (contract kling). */
export function createKling(services: Services): Vendor {
  const account = createAccount(services, ID);
  const costs = createCosts(services.clock.now);
  const routes = [
    ...legacyRoutes(account, guard),
    ...newStyleRoutes(account, guard),
    { method: "GET", path: "/account/costs", handle: guard("any", costs.handle) },
    { method: "POST", path: "/account/billing/balance", handle: guard("apiKey", billing) },
    { method: "POST", path: "/account/billing/package", handle: guard("apiKey", billing) },
  ];
  const known = ({ path }: Exchange) =>
    routes.some((route) => (typeof route.path === "string" ? route.path === path : route.path.test(path)));
  return {
    id: ID,
    basePath: "",
    maxBodyBytes: 64 * 2 ** 20,
    routes,
    plays: ["neverEnds"],
    ready: (origin) => ({ baseUrl: origin, ...KEYS }),
    notFound: (exchange) =>
      guard("any", () => {
        throw new Refusal(known(exchange) ? 1202 : 1203);
      })(exchange),
    refuseBody: () => errorAnswer(1201, "File size exceeds the limit", randomUUID()),
    statusFault: (status) => {
      const code = STATUS_CODES[status] ?? 5000;
      return errorAnswer(code, CODES[code]?.message ?? "", randomUUID(), status);
    },
    reset: () => {
      account.reset();
      costs.reset();
    },
  };
}
