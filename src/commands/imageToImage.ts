import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { chosenImages, readImages } from "../ui/images.ts";
import { rememberPlace } from "../ui/place.ts";
import { ask } from "./ask.ts";

/** Makes an image from another: the one right-clicked, the one in the active tab, or one the user picks. */
export async function imageToImage(services: Services, args: readonly unknown[]): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const uris = await chosenImages(args, { many: false });
  const inputs = uris && (await readImages(uris.slice(0, 1), "reference"));
  if (!inputs) return;
  await ask(services, {
    title: l10n.t("Easel: Image to Image"),
    operations: ["image-to-image"],
    inputs,
    anchor,
  });
}
