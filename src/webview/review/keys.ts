import type { ZoomKey } from "../shared/stage.ts";

/** What a key press means to the sheet. `move`: choose another result, `row` where the results stand in a grid. */
export type KeyMeaning =
  | { kind: "insert" | "close" }
  | { kind: "move"; by: 1 | -1; row: boolean }
  | { kind: "zoom"; key: ZoomKey };

const moves: Record<string, { by: 1 | -1; row: boolean }> = {
  ArrowLeft: { by: -1, row: false },
  ArrowRight: { by: 1, row: false },
  ArrowUp: { by: -1, row: true },
  ArrowDown: { by: 1, row: true },
};

const zooms: Record<string, ZoomKey> = { "+": "+", "=": "+", "-": "-", _: "-", "0": "0", "1": "1" };

/** Elements that use the keys themselves. */
const writes = "input[type=text], textarea";
const presses = "button, summary, input[type=checkbox], a";
const plays = "video, audio";

/** Reads a key press; undefined if it is the focused element's own or means nothing here. */
export function readKey(event: KeyboardEvent, stageScrolls: boolean): KeyMeaning | undefined {
  // While an input method composes, Enter and Escape belong to it (229 is what Chromium reports then).
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return undefined;
  const target = event.target instanceof Element ? event.target : document.body;
  const inside = (selector: string) => target.closest(selector) !== null;
  // A video that fills the screen leaves it with Escape.
  if (event.key === "Escape") return document.fullscreenElement ? undefined : { kind: "close" };
  if (event.key === "Enter") {
    const own = inside("textarea") || inside(presses);
    return (own && !(event.ctrlKey || event.metaKey)) || event.repeat ? undefined : { kind: "insert" };
  }
  if (event.ctrlKey || event.metaKey || event.altKey || inside(writes)) return undefined;
  const zoom = zooms[event.key];
  if (zoom) return { kind: "zoom", key: zoom };
  const move = moves[event.key];
  if (!move || inside(plays) || inside("input") || (inside(".stage-port") && stageScrolls)) return undefined;
  return { kind: "move", ...move };
}
