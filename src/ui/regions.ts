import * as vscode from "vscode";
import { l10n } from "vscode";
import type { ChosenInput } from "../inputs.ts";
import { regionTag } from "../model/regions.ts";
import { pickRegions } from "../studio/regions.ts";
import { back, pickOne } from "./multiStep.ts";
import { inputsOf, type RequestDraft } from "./requestDraft.ts";

/** More marks than this make a prompt nobody can read. */
const maxRegions = 20;

/**
 * Lets the user mark points and boxes on one of the draft's pictures and answers its prompt with their tags behind the picture's
 * name, to be woven into the sentence in the prompt step. Undefined if the user left.
 */
export async function regionPrompt(
  extensionUri: vscode.Uri,
  draft: RequestDraft,
  onFault: (error: unknown) => void,
): Promise<string | undefined> {
  const pictures = inputsOf(draft).used.filter(({ kind }) => kind === "image");
  const index = await pickPicture(pictures);
  const input = index === undefined ? undefined : pictures[index];
  if (index === undefined || input?.source.kind !== "file") return undefined;
  const { width, height } = input.facts ?? {};
  if (!width || !height) return undefined;
  const image = vscode.Uri.parse(input.source.uri, true);
  const regions = await pickRegions({ extensionUri, image, width, height, max: maxRegions, onFault });
  if (!regions) return undefined;
  const tags = regions.map((region) => `Image ${index + 1}${regionTag(region, width, height)}`);
  return [draft.prompt.trim(), ...tags].filter(Boolean).join(" ");
}

async function pickPicture(inputs: readonly ChosenInput[]): Promise<number | undefined> {
  if (inputs.length < 2) return inputs.length - 1;
  const picked = await pickOne<number>(
    { title: l10n.t("Points and Boxes"), canGoBack: true },
    {
      items: inputs.map(({ name }, index) => ({
        label: l10n.t("Image {0}", index + 1),
        description: name,
        value: index,
      })),
      placeholder: l10n.t("On which picture?"),
    },
  );
  return picked === back ? undefined : picked;
}
