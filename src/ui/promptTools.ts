import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { operations } from "../model/operations.ts";
import { improveLabel, improvePrompt } from "./improvePrompt.ts";
import { nameElement } from "./nameElement.ts";
import type { RequestDraft } from "./requestDraft.ts";

/** A button in the step that asks for a prompt. */
export interface PromptTool {
  id: string;
  icon: vscode.ThemeIcon;
  tooltip: string;
  /** Whether it is of use for a draft. */
  suits(draft: RequestDraft): boolean;
  /** The prompt to go on with; undefined leaves it as it is. */
  run(prompt: string, draft: RequestDraft): Promise<string | undefined>;
}

/** The tools of the prompt step. */
export async function promptTools(services: Pick<Services, "aside" | "texts">): Promise<PromptTool[]> {
  const element: PromptTool = {
    id: "element",
    icon: new vscode.ThemeIcon("mention"),
    tooltip: l10n.t("Name an Element of the Library"),
    suits: ({ offer }) => offer.profile.namesElements === true && offer.vendor.library !== undefined,
    run: (prompt, draft) => nameElement(services, prompt, draft),
  };
  const label = improveLabel();
  if (label === undefined) return [element];
  return [
    element,
    {
      id: "improve",
      icon: new vscode.ThemeIcon("sparkle"),
      tooltip: label,
      suits: () => true,
      async run(prompt, { offer }) {
        if (prompt.trim() !== "") return improvePrompt(services, prompt, operations[offer.operation].output);
        vscode.window.showInformationMessage(l10n.t("Write a few words first; they can then be improved."));
        return undefined;
      },
    },
  ];
}
