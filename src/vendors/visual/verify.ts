import type { VendorContext, Verification } from "../contract.ts";
import { VendorError } from "../errors.ts";
import { isBusinessCode } from "./errors.ts";
import { ask } from "./wire/call.ts";

const probeDeadlineMs = 15_000;
/** A task that nobody has: any answer about it, even that the product is not open, shows that the signature is good (contract §1). */
const noSuchTask = { req_key: "jimeng_t2i_v31", task_id: "0" };
const notOpened = "50400";

/** Looks at the keys by a read that costs nothing. `detail` repeats the vendor where it has not opened its pictures to this account. */
export async function verify(context: VendorContext): Promise<Verification> {
  try {
    await ask(context, "CVSync2AsyncGetResult", noSuchTask, probeDeadlineMs);
    return { result: "accepted" };
  } catch (error) {
    if (!(error instanceof VendorError) || context.signal.aborted) throw error;
    const { code, status, vendorMessage } = error.facts;
    if (code === notOpened) return { result: "accepted", detail: `${code}: ${vendorMessage ?? ""}` };
    if (isBusinessCode(code)) return { result: "accepted" };
    if (error.reason === "credentials") return { result: "rejected", error: error.facts };
    const why = status === undefined ? "unreachable" : "noFreeProbe";
    return { result: "cannotTell", why, error: error.facts };
  }
}
