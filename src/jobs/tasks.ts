import type { Json } from "../model/json.ts";
import type { VendorId } from "../model/vendors.ts";
import type { Claims } from "./claims.ts";
import type { Store } from "./store.ts";
import type { JobsOptions } from "./types.ts";

/** Which of the jobs has the task that an operation is about. */
export interface Tasks {
  /** Makes the task this job's; false if another was faster. */
  take(id: string, operation: Json): Promise<boolean>;
  /** True if no other job, of whatever window and open or closed, has the task. */
  isFree(id: string, operation: Json): Promise<boolean>;
}

/** Tasks by the names their vendors know them by: two requests may describe one task differently. */
export function createTasks(parts: {
  store: Pick<Store, "need" | "all">;
  claims: Claims;
  loadVendor: JobsOptions["loadVendor"];
}): Tasks {
  const { store, claims } = parts;
  const vendorOf = (id: string) => store.need(id).request.vendor;

  async function nameOf(vendor: VendorId, operation: Json): Promise<string> {
    const task = (await parts.loadVendor(vendor)).taskId?.(operation);
    return `${vendor} ${task ?? JSON.stringify(operation)}`;
  }

  return {
    take: async (id, operation) => claims.take(await nameOf(vendorOf(id), operation), id),

    async isFree(id, operation) {
      const vendor = vendorOf(id);
      const task = await nameOf(vendor, operation);
      for (const other of store.all()) {
        if (other.id === id || other.request.vendor !== vendor || other.operation === undefined) continue;
        if ((await nameOf(vendor, other.operation)) === task) return false;
      }
      return claims.isFree(task, id);
    },
  };
}
