import { createAnimo } from "./animo/animo.ts";
import { createArk } from "./ark/ark.ts";
import { createKling } from "./kling/kling.ts";
import { unplayed } from "./unplayed.ts";
import type { Services, Vendor } from "./vendor.ts";
import { createVisual } from "./visual/visual.ts";

/** Every vendor of the ready line, in its order. */
export function createVendors(services: Services): Vendor[] {
  return [
    createArk(services),
    createVisual(services),
    createKling(services),
    createAnimo(services),
    unplayed("gateway", (origin) => ({
      baseUrl: `${origin}/v1`,
      nativeUrl: origin,
      apiKey: "sim-gateway-api-key-0001",
    })),
  ];
}
