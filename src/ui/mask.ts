import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { type ChosenInput, stagedInput } from "../inputs.ts";
import { paintMask } from "../studio/mask.ts";
import { inputsOf, type RequestDraft } from "./requestDraft.ts";

/** Roles of the picture that a mask lies over, the likeliest first. */
const bases = ["source", "firstFrame", "reference"] as const;

interface Paintable {
  image: vscode.Uri;
  width: number;
  height: number;
}

/** The picture of a draft that a mask would lie over, if it is a file whose size is known. */
export function paintable(draft: RequestDraft): Paintable | undefined {
  const { used } = inputsOf(draft);
  const base = bases.map((role) => used.find((input) => input.role === role)).find(Boolean);
  const { width, height } = base?.facts ?? {};
  if (base?.source.kind !== "file" || !width || !height) return undefined;
  return { image: vscode.Uri.parse(base.source.uri, true), width, height };
}

/** Has a mask painted over the draft's picture. It is held in memory until the request is sent. Undefined if the user left. */
export async function maskInput(
  extensionUri: vscode.Uri,
  draft: RequestDraft,
  onFault: (error: unknown) => void,
): Promise<ChosenInput | undefined> {
  const base = paintable(draft);
  const bytes = base && (await paintMask({ extensionUri, ...base, onFault }));
  if (!bytes) return undefined;
  const input = await stagedInput("mask.png", bytes, `inputs/mask-${randomUUID().slice(0, 8)}.png`);
  return { ...input, role: "mask", held: bytes };
}
