import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { givenFiles, readFiles } from "../ui/media.ts";
import { rememberPlace } from "../ui/place.ts";
import { ask } from "./ask.ts";

/** Writes down what a sound or a video says. What no file was chosen for is asked, as a file or a link. */
export async function transcribe(services: Services, args: readonly unknown[]): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const inputs = await readFiles(givenFiles(args, { kinds: ["audio", "video"], many: false }));
  if (!inputs) return;
  await ask(services, { title: l10n.t("Easel: Transcribe"), operations: ["transcript"], inputs, anchor });
}
