import { lookOnce } from "../adoption.ts";
import type { Vendor } from "../contract.ts";
import { endpointOf } from "./endpoint.ts";
import { generate } from "./generate.ts";
import { operationOf, status } from "./job.ts";
import { models } from "./models.ts";

/**
 * Animo: a video as the answer to one call at an address of the user's. Nothing free can tell whether the key is good, and there is
 * no way to cancel but to hang up (contract §A).
 */
export const animo: Vendor = {
  id: "animo",
  models,
  poll: { firstMs: 3_000, everyMs: 5_000 },
  start: generate,
  status,
  adoption: {
    needs: "id",
    isTask: () => true,
    async find({ id }, context) {
      const handle = { origin: endpointOf(context).url.origin, id };
      await lookOnce(status(handle, context));
      return { operation: "text-to-video", model: "animo", handle };
    },
  },
  taskId: (value) => operationOf(value).id,
  verify: async () => ({ result: "cannotTell", why: "noFreeProbe" }),
};
