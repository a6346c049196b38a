import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { commands } from "../contributions.ts";
import { givenFiles, readFiles } from "../ui/media.ts";
import { rememberPlace } from "../ui/place.ts";
import { askOneOf } from "./askOneOf.ts";

/** Changes a video, goes on where it ends, or gives it a voice or sound. What no file was chosen for is asked, as a file or a link. */
export async function editVideo(services: Services, args: readonly unknown[]): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const inputs = await readFiles(givenFiles(args, { kinds: ["video"], many: false }));
  if (!inputs) return;
  await askOneOf(services, commands.editVideo, { title: l10n.t("Easel: Edit Video"), inputs, anchor });
}
