import { type Answer, json } from "./answer.ts";
import type { Vendor } from "./vendor.ts";

/** A vendor of the ready line that has no play yet: every request is answered 501, in plain words. */
export function unplayed(id: string, ready: Vendor["ready"]): Vendor {
  const refuse = (): Answer =>
    json(501, { error: { code: "NotPlayed", message: `This simulator does not play the vendor ${id}.` } });
  return {
    id,
    basePath: "",
    maxBodyBytes: 64 * 2 ** 20,
    routes: [],
    ready,
    notFound: refuse,
    refuseBody: refuse,
    statusFault: refuse,
    reset: () => {},
  };
}
