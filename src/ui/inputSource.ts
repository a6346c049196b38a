import * as vscode from "vscode";
import { l10n } from "vscode";
import { type ChosenInput, extensions, linkInput } from "../inputs.ts";
import { fits, kindsOf } from "../model/assign.ts";
import type { InputSlot } from "../model/catalog.ts";
import { linkProblem } from "../model/link.ts";
import { linkHint, linkLifeText, linkProblemText, slotText } from "../text/inputs.ts";
import { unlinked } from "../text/unlinked.ts";
import type { EarlierLink } from "./earlierLinks.ts";
import { browse, readFiles } from "./media.ts";
import {
  askText,
  type Back,
  back,
  type PickItem,
  pickOne,
  type StepFrame,
  type StepResult,
} from "./multiStep.ts";

/** More files than this in a list are found faster in a dialog. */
const maxListed = 200;

/** What the answer is when the user would rather do without. */
export const leftOut = Symbol("leftOut");

/** What an input is asked for with. */
export interface InputQuestion {
  slot: InputSlot;
  /** What is asked, or why what was given cannot go. */
  placeholder: string;
  /** Whether the request can do without. */
  optional?: boolean;
  /** Results that can stand in for a link. */
  earlier: readonly EarlierLink[];
  /** Lets the user paint it; undefined if they left. */
  paint?: (() => Promise<ChosenInput | undefined>) | undefined;
}

type Choice = "paint" | "browse" | "link" | typeof leftOut | vscode.Uri | EarlierLink;

/** Asks where an input of a slot comes from, in every way the slot takes, and reads it. The answer has the slot's role. */
export async function askInput(
  frame: StepFrame,
  question: InputQuestion,
): StepResult<ChosenInput | typeof leftOut> {
  const { slot } = question;
  const items = await choices(question);
  for (;;) {
    const picked = await pickOne<Choice>(frame, { items, placeholder: question.placeholder });
    if (picked === undefined || picked === back || picked === leftOut) return picked;
    const input =
      picked === "paint" ? ((await question.paint?.()) ?? back) : await inputOf(frame, slot, picked);
    if (input === undefined) return undefined;
    if (input !== back) return { ...input, role: slot.role };
  }
}

async function choices({ slot, optional, earlier, paint }: InputQuestion): Promise<PickItem<Choice>[]> {
  const bytes = slot.takes !== "link";
  const files = bytes ? await workspaceFiles(slot) : [];
  return [
    ...(bytes && paint
      ? [{ label: `$(paintcan) ${l10n.t("Paint It on the Picture…")}`, value: "paint" as const }]
      : []),
    ...(bytes
      ? [{ label: `$(folder-opened) ${l10n.t("Browse for a File…")}`, value: "browse" as const }]
      : []),
    ...(slot.takes === "bytes"
      ? []
      : [{ label: `$(link) ${linkLabel(slot)}`, description: linkHint(slot), value: "link" as const }]),
    ...(optional ? [{ label: `$(close) ${l10n.t("Leave It Out")}`, value: leftOut as typeof leftOut }] : []),
    ...(slot.takes !== "bytes" && earlier.length > 0
      ? [{ label: l10n.t("earlier results"), kind: -1 }, ...earlier.map(earlierItem)]
      : []),
    ...(files.length > 0 ? [{ label: l10n.t("in this workspace"), kind: -1 }, ...files.map(fileItem)] : []),
  ];
}

function linkLabel({ ids }: InputSlot): string {
  if (ids === "only") return l10n.t("Type Its Id…");
  return ids ? l10n.t("Paste a Link or Id…") : l10n.t("Paste a Link…");
}

function earlierItem(earlier: EarlierLink): PickItem<Choice> {
  const { job, asset, expires } = earlier;
  return {
    label: `$(history) ${job.request.prompt || asset.file}`,
    description: expires === undefined ? earlier.address : linkLifeText(expires),
    value: earlier,
  };
}

function fileItem(uri: vscode.Uri): PickItem<Choice> {
  const path = vscode.workspace.asRelativePath(uri);
  const cut = path.lastIndexOf("/");
  return {
    label: `$(file) ${path.slice(cut + 1)}`,
    description: path.slice(0, Math.max(0, cut)),
    value: uri,
  };
}

async function workspaceFiles(slot: InputSlot): Promise<vscode.Uri[]> {
  // `undefined` leaves out what the user's own settings leave out of searches.
  const found = await vscode.workspace.findFiles(
    `**/*.{${kindsOf(slot)
      .flatMap((kind) => extensions[kind])
      .join(",")}}`,
    undefined,
    maxListed,
  );
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** {@link back} if there was nothing after all. */
async function inputOf(
  frame: StepFrame,
  slot: InputSlot,
  choice: Exclude<Choice, typeof leftOut | "paint">,
): Promise<ChosenInput | Back | undefined> {
  if (choice === "link") return askLink({ ...frame, canGoBack: true }, slot);
  if (choice === "browse") {
    const [uri] = (await browse({ kinds: kindsOf(slot), many: false, title: slotText(slot) })) ?? [];
    return uri ? readAs(slot, uri) : back;
  }
  if (choice instanceof vscode.Uri) return readAs(slot, choice);
  return linkInput(slot.kind, choice.address);
}

async function readAs(slot: InputSlot, uri: vscode.Uri): Promise<ChosenInput | Back> {
  const [input] = (await readFiles([uri])) ?? [];
  if (!input) return back;
  if (fits(slot, input.kind)) return input;
  vscode.window.showErrorMessage(l10n.t("{0} is no file for “{1}”.", unlinked(input.name), slotText(slot)));
  return back;
}

async function askLink(frame: StepFrame, slot: InputSlot): Promise<ChosenInput | Back | undefined> {
  const typed = await askText(frame, {
    ...(slot.ids === "only" ? {} : { placeholder: "https://" }),
    prompt: `${slotText(slot)} · ${linkHint(slot)}`,
    required: linkLabel(slot),
    validate: (text) => {
      const problem = linkProblem(text, slot);
      return problem && linkProblemText(problem);
    },
  });
  return typeof typed === "string" ? linkInput(slot.kind, typed) : typed;
}
