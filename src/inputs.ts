import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { sha256 } from "./assets/hash.ts";
import { probeBytes } from "./assets/probe.ts";
import { hasTransparentPixel } from "./assets/transparency.ts";
import type { Assigned, GivenInput, InputKind } from "./model/assign.ts";
import type { InputFacts } from "./model/catalog.ts";
import { linkName } from "./model/link.ts";
import type { InputRef, InputSource } from "./model/request.ts";
import type { InputFile } from "./vendors/contract.ts";
import { VendorError } from "./vendors/errors.ts";

/** Larger than any vendor takes: not even read. Bytes. */
const maxInputBytes = 256 * 1024 * 1024;

/** An input as it is chosen: where it is, and what its bytes say; nothing is known of what a link leads to. */
export interface ChosenInput extends GivenInput {
  name: string;
  source: InputSource;
  facts?: Omit<InputFacts, "role" | "name">;
  /** The bytes of one that is no file and that nobody else keeps until the request is sent. */
  held?: Uint8Array;
}

/** Why a file cannot be an input at all, whatever the model. */
export class InputError extends Error {
  readonly code: "unreadable" | "tooLarge" | "notMedia";
  readonly fileName: string;

  constructor(code: InputError["code"], fileName: string, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.fileName = fileName;
  }
}

/** Last part of an address, as a person knows the file. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1);
}

/** File endings by the kind of media they promise; package.json's `when` clauses hold the same lists. */
export const extensions: Readonly<Record<InputKind, readonly string[]>> = {
  image: ["png", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "gif", "heic", "heif"],
  video: ["mp4", "mov", "m4v", "webm"],
  audio: ["mp3", "wav", "m4a", "aac", "flac", "ogg", "opus"],
};

/** The kind of media a file's name promises. */
export function promisedKind(uri: vscode.Uri): InputKind | undefined {
  const ending = uri.path.slice(uri.path.lastIndexOf(".") + 1).toLowerCase();
  return (Object.keys(extensions) as InputKind[]).find((kind) => extensions[kind].includes(ending));
}

/**
 * Reads a workspace file and what it is. Throws {@link InputError}. A file that is no media but is called like some has facts that
 * no model takes.
 */
export async function readInput(uri: vscode.Uri): Promise<ChosenInput> {
  const name = nameOf(uri);
  const bytes = await readWhole(uri);
  const probed = factsOf(bytes);
  const kind = kindOf(probed.type) ?? promisedKind(uri);
  if (!kind) throw new InputError("notMedia", name);
  const transparent = await transparencyOf(bytes, probed.type);
  return {
    kind,
    name,
    source: { kind: "file", uri: uri.toString(), sha256: sha256(bytes), bytes: bytes.length },
    facts: { ...probed, bytes: bytes.length, ...transparent },
  };
}

/** Bytes that are no file of the workspace, as an input; `file` is where its job will keep them. Throws {@link InputError}. */
export async function stagedInput(name: string, bytes: Uint8Array, file: string): Promise<ChosenInput> {
  const probed = factsOf(bytes);
  const kind = kindOf(probed.type);
  if (!kind) throw new InputError("notMedia", name);
  return {
    kind,
    name,
    source: { kind: "staged", file, sha256: sha256(bytes), bytes: bytes.length },
    facts: { ...probed, bytes: bytes.length, ...(await transparencyOf(bytes, probed.type)) },
  };
}

/** An address, checked before, as an input. */
export function linkInput(kind: InputKind, address: string, name = linkName(address)): ChosenInput {
  return { kind, name, source: { kind: "link", url: address.trim() } };
}

/** How an input that has its role stands in a request. */
export function refOf({ role, name, source }: Assigned<ChosenInput>): InputRef {
  return { role, name, source };
}

function kindOf(type: string): InputKind | undefined {
  const [kind] = type.split("/");
  return kind === "image" || kind === "video" || kind === "audio" ? kind : undefined;
}

async function readWhole(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > maxInputBytes) throw new InputError("tooLarge", nameOf(uri));
    return await vscode.workspace.fs.readFile(uri);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError("unreadable", nameOf(uri), { cause });
  }
}

function factsOf(bytes: Uint8Array): Pick<InputFacts, "type" | "width" | "height" | "seconds"> {
  try {
    const { type, width, height, seconds } = probeBytes(bytes);
    return {
      type,
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      ...(seconds === undefined ? {} : { seconds }),
    };
  } catch {
    return { type: "application/octet-stream" };
  }
}

async function transparencyOf(bytes: Uint8Array, type: string): Promise<{ transparent?: boolean }> {
  if (type !== "image/png") return {};
  try {
    return { transparent: await hasTransparentPixel(bytes) };
  } catch {
    return {};
  }
}

/**
 * Opens an input of a job again, from where its request says it is; `path` is where a staged one lies. A workspace file that
 * is gone or no longer what was asked about is refused with a {@link VendorError}: what is sent is what was confirmed.
 */
export async function openInput(ref: InputRef, path: string | undefined): Promise<InputFile> {
  const { role, name, source } = ref;
  if (source.kind === "link") return { role, name, type: "", bytes: 0, url: source.url };
  const bytes = await readAgain(source.kind === "file" ? source.uri : undefined, path);
  if (!bytes || sha256(bytes) !== source.sha256) {
    throw new VendorError({ reason: "invalid", sent: "no", field: name, next: "inputChanged" });
  }
  return {
    role,
    name,
    ...factsOf(bytes),
    bytes: bytes.length,
    open: async function* () {
      yield bytes;
    },
  };
}

async function readAgain(uri: string | undefined, path: string | undefined): Promise<Uint8Array | undefined> {
  try {
    if (uri !== undefined) return await readWhole(vscode.Uri.parse(uri, true));
    return path === undefined ? undefined : await readFile(path);
  } catch {
    return undefined;
  }
}
