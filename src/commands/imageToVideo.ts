import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { chosenFiles, readFiles } from "../ui/media.ts";
import { rememberPlace } from "../ui/place.ts";
import { ask } from "./ask.ts";

/**
 * Makes a video from what is selected: one image is its first frame, two are the first and the last, more of them or videos and
 * sounds are references.
 */
export async function imageToVideo(services: Services, args: readonly unknown[]): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const uris = await chosenFiles(args, {
    kinds: ["image", "video", "audio"],
    min: 1,
    many: true,
    title: l10n.t("Choose one or several images"),
  });
  const inputs = uris && (await readFiles(uris));
  if (!inputs) return;
  await ask(services, {
    title: l10n.t("Easel: Image to Video"),
    operations: ["image-to-video", "frames-to-video", "references-to-video"],
    inputs,
    anchor,
  });
}
