import { env, l10n } from "vscode";
import type { InputError } from "../inputs.ts";
import type { InputKind } from "../model/assign.ts";
import type { InputSlot } from "../model/catalog.ts";
import type { LinkProblem } from "../model/link.ts";
import type { InputRole } from "../model/request.ts";
import { unlinked } from "./unlinked.ts";

/** Why a file cannot be an input, and what to do. */
export function inputErrorText({ code, fileName: written }: InputError): string {
  const fileName = unlinked(written);
  switch (code) {
    case "unreadable":
      return l10n.t("{0} can not be read. Is it still there? Nothing was sent.", fileName);
    case "tooLarge":
      return l10n.t(
        "{0} is larger than any vendor takes. Nothing was sent; make it smaller first.",
        fileName,
      );
    case "notMedia":
      return l10n.t("{0} is no picture, video or sound. Nothing was sent.", fileName);
  }
}

/** What a place for inputs is called in a list. */
export function slotText({
  role,
  kind,
  also = [],
  max,
}: Pick<InputSlot, "role" | "kind" | "also" | "max">): string {
  const several = max > 1;
  const references: Record<InputKind, () => string> = {
    image: () => (several ? l10n.t("Reference Pictures") : l10n.t("Reference Picture")),
    video: () => (several ? l10n.t("Reference Videos") : l10n.t("Reference Video")),
    audio: () => (several ? l10n.t("Reference Sounds") : l10n.t("Reference Sound")),
  };
  const texts: Record<InputRole, () => string> = {
    reference: references[kind],
    source: () => l10n.t("Source"),
    mask: () => l10n.t("Mask"),
    firstFrame: () => l10n.t("First Frame"),
    lastFrame: () => l10n.t("Last Frame"),
    video: () => (several ? l10n.t("Videos") : l10n.t("Video")),
    audio: () =>
      also.includes("video") ? l10n.t("Sound or Video") : several ? l10n.t("Sounds") : l10n.t("Sound"),
    person: () => l10n.t("Person"),
    garment: () => (several ? l10n.t("Garments") : l10n.t("Garment")),
  };
  return texts[role]();
}

/** Why an address is not taken, and what would be. */
export function linkProblemText(problem: LinkProblem): string {
  switch (problem) {
    case "format":
      return l10n.t("This is not a whole address. Paste one such as {0}.", "https://example.com/clip.mp4");
    case "scheme":
      return l10n.t("Only https links are taken.");
    case "secret":
      return l10n.t("This link holds a user name or password, which the vendor would see. Use one without.");
    case "local":
      return l10n.t("The vendor cannot reach this address: it is only known on your own network.");
    case "id":
      return l10n.t("This is not an id as the vendor writes them.");
  }
}

/** What can be typed where a link is asked for. */
export function linkHint({ ids, idModels }: Pick<InputSlot, "ids" | "idModels">): string {
  if (ids === "only" && idModels)
    return l10n.t("the vendor’s own id of it; made by one of these models: {0}", idModels.join(", "));
  if (ids === "only") return l10n.t("the vendor’s own id of it");
  return ids ? l10n.t("public, https; or the vendor’s own id of it") : l10n.t("public, https");
}

/** A kind of media as the name of a group of files. */
export function kindText(kind: InputKind): string {
  const texts: Record<InputKind, () => string> = {
    image: () => l10n.t("Images"),
    video: () => l10n.t("Videos"),
    audio: () => l10n.t("Sounds"),
  };
  return texts[kind]();
}

/** Until when a link can be used, for a list. `expires` in ms since the epoch. */
export function linkLifeText(expires: number): string {
  const until = new Intl.DateTimeFormat(env.language, { dateStyle: "short", timeStyle: "short" });
  return l10n.t("its link lives until {0}", until.format(expires));
}

/** Why a file was not taken as it is, where the ways out are offered. */
export function needsLinkText(name: string): string {
  return l10n.t("{0} cannot go as a file: this vendor fetches it from a public link.", name);
}

/** Why an input is in the way: the present model has no place for it, or no more room. */
export function noPlaceText(name: string): string {
  return l10n.t("{0} has no place with this model. Enter leaves it out.", name);
}
