import type { AssetState } from "../model/job.ts";
import type { ActionResult, ReviewAction } from "./protocol.ts";

/** A second "Again" this soon after the first was answered is a double press, not a second wish (ms). */
const againPauseMs = 1_000;

/**
 * Sees to it that a double click, a double Enter or a message that comes twice acts once: what is on its way is joined, not
 * started again, and what placed an asset does so once for one asset and revision until the asset waits again.
 */
export class OnceGuard {
  readonly #open = new Map<string, Promise<ActionResult>>();
  readonly #seen = new Map<string, Promise<ActionResult>>();
  readonly #done = new Map<string, { assetId: string; result: Promise<ActionResult> }>();
  readonly #states = new Map<string, AssetState>();
  #again: { result: Promise<ActionResult>; at: number } | undefined;
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Runs `act` unless the same gesture (`actionId`) or the same deed is under way or done; then gives that one's result. */
  run(actionId: string, action: ReviewAction, act: () => Promise<ActionResult>): Promise<ActionResult> {
    const key = deed(action);
    const earlier = this.#seen.get(actionId) ?? this.#open.get(key) ?? this.#done.get(key)?.result;
    if (earlier) return earlier;
    if (isAgain(action) && this.#again && this.#now() - this.#again.at < againPauseMs)
      return this.#again.result;
    const result = act();
    this.#open.set(key, result);
    this.#remember(actionId, result);
    const settle = (outcome?: ActionResult) => {
      this.#open.delete(key);
      if (outcome?.outcome !== "done") return;
      if (isAgain(action)) this.#again = { result, at: this.#now() };
      if (action.kind === "insert" || action.kind === "saveOnly")
        this.#done.set(key, { assetId: action.draft.assetId, result });
    };
    result.then(settle, () => settle());
    return result;
  }

  /** Told of every asset's state: one that waits again (its placement was undone) may be placed again. */
  observe(assets: Iterable<{ id: string; state: AssetState }>): void {
    for (const { id, state } of assets) {
      const before = this.#states.get(id);
      this.#states.set(id, state);
      if (state !== "waiting" || before === undefined || before === "waiting") continue;
      for (const [key, { assetId }] of this.#done) if (assetId === id) this.#done.delete(key);
    }
  }

  #remember(actionId: string, result: Promise<ActionResult>): void {
    this.#seen.set(actionId, result);
    if (this.#seen.size <= 64) return;
    const [oldest] = this.#seen.keys();
    if (oldest !== undefined) this.#seen.delete(oldest);
  }
}

/** Sends a further request that may cost. */
function isAgain({ kind }: ReviewAction): boolean {
  return kind === "again" || kind === "assetStep";
}

/** Names what an action does, so that the same deed asked for twice is seen to be the same. */
function deed(action: ReviewAction): string {
  switch (action.kind) {
    case "insert":
    case "saveOnly":
      // One asset lands once for one revision, whichever of the two buttons it was.
      return JSON.stringify(["place", action.draft.assetId, action.revision]);
    case "saveAs":
    case "copyMarkup":
    case "chooseFolder":
      return JSON.stringify([action.kind, action.draft.assetId]);
    case "discard":
    case "undoDiscard":
    case "openOutside":
    case "copyLink":
      return JSON.stringify([action.kind, action.assetId]);
    case "assetStep":
      return JSON.stringify([action.kind, action.assetId, action.step]);
    case "step":
      return JSON.stringify(["step", action.step]);
    default:
      return action.kind;
  }
}
