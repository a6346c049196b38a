import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { rememberPlace } from "../ui/place.ts";
import { ask } from "./ask.ts";

/** Makes speech or a sound from words; the markup goes where the cursor is. */
export async function generateSpeech(services: Services): Promise<void> {
  const { anchor, prompt } = rememberPlace(services.anchors);
  await ask(services, {
    title: l10n.t("Easel: Generate Speech"),
    operations: ["speech", "sound"],
    prompt,
    anchor,
  });
}
