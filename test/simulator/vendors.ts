import { createAnimo } from "./animo/animo.ts";
import { createArk } from "./ark/ark.ts";
import { createGateway } from "./gateway/gateway.ts";
import { createKling } from "./kling/kling.ts";
import type { Services, Vendor } from "./vendor.ts";
import { createVisual } from "./visual/visual.ts";

/** Every vendor of the ready line, in its order. */
export function createVendors(services: Services): Vendor[] {
  return [
    createArk(services),
    createVisual(services),
    createKling(services),
    createAnimo(services),
    createGateway(services),
  ];
}
