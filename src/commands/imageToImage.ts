import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { chosenFiles, readFiles } from "../ui/media.ts";
import { rememberPlace } from "../ui/place.ts";
import { ask } from "./ask.ts";

/** Makes an image from another: the one right-clicked, the one in the active tab, or one the user picks. */
export async function imageToImage(services: Services, args: readonly unknown[]): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const wanted = { kinds: ["image"], min: 1, many: false, title: l10n.t("Choose an image") } as const;
  const uris = await chosenFiles(args, wanted);
  const inputs = uris && (await readFiles(uris));
  if (!inputs) return;
  await ask(services, {
    title: l10n.t("Easel: Image to Image"),
    operations: ["image-to-image"],
    inputs,
    anchor,
  });
}
