import assert from "node:assert/strict";
import { NetError, type NetFault } from "../../../../src/net/types.ts";

/** Awaits a failure and holds its fault, and whether it was sent. */
export async function fails(
  promise: Promise<unknown>,
  fault: NetFault,
  sent?: "no" | "unknown",
): Promise<NetError> {
  const error = await promise.then(
    () => assert.fail(`should have failed with ${fault}`),
    (reason: unknown) => reason,
  );
  assert(error instanceof NetError, `not a NetError: ${String(error)}`);
  assert.equal(error.fault, fault, `${error.fault}: ${String(error.cause)}`);
  if (sent) assert.equal(error.sent, sent);
  return error;
}
