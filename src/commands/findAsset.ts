import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { nameOf, promisedKind } from "../inputs.ts";
import { isProblem } from "../placement/problems.ts";
import { applyText, planText } from "../placement/text.ts";
import {
  type Embed,
  type Found,
  type KnownText,
  SearchIndex,
  type TextSource,
  textSources,
} from "../search/searchIndex.ts";
import { collectTexts } from "../search/texts.ts";
import { placementProblemText } from "../text/placement.ts";
import { assisted, whoCan } from "../ui/assistant.ts";
import { askTextOr, back, pickOne } from "../ui/multiStep.ts";
import { type Place, rememberPlace } from "../ui/place.ts";

/** How many of the nearest texts are ranked again, and how many are shown. */
const nearestCount = 30;
const shownCount = 12;

/**
 * Finds an asset of the workspace by what it shows. The texts that the user chose to keep are embedded once; the index of them is local,
 * says what it holds, and can be emptied. What is found is opened or inserted.
 */
export async function findAsset(services: Services): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  try {
    await find(services, anchor);
  } finally {
    anchor?.dispose();
  }
}

async function find(services: Services, anchor: Place["anchor"]): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const entry = whoCan("embed");
  if (!folder || !entry) {
    vscode.window.showInformationMessage(l10n.t("Open a folder first: assets are looked for in it."));
    return;
  }
  const index = indexOf(services.storage, folder);
  const chosen = await index.sources();
  const known = await collectTexts(folder, chosen.length > 0 ? chosen : textSources);
  const sources = chosen.length > 0 ? chosen : await chooseSources(known, entry.name);
  if (!sources || !(await refresh(services, index, known, sources))) return;
  for (;;) {
    const query = await askQuery(services, index);
    if (query === undefined) return;
    const found = await search(services, index, query);
    if (!found) return;
    const picked = await pickFound(query, found);
    if (picked === back) continue;
    if (picked) await use(services, picked, anchor, folder);
    return;
  }
}

/** The index of a workspace folder, in Easel's own storage. */
function indexOf(storage: vscode.Uri, folder: vscode.Uri): SearchIndex {
  const name = createHash("sha256").update(folder.toString()).digest("hex").slice(0, 16);
  return new SearchIndex(vscode.Uri.joinPath(storage, "search", `${name}.json`).fsPath);
}

function sourceText(source: TextSource): string {
  const texts: Record<TextSource, string> = {
    altTexts: l10n.t("Alt texts of pictures in documents"),
    recipes: l10n.t("Prompts in recipe files"),
  };
  return texts[source];
}

