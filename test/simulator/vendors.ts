import { createArk } from "./ark/ark.ts";
import { createKling } from "./kling/kling.ts";
import { unplayed } from "./unplayed.ts";
import type { Services, Vendor } from "./vendor.ts";

/** Every vendor of the ready line, in its order. */
export function createVendors(services: Services): Vendor[] {
  return [
    createArk(services),
    unplayed("visual", (origin) => ({
      baseUrl: origin,
      accessKeyId: "AKLTsimulator0visual0access",
      secretAccessKey: "c2ltdWxhdG9yLXZpc3VhbC1zZWNyZXQ=",
    })),
    createKling(services),
    unplayed("animo", (origin) => ({
      endpoint: `${origin}/v1/generate`,
      apiKey: "sim-animo-api-key-0001",
    })),
    unplayed("gateway", (origin) => ({
      baseUrl: `${origin}/v1`,
      nativeUrl: origin,
      apiKey: "sim-gateway-api-key-0001",
    })),
  ];
}
