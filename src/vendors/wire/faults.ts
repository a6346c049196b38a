import { NetError } from "../../net/types.ts";
import { VendorError } from "../errors.ts";

/** A failure of the transport as an error; anything that is not one is given back as it is. */
export function errorOfFault(fault: unknown): unknown {
  if (!(fault instanceof NetError)) return fault;
  if (fault.sent === "no") {
    const retryable = ["refused", "dns", "reset", "timeout", "offline"].includes(fault.fault);
    return new VendorError(
      { reason: "unavailable", sent: "no", code: fault.fault, retryable },
      { cause: fault },
    );
  }
  const unreadable = fault.fault === "tooLarge" || fault.fault === "malformed";
  return new VendorError(
    { reason: unreadable ? "protocol" : "ambiguous", sent: "unknown", code: fault.fault },
    { cause: fault },
  );
}

/** Asks once more where the vendor refused a call for its time, and its answer told the right one. */
export function againByItsClock<T>(ask: () => Promise<T>): Promise<T> {
  return ask().catch((error: unknown) => {
    const isSkewed = error instanceof VendorError && error.facts.next === "clockSkew";
    if (isSkewed && error.facts.retryable === true) return ask();
    throw error;
  });
}
