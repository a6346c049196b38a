import * as vscode from "vscode";
import { l10n } from "vscode";
import { type PickItem, pickOne, type StepFrame, type StepResult } from "./multiStep.ts";

interface OrderItem extends PickItem<"go"> {
  uri?: vscode.Uri;
}

/** Shows images in the order the vendor will count them ("Image 1", "Image 2", …) and lets the user move or drop them. */
export function orderImages(
  frame: StepFrame,
  uris: readonly vscode.Uri[],
  nameOf: (uri: vscode.Uri) => string,
): StepResult<vscode.Uri[]> {
  const up = { iconPath: new vscode.ThemeIcon("arrow-up"), tooltip: l10n.t("Move up") };
  const down = { iconPath: new vscode.ThemeIcon("arrow-down"), tooltip: l10n.t("Move down") };
  const drop = { iconPath: new vscode.ThemeIcon("close"), tooltip: l10n.t("Leave out") };
  let order = [...uris];
  const itemsOf = (): OrderItem[] => [
    { label: `$(arrow-right) ${l10n.t("Go On with {0} Images in This Order", order.length)}`, value: "go" },
    ...order.map((uri, index) => ({
      label: l10n.t("Image {0}", index + 1),
      description: nameOf(uri),
      detail: vscode.workspace.asRelativePath(uri),
      buttons: order.length > 2 ? [up, down, drop] : [up, down],
      uri,
    })),
  ];
  return pickOne<"go">(frame, {
    items: itemsOf(),
    placeholder: l10n.t("Prompts speak of “Image 1”, “Image 2”, … in this order"),
    onItemButton: (item: OrderItem, button) => {
      const from = item.uri ? order.indexOf(item.uri) : -1;
      if (button === drop) order = order.toSpliced(from, 1);
      else order = moved(order, from, button === up ? from - 1 : from + 1);
      return itemsOf();
    },
  }).then((answer) => (answer === "go" ? order : answer));
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}
