import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { l10n } from "vscode";
import { sniff } from "../assets/sniff.ts";
import type { GalleryEntry } from "./galleryIndex.ts";
import { addReferences, type ItemActionParts } from "./itemActions.ts";
import { jobOf } from "./origins.ts";
import type { UploadPurpose, UploadResult } from "./studioProtocol.ts";

type FramePurpose = Extract<UploadPurpose, { kind: "frame" }>;

/** Puts a frame of a video to use: in a draft, or as the picture shown before the video plays. */
export async function useFrame(
  parts: ItemActionParts,
  entry: GalleryEntry,
  { use, seconds }: FramePurpose,
  bytes: Uint8Array,
): Promise<UploadResult> {
  const format = sniff(bytes);
  if (format?.kind !== "image" || format.extension === "svg") return failed(l10n.t("This is no picture."));
  if (use === "poster") return usePoster(parts, entry, format.extension, bytes);
  const { compose, references } = parts;
  const at = `${Math.round(seconds * 10) / 10}s`;
  const name = `${entry.name.replace(/\.[^.]*$/, "")}-${at}.${format.extension}`;
  const role = use === "reference" ? undefined : use;
  const reference = await references.bytes(name, bytes);
  if (role && "given" in reference && !compose.makeRoom({ ...reference.given.input, role })) {
    return failed(l10n.t("No vendor that Easel knows can do this now."));
  }
  const result = addReferences(compose, [reference], role);
  if (result.outcome === "done") return { outcome: "done", message: l10n.t("{0} is in the draft.", name) };
  return failed(result.outcome === "failed" ? result.message : "");
}

/** Kept beside the video while it waits, and placed with it; saved beside it, where the user says, once it has landed. */
async function usePoster(
  { jobs }: ItemActionParts,
  entry: GalleryEntry,
  extension: string,
  bytes: Uint8Array,
): Promise<UploadResult> {
  const open = jobOf(jobs, entry);
  if (open?.asset.state === "waiting") {
    const name = `${open.asset.id}-poster.${extension}`;
    await writeFile(join(jobs.stagingFolder(open.job.id), name), bytes, { mode: 0o600 });
    await jobs.note(open.job.id, open.asset.id, { poster: name });
    return { outcome: "done", message: l10n.t("The video is placed with this poster.") };
  }
  const video = vscode.Uri.parse(entry.uri, true);
  const path = video.path.replace(/\.[^./]*$/, "");
  const target = await vscode.window.showSaveDialog({
    title: l10n.t("Save {0}", l10n.t("Poster")),
    defaultUri: video.with({ path: `${path}-poster.${extension}` }),
    filters: { [extension.toUpperCase()]: [extension] },
  });
  if (!target) return { outcome: "done" };
  await vscode.workspace.fs.writeFile(target, bytes);
  return { outcome: "done", message: l10n.t("Saved {0}.", vscode.workspace.asRelativePath(target)) };
}

function failed(message: string): UploadResult {
  return { outcome: "failed", message };
}
