import type { ItemState, ItemView } from "../../../studio/studioViews.ts";
import { clock } from "../../shared/clock.ts";
import type { TileItem } from "../grid/tile.ts";

/** Codicons of an asset's states. */
const stateIcons: Record<ItemState, string> = {
  waiting: "circle-large-outline",
  placed: "pass-filled",
  saved: "save",
  discarded: "trash",
  missing: "warning",
};

/** An item as its tile shows it. */
export function tileOf(item: ItemView): TileItem {
  const length = item.seconds === undefined ? undefined : clock(item.seconds, 0);
  return {
    id: item.id,
    name: item.label,
    label: [item.label, item.detail, length].filter((each) => each !== undefined).join(" · "),
    kind: item.kind,
    state: item.state,
    stateIcon: stateIcons[item.state],
    ...(item.thumb !== undefined && { thumb: item.thumb }),
    ...(length !== undefined && { length }),
  };
}
