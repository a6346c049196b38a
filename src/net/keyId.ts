import { createHash } from "node:crypto";

/** A name for a set of secrets that says nothing about them: what limits and retry budgets are counted by. */
export function keyId(credentials: Readonly<Record<string, string>>): string {
  return createHash("sha256").update(JSON.stringify(credentials)).digest("hex").slice(0, 12);
}
