import * as vscode from "vscode";
import { l10n } from "vscode";
import { type Jobs, JobsError } from "../jobs/types.ts";
import type { InputRole } from "../model/request.ts";
import { jobsErrorText } from "../text/jobActions.ts";
import { sentences } from "../text/sentences.ts";
import type { LastPlace } from "../ui/lastPlace.ts";
import { editAgain } from "./again.ts";
import type { Compose } from "./compose.ts";
import type { Gallery } from "./gallery.ts";
import type { GalleryEntry } from "./galleryIndex.ts";
import type { Links } from "./links.ts";
import { jobOf, originOfEntry } from "./origins.ts";
import { asRole, type Reference, type References } from "./references.ts";
import type { ItemAction, StudioResult } from "./studioProtocol.ts";

export interface ItemActionParts {
  jobs: Jobs;
  gallery: Gallery;
  compose: Compose;
  references: References;
  links: Links;
  place: LastPlace;
}

/** Most items that go into a draft at once. */
const maxReferences = 50;

/** Does what the user chose with items of the gallery. */
export async function actOnItems(
  parts: ItemActionParts,
  ids: readonly string[],
  action: ItemAction,
): Promise<StudioResult> {
  const found = await Promise.all(ids.map((id) => parts.gallery.get(id)));
  const entries = found.filter((entry) => entry !== undefined);
  const [first] = entries;
  if (!first) return { outcome: "failed", message: jobsErrorText("gone") };
  try {
    return await act(parts, [first, ...entries.slice(1)], action);
  } catch (error) {
    if (!(error instanceof JobsError)) throw error;
    return { outcome: "failed", message: jobsErrorText(error.reason) };
  }
}

async function act(
  parts: ItemActionParts,
  entries: readonly [GalleryEntry, ...GalleryEntry[]],
  action: ItemAction,
): Promise<StudioResult> {
  const [first] = entries;
  switch (action.kind) {
    case "useAsReference": {
      const chosen = entries.slice(0, maxReferences);
      const references = await Promise.all(chosen.map((entry) => parts.references.entry(entry)));
      return addReferences(parts.compose, references, action.role);
    }
    case "editAgain":
    case "sameSeed": {
      const origin = await originOfEntry(parts.jobs, first);
      const lost = await editAgain(parts, origin, action.kind === "sameSeed");
      return lost.length > 0 ? done(sentences(...lost)) : done();
    }
    case "copyPrompt":
      return copy((await originOfEntry(parts.jobs, first)).prompt ?? "");
    case "copyMarkup":
      return copy(await parts.links.markup(first));
    case "copyPath":
      return copy(entries.map(({ uri }) => pathOf(uri)).join("\n"));
    case "reveal":
      await vscode.commands.executeCommand("revealInExplorer", vscode.Uri.parse(first.uri, true));
      return done();
    case "openOutside": {
      const opened = await vscode.env.openExternal(vscode.Uri.parse(first.uri, true));
      return opened ? done() : { outcome: "failed", message: l10n.t("No program opened the file.") };
    }
    case "discard":
      return decide(parts.jobs, entries, "waiting", "discarded");
    case "undoDiscard":
      return decide(parts.jobs, entries, "discarded", "waiting");
    case "insertLink":
      return insertLink(parts.links, first, action);
    case "moveAnchor":
      return moveAnchor(parts, first);
  }
}

/** Adds inputs to the draft, and says which were not taken and whether another operation took over. */
export function addReferences(
  compose: Compose,
  references: readonly Reference[],
  role: InputRole | undefined,
): StudioResult {
  const { given, refused } = asRole(compose, references, role);
  const before = compose.draft.operation;
  if (given.length > 0) compose.add(given);
  if (refused.length > 0) return { outcome: "failed", message: sentences(...new Set(refused)) };
  const { operation } = compose.draft;
  return done(
    operation === before ? l10n.t("Added to the draft.") : l10n.t("Added; the draft now starts from it."),
  );
}

async function decide(
  jobs: Jobs,
  entries: readonly GalleryEntry[],
  from: GalleryEntry["state"],
  state: "waiting" | "discarded",
): Promise<StudioResult> {
  const own = entries.filter((entry) => entry.state === from);
  for (const { id } of own) {
    const cut = id.indexOf("/");
    await jobs.decide(id.slice(0, cut), id.slice(cut + 1), { state });
  }
  if (state === "waiting") return done();
  const message = l10n.t("Discarded: {0}. Kept for a day.", own.length);
  return { outcome: "done", message, undo: true };
}

async function insertLink(
  links: Links,
  entry: GalleryEntry,
  { alt, revision }: Extract<ItemAction, { kind: "insertLink" }>,
): Promise<StudioResult> {
  const preview = await links.insert(entry, alt, revision);
  if (!preview) return done(l10n.t("Inserted {0}.", entry.name));
  const [problem] = preview.problems;
  if (problem) return { outcome: "failed", message: problem.text };
  const message = l10n.t(
    "Something changed since this was shown. This is how it would land now; confirm once more.",
  );
  return { outcome: "stale", preview, message };
}

async function moveAnchor({ jobs, place }: ItemActionParts, entry: GalleryEntry): Promise<StudioResult> {
  const open = jobOf(jobs, entry);
  const anchor = place.take();
  if (!open || !anchor) return { outcome: "failed", message: l10n.t("No text editor was used yet.") };
  await jobs.setAnchor(open.job.id, anchor.record);
  anchor.bind(open.job.id);
  return done(place.label && l10n.t("It now goes to {0}.", place.label));
}

async function copy(text: string): Promise<StudioResult> {
  await vscode.env.clipboard.writeText(text);
  return done(l10n.t("Copied"));
}

function pathOf(uri: string): string {
  const parsed = vscode.Uri.parse(uri, true);
  return parsed.scheme === "file" ? parsed.fsPath : parsed.toString();
}

function done(message?: string): StudioResult {
  return message ? { outcome: "done", message } : { outcome: "done" };
}
