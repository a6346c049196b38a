import { createArk } from "./ark/ark.ts";
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
    unplayed("kling", (origin) => ({
      baseUrl: origin,
      accessKey: "simulatorklingaccesskey000000001",
      secretKey: "simulatorklingsecretkey000000001",
      apiKey: "sim-kling-api-key-0001",
    })),
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
