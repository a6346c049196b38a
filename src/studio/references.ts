import * as vscode from "vscode";
import { l10n } from "vscode";
import { sniff } from "../assets/sniff.ts";
import { type ChosenInput, InputError, linkInput, nameOf, readInput, stagedInput } from "../inputs.ts";
import { fits } from "../model/assign.ts";
import type { InputSlot } from "../model/catalog.ts";
import { linkProblem } from "../model/link.ts";
import type { InputRole } from "../model/request.ts";
import { isInWorkspace } from "../placement/folder.ts";
import { inputErrorText, linkProblemText, slotText } from "../text/inputs.ts";
import type { Compose, ComposeInput } from "./compose.ts";
import type { GalleryEntry } from "./galleryIndex.ts";
import type { Uploads } from "./uploads.ts";

/** An input as it goes into a draft, or why it does not. */
export type Reference = { given: Omit<ComposeInput, "id"> } | { refused: string };

/** Turns what was dropped, pasted, or chosen in the gallery into inputs of a draft. */
export class References {
  readonly #uploads: Uploads;

  constructor(uploads: Uploads) {
    this.#uploads = uploads;
  }

  /** An address of a drop from the Explorer: a file of the workspace, or a link. */
  async address(text: string): Promise<Reference> {
    const uri = parsed(text);
    if (!uri) return { refused: l10n.t("This is no file that Easel can read.") };
    if (uri.scheme === "https" || uri.scheme === "http") return linkReference(text);
    // In a remote window the page speaks of the remote's files from outside.
    const own = uri.scheme === "vscode-remote" ? vscode.Uri.file(uri.path) : uri;
    if (!isInWorkspace(own)) {
      return { refused: l10n.t("{0} is not in this workspace. Use Add… to choose it.", nameOf(own)) };
    }
    return this.file(own);
  }

  /** A file of the workspace; one from elsewhere is copied, so that it can be shown and sent as it is now. */
  async file(uri: vscode.Uri): Promise<Reference> {
    return read(async () => {
      if (isInWorkspace(uri)) return { input: await readInput(uri), shown: uri };
      return this.#staged(nameOf(uri), await vscode.workspace.fs.readFile(uri));
    });
  }

  /** Bytes that the page handed over. */
  bytes(name: string, bytes: Uint8Array): Promise<Reference> {
    return read(() => this.#staged(name, bytes));
  }

  /** An asset of the gallery. One that waits is copied: it may be placed or discarded before it is sent. */
  async entry({ uri, name, state }: GalleryEntry): Promise<Reference> {
    const at = vscode.Uri.parse(uri, true);
    if (state === "placed" || state === "saved") return this.file(at);
    return read(async () => this.#staged(name, await vscode.workspace.fs.readFile(at)));
  }

  async #staged(name: string, bytes: Uint8Array): Promise<Omit<ComposeInput, "id">> {
    const own = safeName(name);
    const format = sniff(bytes);
    if (!format) throw new InputError("notMedia", own);
    const staged = await this.#uploads.add(bytes, format.extension);
    return { input: await stagedInput(own, bytes, staged.file), shown: vscode.Uri.file(staged.path), staged };
  }
}

/** The references that fit a role, with it; why the others do not. */
export function asRole(
  compose: Compose,
  references: readonly Reference[],
  role: InputRole | undefined,
): { given: Omit<ComposeInput, "id">[]; refused: string[] } {
  const [request] = compose.requests();
  const slot = request?.offer.profile.inputs.find((one) => one.role === role);
  const given: Omit<ComposeInput, "id">[] = [];
  const refused: string[] = [];
  for (const reference of references) {
    if ("refused" in reference) refused.push(reference.refused);
    else if (slot && !fits(slot, reference.given.input.kind))
      refused.push(misfitText(reference.given.input, slot));
    else given.push(withRole(reference.given, slot?.role));
  }
  return { given, refused };
}

function withRole(given: Omit<ComposeInput, "id">, role: InputRole | undefined): Omit<ComposeInput, "id"> {
  return role ? { ...given, input: { ...given.input, role } } : given;
}

function misfitText({ name }: ChosenInput, slot: InputSlot): string {
  return l10n.t("{0} is no file for “{1}”.", name, slotText(slot));
}

async function read(act: () => Promise<Omit<ComposeInput, "id">>): Promise<Reference> {
  try {
    return { given: await act() };
  } catch (error) {
    if (error instanceof InputError) return { refused: inputErrorText(error) };
    if (error instanceof vscode.FileSystemError)
      return { refused: l10n.t("This is no file that Easel can read.") };
    throw error;
  }
}

function linkReference(text: string): Reference {
  const problem = linkProblem(text, {});
  return problem ? { refused: linkProblemText(problem) } : { given: { input: linkInput("image", text) } };
}

function parsed(text: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(text.trim(), true);
  } catch {
    return undefined;
  }
}

/** A name for showing: without folders and control characters. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  return (
    last
      .replaceAll(/\p{Cc}/gu, "")
      .trim()
      .slice(0, 200) || "image"
  );
}