/** Asks what may be kept, before anything is. Undefined if cancelled or nothing was chosen. */
async function chooseSources(
  known: readonly KnownText[],
  vendor: string,
): Promise<readonly TextSource[] | undefined> {
  const items = textSources.map((source) => {
    const { length } = known.filter((text) => text.source === source);
    return {
      label: sourceText(source),
      description: length === 1 ? l10n.t("1 text here now") : l10n.t("{0} texts here now", length),
      detail: l10n.t("each goes to {0} once, which may bill it", vendor),
      picked: length > 0,
      source,
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t("Easel: Find Asset"),
    canPickMany: true,
    ignoreFocusOut: true,
    placeHolder: l10n.t("What may the index on this machine keep?"),
  });
  return picked && picked.length > 0 ? picked.map(({ source }) => source) : undefined;
}

/** Brings the index up to date: only texts that are new are sent. False if that failed. */
async function refresh(
  services: Services,
  index: SearchIndex,
  known: readonly KnownText[],
  sources: readonly TextSource[],
): Promise<boolean> {
  const texts = known.filter(({ source }) => sources.includes(source));
  if (texts.length === 0) {
    vscode.window.showInformationMessage(
      l10n.t(
        "There is nothing to find yet: no picture in a document has an alt text, and there are no recipes.",
      ),
    );
    return false;
  }
  const count = await index.missing(texts);
  if (count === 0) {
    await index.update(sources, texts, () => Promise.reject(new TypeError("nothing is missing")));
    return true;
  }
  const title = count === 1 ? l10n.t("Easel: reading 1 text…") : l10n.t("Easel: reading {0} texts…", count);
  const done = await assisted(services, "embed", title, async (vendor, context) => {
    const embed: Embed = (words) => vendor.embed(words, "document", context);
    await index.update(sources, texts, embed);
    return true;
  });
  return done === true;
}

/** Asks what to look for; shows or empties the index on the way. Undefined if cancelled or emptied. */
async function askQuery(services: Services, index: SearchIndex): Promise<string | undefined> {
  const buttons = [
    { id: "show", iconPath: new vscode.ThemeIcon("list-unordered"), tooltip: l10n.t("What the Index Holds") },
    { id: "empty", iconPath: new vscode.ThemeIcon("trash"), tooltip: l10n.t("Empty the Index") },
  ];
  const answer = await askTextOr(
    { title: l10n.t("Easel: Find Asset") },
    {
      placeholder: l10n.t("What does it show?"),
      prompt: l10n.t("Texts in the index on this machine: {0}", (await index.texts()).length),
      required: l10n.t("Write a few words about what it shows."),
    },
    buttons,
  );
  if (typeof answer === "string") return answer;
  if (typeof answer !== "object") return undefined;
  if (answer.button === "show") await showIndex(services, index);
  else await emptyIndex(index);
  return undefined;
}

async function showIndex({ texts }: Services, index: SearchIndex): Promise<void> {
  const held = await index.texts();
  const lines = textSources.flatMap((source) => {
    const own = held.filter((each) => each.source === source);
    if (own.length === 0) return [];
    const said = own.map(
      ({ uri, text }) => `  ${vscode.workspace.asRelativePath(vscode.Uri.parse(uri))}\n    ${text}`,
    );
    return [sourceText(source), ...said, ""];
  });
  const content = `${l10n.t("Easel keeps these texts and a list of numbers for each, on this machine only.")}\n\n${lines.join("\n")}`;
  await texts.show(l10n.t("Index of Easel.txt"), content);
}

async function emptyIndex(index: SearchIndex): Promise<void> {
  const empty = l10n.t("Empty It");
  const answer = await vscode.window.showWarningMessage(
    l10n.t("Empty the index of this folder? To find assets again, its texts have to be sent again."),
    { modal: true },
    empty,
  );
  if (answer !== empty) return;
  await index.clear();
  vscode.window.showInformationMessage(l10n.t("The index is empty."));
}

/** The nearest texts, ranked once more where the vendor can. */
async function search(services: Services, index: SearchIndex, query: string): Promise<Found[] | undefined> {
  return assisted(services, "embed", l10n.t("Easel: looking for it…"), async (vendor, context) => {
    const { model, vectors } = await vendor.embed([query], "query", context);
    const near = await index.nearest(model, vectors[0] ?? [], nearestCount);
    if (!vendor.rerank || near.length < 2) return near.slice(0, shownCount);
    const ranked = await vendor.rerank(
      query,
      near.map(({ text }) => text),
      context,
    );
    return ranked.flatMap(({ index: at }) => near[at] ?? []).slice(0, shownCount);
  });
}

async function pickFound(query: string, found: readonly Found[]) {
  return pickOne<Found>(
    { title: l10n.t("Easel: Find Asset"), canGoBack: true },
    {
      items: found.map((one) => {
        const uri = vscode.Uri.parse(one.uri);
        return {
          label: nameOf(uri),
          description: vscode.workspace.asRelativePath(uri),
          detail: one.text,
          alwaysShow: true,
          value: one,
        };
      }),
      placeholder:
        found.length > 0
          ? l10n.t("Best first: “{0}”", query)
          : l10n.t("Nothing was found. Go back to try other words."),
    },
  );
}

/** Opens what was found, or inserts it after its line was shown. */
async function use(
  { anchors }: Services,
  found: Found,
  anchor: Place["anchor"],
  folder: vscode.Uri,
): Promise<void> {
  const uri = vscode.Uri.parse(found.uri);
  const open = { label: `$(go-to-file) ${l10n.t("Open")}`, value: "open" as const };
  const place = anchor && (await anchors.resolve(anchor.record));
  const plan =
    place && !isProblem(place)
      ? planText(place, { kind: promisedKind(uri) ?? "image" }, { file: uri }, found.text, { scope: folder })
      : undefined;
  const insert = plan && {
    label: `$(insert) ${l10n.t("Insert")}`,
    description: l10n.t("{0}, line {1}", plan.where.file, plan.where.line),
    detail: plan.line,
    value: "insert" as const,
  };
  const choice = await pickOne<"open" | "insert">(
    { title: nameOf(uri) },
    { items: insert ? [open, insert] : [open], placeholder: l10n.t("What should be done with it?") },
  );
  if (choice === "open") await vscode.commands.executeCommand("vscode.open", uri);
  if (choice !== "insert" || !plan || (await applyText(plan)) !== "changed") return;
  vscode.window.showWarningMessage(
    placementProblemText({ code: "changed", args: { file: plan.where.file } }),
  );
}
