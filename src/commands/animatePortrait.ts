import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { commands } from "../contributions.ts";
import { givenFiles, readFiles } from "../ui/media.ts";
import { rememberPlace } from "../ui/place.ts";
import { askOneOf } from "./askOneOf.ts";

/** Lets a portrait speak, or move like a clip. The voice or the clip is asked for. */
export async function animatePortrait(services: Services, args: readonly unknown[]): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const inputs = await readFiles(givenFiles(args, { kinds: ["image"], many: false }));
  if (!inputs) return;
  await askOneOf(services, commands.animatePortrait, {
    title: l10n.t("Easel: Animate Portrait"),
    inputs,
    anchor,
  });
}
