import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { commands } from "../contributions.ts";
import { chosenFiles, readFiles } from "../ui/media.ts";
import { rememberPlace } from "../ui/place.ts";
import { askOneOf } from "./askOneOf.ts";

/** Changes an image in a way that has a name of its own, such as taking it apart into layers. */
export async function editImage(services: Services, args: readonly unknown[]): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const wanted = { kinds: ["image"], min: 1, many: false, title: l10n.t("Choose an image") } as const;
  const uris = await chosenFiles(args, wanted);
  const inputs = uris && (await readFiles(uris));
  if (!inputs) return;
  await askOneOf(services, commands.editImage, { title: l10n.t("Easel: Edit Image"), inputs, anchor });
}
