import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { rememberPlace } from "../ui/place.ts";
import { ask } from "./ask.ts";

/** Makes an image from words; the markup goes where the cursor is. */
export async function generateImage(services: Services): Promise<void> {
  const { anchor, prompt } = rememberPlace(services.anchors);
  await ask(services, {
    title: l10n.t("Easel: Generate Image"),
    operations: ["text-to-image"],
    prompt,
    anchor,
  });
}
