import * as vscode from "vscode";
import type { Jobs } from "../jobs/types.ts";
import { fits } from "../model/assign.ts";
import { bytesText } from "../text/facts.ts";
import { slotText } from "../text/inputs.ts";
import { operationText } from "../text/operations.ts";
import { quantity } from "../text/quantities.ts";
import { playabilityText } from "../text/review.ts";
import { frameUseText, itemActionView, placedFacts } from "../text/studioItems.ts";
import { vendorEntry } from "../vendors/catalog.ts";
import type { Compose } from "./compose.ts";
import type { Gallery } from "./gallery.ts";
import type { GalleryEntry } from "./galleryIndex.ts";
import { altOf } from "./links.ts";
import { jobOf, originOfEntry } from "./origins.ts";
import { playability } from "./playability.ts";
import type { ReviewService } from "./reviewService.ts";
import type { ItemAction } from "./studioProtocol.ts";
import type { DetailView, FrameUse, ItemView } from "./studioViews.ts";

export interface DetailParts {
  jobs: Jobs;
  gallery: Gallery;
  compose: Compose;
  review: Pick<ReviewService, "view">;
  /** Where the cursor is, in words. */
  place(): string | undefined;
  address(uri: vscode.Uri): string;
}

/** All there is to show of one entry. */
export async function detailView(entry: GalleryEntry, parts: DetailParts): Promise<DetailView> {
  const { jobs, gallery, compose, review, address, place } = parts;
  const isThere = await gallery.isThere(entry);
  const [shown] = await gallery.views([entry], address);
  if (!shown) throw new TypeError("an entry has a view");
  const item: ItemView = isThere ? shown : withoutFile(shown);
  const origin = await originOfEntry(jobs, entry);
  const open = jobOf(jobs, entry);
  const inReview = open && review.view(open.job.id)?.assets.find(({ id }) => id === open.asset.id);
  const where = place();
  const [first] = compose.requests();
  const slots = (first?.offer.profile.inputs ?? []).filter((slot) => fits(slot, entry.kind));
  const isKnown = origin.prompt !== undefined;
  const model = compose.modelName(entry.vendor, entry.model);
  return {
    item,
    ...(open ? { jobId: open.job.id, assetId: open.asset.id } : {}),
    ...(origin.prompt ? { prompt: origin.prompt } : {}),
    operation: operationText(entry.operation).label,
    vendor: vendorEntry(entry.vendor)?.name ?? entry.vendor,
    model,
    facts: inReview?.facts ?? factsOf(entry, model),
    media: inReview
      ? {
          type: inReview.type,
          bytes: inReview.bytes,
          playable: inReview.playable,
          ...(inReview.playNote === undefined ? {} : { playNote: inReview.playNote }),
          ...(inReview.text === undefined ? {} : { text: inReview.text }),
        }
      : mediaOf(entry),
    actions: actionsOf(item, {
      isKnown,
      hasPrompt: Boolean(origin.prompt),
      hasSeed: origin.seed !== undefined,
      where,
    }).map(itemActionView),
    alt: altOf(entry.name),
    roles: slots.map((slot) => ({ role: slot.role, label: slotText(slot) })),
    frameUses:
      entry.kind === "video" && isThere ? frameUses.map((use) => ({ use, label: frameUseText(use) })) : [],
    ...(where === undefined ? {} : { place: where }),
  };
}

const frameUses: readonly FrameUse[] = ["firstFrame", "lastFrame", "reference", "poster"];

interface Known {
  isKnown: boolean;
  hasPrompt: boolean;
  hasSeed: boolean;
  where: string | undefined;
}

/** What can be done with an item, in the order of its menu. */
function actionsOf(
  { state, kind }: ItemView,
  { isKnown, hasPrompt, hasSeed, where }: Known,
): ItemAction["kind"][] {
  const again: ItemAction["kind"][] = [
    ...(isKnown ? (["editAgain"] as const) : []),
    ...(hasSeed ? (["sameSeed"] as const) : []),
    ...(hasPrompt ? (["copyPrompt"] as const) : []),
  ];
  const reference: ItemAction["kind"][] = kind === "text" ? [] : ["useAsReference"];
  switch (state) {
    case "waiting":
      return [...reference, ...again, ...(where ? (["moveAnchor"] as const) : []), "openOutside", "discard"];
    case "discarded":
      return ["undoDiscard", ...again];
    case "missing":
      return again;
    default:
      return [
        ...(where ? (["insertLink"] as const) : []),
        ...reference,
        ...again,
        "copyMarkup",
        "copyPath",
        "reveal",
        "openOutside",
      ];
  }
}

function mediaOf(entry: GalleryEntry): DetailView["media"] {
  const { type, bytes } = entry;
  if (entry.kind === "text") return { type, bytes, playable: true };
  const player = vscode.env.uiKind === vscode.UIKind.Web ? "browser" : "desktop";
  const plays = playability({ kind: entry.kind, type }, player);
  const note = playabilityText(plays);
  return {
    type,
    bytes,
    playable: plays !== "aac" && plays !== "deep",
    ...(note === undefined ? {} : { playNote: note }),
  };
}

function withoutFile(item: ItemView): ItemView {
  const { src: _src, ...rest } = item;
  return { ...rest, state: "missing" };
}

function factsOf(entry: GalleryEntry, model: string) {
  const { width, height, seconds, bytes, seed, folder, at, name } = entry;
  const when = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: "medium", timeStyle: "short" });
  return placedFacts({
    model,
    size: width && height ? `${width} × ${height}` : "",
    seconds: seconds === undefined ? "" : quantity(Math.round(seconds * 10) / 10, "s"),
    file: `${name.slice(name.lastIndexOf(".") + 1).toUpperCase()} · ${bytesText(bytes)}`,
    seed: seed === undefined ? "" : String(seed),
    folder,
    at: when.format(at),
  });
}
