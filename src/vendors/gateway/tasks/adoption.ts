import { optionDefaults } from "../../../model/options.ts";
import { lookOnce } from "../../adoption.ts";
import type { Adoption, ForeignTask, VendorRequest } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { models } from "../products.ts";
import { handleOf } from "./handle.ts";
import { taskStatus } from "./status.ts";

/** A task's answer says neither what it is nor of which model, on which what was used depends (contract §7). */
export const adoption: Adoption = {
  needs: "model",
  isTask: (operation, model) => handleOf(requestOf({ id: "", operation, model }), "-") !== undefined,
  async find(task, context) {
    const handle = handleOf(requestOf(task), task.id);
    if (!handle) throw new VendorError({ reason: "invalid", sent: "no", next: "cannotLook" });
    await lookOnce(taskStatus(handle, context));
    return { operation: task.operation, model: task.model, handle };
  },
};

function requestOf({ operation, model }: ForeignTask): VendorRequest {
  const schema = models.find(({ id }) => id === model)?.operations[operation]?.options;
  return { operation, model, prompt: "", inputs: [], options: schema ? optionDefaults(schema) : {} };
}
