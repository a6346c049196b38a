import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { rememberPlace } from "../ui/place.ts";
import { ask } from "./ask.ts";

/** Makes a video from words; the markup goes where the cursor is. */
export async function generateVideo(services: Services): Promise<void> {
  const { anchor, prompt } = rememberPlace(services.anchors);
  await ask(services, {
    title: l10n.t("Easel: Generate Video"),
    operations: ["text-to-video"],
    prompt,
    anchor,
  });
}
