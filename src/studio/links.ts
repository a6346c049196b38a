import { createHash } from "node:crypto";
import * as vscode from "vscode";
import type { AnchorTracker, ResolvedAnchor } from "../placement/anchor.ts";
import { isProblem, type PlacementProblem } from "../placement/problems.ts";
import { applyText, type PlannedText, planText } from "../placement/text.ts";
import { placementProblemText, placeText } from "../text/placement.ts";
import type { LastPlace } from "../ui/lastPlace.ts";
import type { GalleryEntry } from "./galleryIndex.ts";
import type { Preview } from "./protocol.ts";

export interface LinksOptions {
  anchors: AnchorTracker;
  place: LastPlace;
}

/** A planned link: as it is shown, and what carries it out. */
interface LinkPlan {
  preview: Preview;
  text?: PlannedText;
}

/** Links to files that have landed already, where the cursor is. */
export class Links {
  readonly #options: LinksOptions;

  constructor(options: LinksOptions) {
    this.#options = options;
  }

  async preview(entry: GalleryEntry, alt: string): Promise<Preview> {
    return (await this.#plan(entry, alt)).preview;
  }

  /** The markup alone, as it would be at the cursor; the address of the file where there is none. */
  async markup(entry: GalleryEntry): Promise<string> {
    const { text } = await this.#plan(entry, altOf(entry.name));
    return text?.line ?? vscode.workspace.asRelativePath(vscode.Uri.parse(entry.uri, true));
  }

  /** Inserts what was seen. Answers the present preview where it no longer holds, undefined when done. */
  async insert(entry: GalleryEntry, alt: string, revision: string): Promise<Preview | undefined> {
    const { preview, text } = await this.#plan(entry, alt);
    if (!text || preview.revision !== revision) return preview;
    return (await applyText(text)) === "written" ? undefined : (await this.#plan(entry, alt)).preview;
  }

  async #plan(entry: GalleryEntry, alt: string): Promise<LinkPlan> {
    const at = await this.#at();
    if (isProblem(at)) return { preview: refused(entry, at) };
    const { kind, width, height } = entry;
    const size = { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) };
    const target = vscode.Uri.parse(entry.uri, true);
    const text = planText(at, { kind, ...size }, { file: target }, alt, { scope: target });
    const shown = [text.uri.toString(), text.fingerprint, text.range, text.newText];
    return {
      text,
      preview: {
        revision: createHash("sha256").update(JSON.stringify(shown)).digest("base64url"),
        markup: text.line,
        where: placeText(text.where),
        folder: entry.folder,
        fileName: entry.name,
        problems: [],
        canInsert: true,
        canSave: false,
      },
    };
  }

  async #at(): Promise<ResolvedAnchor | PlacementProblem> {
    const { anchors, place } = this.#options;
    const anchor = place.take();
    if (!anchor) return { code: "noAnchor" };
    try {
      return await anchors.resolve(anchor.record);
    } finally {
      anchor.dispose();
    }
  }
}

/** The words of a file's name: what is known of a file that has landed, for its prompt is not kept. */
export function altOf(fileName: string): string {
  return fileName
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[-_\s]+/g, " ")
    .trim();
}

function refused({ folder, name }: GalleryEntry, problem: PlacementProblem): Preview {
  return {
    revision: "",
    folder,
    fileName: name,
    problems: [{ severity: "warning", text: placementProblemText(problem), field: "place" }],
    canInsert: false,
    canSave: false,
  };
}
