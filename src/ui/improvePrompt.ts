import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import type { MediaKind } from "../model/operations.ts";
import { unlinked } from "../text/unlinked.ts";
import { answerOf, assisted, whoCan } from "./assistant.ts";
import { back, pickOne } from "./multiStep.ts";

/** What the language model is told; it answers in the language of the prompt. */
export function instructionsFor(kind: MediaKind): string {
  return [
    `You rewrite prompts for a model that generates ${kind}.`,
    "Keep the language of the prompt, its subject, its intent, every name, number and quoted text.",
    "Keep anything in angle brackets or after an @ sign exactly as it is.",
    "Add concrete detail only where the prompt leaves it open.",
    "Answer with the rewritten prompt alone, on one line, in at most 100 words: no explanation, no quotation marks around it.",
  ].join(" ");
}

/** What happens to a prompt that is to be improved, for the button's tooltip. */
export function improveLabel(): string | undefined {
  const entry = whoCan("chat");
  return entry && l10n.t("Improve Prompt (sends it to {0}, which may bill it)", entry.name);
}

/**
 * Has a prompt improved, shows the difference, and answers the one that the user takes: the improved one, or undefined to keep
 * what was there.
 */
export async function improvePrompt(
  services: Pick<Services, "aside" | "texts">,
  prompt: string,
  kind: MediaKind,
): Promise<string | undefined> {
  const ask = { instructions: instructionsFor(kind), text: prompt };
  const improved = await assisted(
    services,
    "chat",
    l10n.t("Easel: improving the prompt…"),
    (vendor, context, tell) =>
      answerOf(vendor, context, ask, (soFar) => tell(unlinked(oneLine(soFar).slice(-80)))),
  );
  const line = oneLine(improved ?? "");
  if (line === "" || line === prompt) {
    if (improved !== undefined) {
      vscode.window.showInformationMessage(l10n.t("Nothing to improve was found; the prompt stays."));
    }
    return undefined;
  }
  return (await isTaken(services, prompt, line)) ? line : undefined;
}

/** A text without line breaks and doubled spaces. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** A clause a line, so that what differs is seen beside what does not; below the list that asks, which covers the top. */
function toCompare(prompt: string): string {
  return "\n".repeat(9) + prompt.replaceAll(/([,;:.!?]) |([，；：。！？、])/g, "$1$2\n");
}

/** Shows both prompts side by side and asks. Both are in memory only. */
async function isTaken(
  { texts }: Pick<Services, "texts">,
  prompt: string,
  improved: string,
): Promise<boolean> {
  const mine = texts.add("prompt.txt", toCompare(prompt));
  const better = texts.add("improved.txt", toCompare(improved));
  try {
    const title = l10n.t("Prompt: yours and improved");
    await vscode.commands.executeCommand("vscode.diff", mine, better, title, {
      preview: true,
      preserveFocus: true,
    });
    const take = { label: l10n.t("Use the Improved Prompt"), detail: improved, value: true };
    const answer = await pickOne<boolean>(
      { title: l10n.t("Easel: Improve Prompt") },
      {
        items: [take, { label: l10n.t("Keep Mine"), detail: prompt, value: false }],
        placeholder: l10n.t("The difference is shown in the editor"),
        active: take,
      },
    );
    return answer !== back && answer === true;
  } finally {
    await texts.remove(mine, better);
  }
}
