import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { nameOf } from "../inputs.ts";
import { chosenFiles, readFiles } from "../ui/media.ts";
import { back } from "../ui/multiStep.ts";
import { orderImages } from "../ui/orderStep.ts";
import { rememberPlace } from "../ui/place.ts";
import { ask } from "./ask.ts";

/** Fewest and most images that any vendor combines; each model's own limit is checked with its request. */
const combineLimits = { min: 2, max: 14 } as const;

/** Makes images from several: those selected, in an order the user sees and can change. */
export async function combineImages(services: Services, args: readonly unknown[]): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const title = l10n.t("Easel: Combine Images");
  let uris = await chosenFiles(args, {
    kinds: ["image"],
    min: combineLimits.min,
    many: true,
    title: l10n.t("Choose images to combine"),
  });
  if (!uris) return;
  for (;;) {
    if (uris.length < combineLimits.min || uris.length > combineLimits.max) {
      vscode.window.showErrorMessage(
        l10n.t(
          "Combine Images takes {0} to {1} images; {2} are chosen. Select them in the Explorer with Ctrl or Shift and try again.",
          combineLimits.min,
          combineLimits.max,
          uris.length,
        ),
      );
      return;
    }
    const ordered = await orderImages({ title, step: 1, total: 3 }, uris, nameOf);
    if (ordered === undefined || ordered === back) return;
    uris = ordered;
    const inputs = await readFiles(uris);
    if (!inputs) return;
    const outcome = await ask(services, {
      title,
      operations: ["images-to-image"],
      inputs,
      anchor,
      stepsBefore: 1,
    });
    if (outcome !== back) return;
  }
}
