import type { DifferenceView } from "./studioViews.ts";

/** Texts with more pieces than this (multiplied) are shown as a whole: nobody reads such a difference word by word. */
const maxCells = 4_000_000;

/** What changed from one text to another, by words (by characters where the script has no spaces), in order. */
export function difference(before: string, after: string): DifferenceView[] {
  const [a, b] = [pieces(before), pieces(after)];
  if (a.length * b.length > maxCells) return joined([view("removed", before), view("added", after)]);
  const lengths = commonLengths(a, b);
  const views: DifferenceView[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      views.push(view("same", left));
      i++;
      j++;
    } else if (
      right === undefined ||
      (left !== undefined && at(lengths, i + 1, j) >= at(lengths, i, j + 1))
    ) {
      views.push(view("removed", left ?? ""));
      i++;
    } else {
      views.push(view("added", right));
      j++;
    }
  }
  return joined(views);
}

/** Words with the space behind them. */
function pieces(text: string): string[] {
  const words = new Intl.Segmenter(undefined, { granularity: "word" });
  const found: string[] = [];
  for (const { segment } of words.segment(text)) {
    if (found.length > 0 && segment.trim() === "") found[found.length - 1] += segment;
    else found.push(segment);
  }
  return found;
}

/** Lengths of the longest common subsequences of what follows each pair of places. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = rows[i];
    if (!row) continue;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

function at(rows: readonly Uint16Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

function view(kind: DifferenceView["kind"], text: string): DifferenceView {
  return { kind, text };
}

/** Neighbours of one kind as one; in a row of changes, what was removed comes before what was added. */
function joined(views: readonly DifferenceView[]): DifferenceView[] {
  const result: DifferenceView[] = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed !== "") result.push(view("removed", removed));
    if (added !== "") result.push(view("added", added));
    removed = added = "";
  };
  for (const { kind, text } of views) {
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else {
      flush();
      const last = result.at(-1);
      if (last?.kind === "same") result[result.length - 1] = view("same", last.text + text);
      else result.push(view("same", text));
    }
  }
  flush();
  return result;
}
