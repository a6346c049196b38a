import { readKey } from "../review/keys.ts";
import type { Stage } from "../shared/stage.ts";
import { generate } from "./compose/compose.ts";
import { runAction } from "./detail/detail.ts";
import type { StudioStore } from "./store.ts";

const writes = "input, textarea, select";

/** What a key press anywhere in the Studio does; true if it did something. `step`: to the next or the previous item. */
export function pressed(event: KeyboardEvent, store: StudioStore, step: (by: 1 | -1) => void): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return false;
  const target = event.target instanceof Element ? event.target : document.body;
  const { item, compared, sheet, view } = store.detail;
  const about = target.closest(".detail") !== null || (target === document.body && item !== undefined);
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (event.repeat) return false;
    if (about && sheet) void sheet.place("insert");
    else generate(store);
    return true;
  }
  if (event.key === "/" && !target.closest(writes) && !event.ctrlKey && !event.metaKey) {
    const search = document.querySelector<HTMLElement>(".search input");
    search?.focus();
    return search !== null;
  }
  if (!about || (item === undefined && !compared)) return false;
  const stage = document.querySelector<Stage>("easel-stage");
  const meaning = readKey(event, stage?.scrolls ?? false);
  if (meaning?.kind === "close") store.detail.close();
  else if (meaning?.kind === "zoom") stage?.zoom(meaning.key);
  else if (meaning?.kind === "move" && !meaning.row && !compared) step(meaning.by);
  else if (meaning?.kind === "insert" && sheet && target.closest(".stage-port")) void sheet.place("insert");
  else {
    const action = view?.actions.find(({ key }) => key !== undefined && matches(event, key));
    if (!view || !action || compared || target.closest(writes)) return false;
    runAction(store, view.item, action.id);
  }
  return true;
}

/** Whether a key press is the one written as `Delete`, `R`, `Ctrl+C`. Cmd counts as Ctrl. */
function matches(event: KeyboardEvent, key: string): boolean {
  const parts = key.split("+");
  const name = parts.pop()?.toLowerCase();
  return (
    event.key.toLowerCase() === name &&
    parts.includes("Ctrl") === (event.ctrlKey || event.metaKey) &&
    parts.includes("Alt") === event.altKey &&
    (parts.includes("Shift") === event.shiftKey || name?.length !== 1)
  );
}
