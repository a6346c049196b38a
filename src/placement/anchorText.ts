import type { AnchorRecord } from "../model/job.ts";

/** A place in a text: a caret, or what is selected. Offsets in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** One change of a text, as the editor reports it: `length` units at `offset` gave way to `text`. */
export interface TextChange {
  offset: number;
  length: number;
  text: string;
}

/** Lines kept above and below a place to know it again by. */
export const contextLines = 3;

/**
 * Where a place is after a change. What is typed right at a caret goes behind it, unless whole lines are put in front of the text
 * that the caret stands before.
 * @param leansOn The text that the caret stands next to: what follows it on its line, or not.
 * @returns `covered` when the place itself was replaced by something else, so that only its surroundings can tell where it went.
 */
export function shift(
  span: Span,
  { offset, length, text }: TextChange,
  leansOn: "following" | "none",
): Span & { covered: boolean } {
  const stop = offset + length;
  const delta = text.length - length;
  if (length === 0 && offset === span.start) {
    const pushed = leansOn === "following" ? text.includes("\n") : /^[^\r\n].*\n$/s.test(text);
    const inside = span.end > span.start && !pushed;
    if (pushed || inside) return { start: span.start + delta, end: span.end + delta, covered: false };
    return { ...span, covered: false };
  }
  if (offset >= span.end) return { ...span, covered: false };
  if (stop <= span.start) return { start: span.start + delta, end: span.end + delta, covered: false };
  if (offset >= span.start && stop <= span.end)
    return { start: span.start, end: span.end + delta, covered: false };
  const after = offset + text.length;
  return {
    start: offset < span.start ? after : span.start,
    end: Math.max(after, span.end + delta),
    covered: text !== "",
  };
}

/** The part of an {@link AnchorRecord} that a text alone gives. Line breaks inside `before` and `after` are `\n`. */
export type AnchorText = Pick<AnchorRecord, "offset" | "end" | "line" | "lineText" | "before" | "after">;

/** What a place is known by: its line, and the text around it. `before` ends at the place and `after` starts behind it. */
export function describePlace(text: string, { start, end }: Span): AnchorText {
  const before = linesOf(text.slice(0, start));
  const after = linesOf(text.slice(end));
  const line = before.length - 1;
  const lines = linesOf(text.slice(start - (before.at(-1)?.length ?? 0)));
  return {
    offset: start,
    end,
    line,
    lineText: lines[0] ?? "",
    before: before.slice(-contextLines - 1).join("\n"),
    after: after.slice(0, contextLines + 1).join("\n"),
  };
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}

interface Candidate {
  line: number;
  score: number;
  /** Something with text in it matched, not only blank lines. */
  solid: boolean;
}

/**
 * Finds a recorded place in a text that may have changed since: by its line and the lines around it, else between the lines that were
 * around it. `ambiguous` if several places fit equally well; undefined if none does.
 */
export function refind(record: AnchorText, text: string): Span | "ambiguous" | undefined {
  const lines = linesOf(text);
  const above = linesOf(record.before);
  const below = linesOf(record.after);
  const prefix = above.pop() ?? "";
  const suffix = below.shift() ?? "";
  if (record.lineText.trim() === "" && text.trim() === "" && above.length + below.length === 0) {
    return { start: text.length, end: text.length };
  }
  const score = (line: number) => scored(lines, line, above, below);
  for (const same of [exactly(record.lineText), trimmed(record.lineText), undefined]) {
    const candidates = lines.flatMap((found, line) => {
      const candidate = score(line);
      if (!same) return candidate.solid && touches(lines, line, above, below) ? [candidate] : [];
      return same(found) && (candidate.solid || record.lineText.trim() !== "") ? [candidate] : [];
    });
    const best = pick(candidates, record.line, above.length + below.length);
    if (best === "ambiguous") return best;
    if (best) return spanAt(record, text, lines, best.line, prefix, suffix);
  }
  return undefined;
}

function exactly(lineText: string): (found: string) => boolean {
  return (found) => found === lineText;
}

function trimmed(lineText: string): (found: string) => boolean {
  return (found) => found.trim() === lineText.trim();
}

/** How many lines in a row are the same above and below. The edges of a text count as lines. */
function scored(
  lines: readonly string[],
  line: number,
  above: readonly string[],
  below: readonly string[],
): Candidate {
  let score = 0;
  let solid = false;
  const walk = (wanted: readonly string[], step: 1 | -1) => {
    for (let i = 0; i < wanted.length; i++) {
      const found = lines[line + step * (i + 1)];
      const expected = step === 1 ? wanted[i] : wanted[wanted.length - 1 - i];
      if (found === undefined || found.trim() !== expected?.trim()) return;
      score++;
      solid ||= found.trim() !== "";
    }
    if (wanted.length < contextLines && lines[line + step * (wanted.length + 1)] === undefined) score++;
  };
  walk(above, -1);
  walk(below, 1);
  return { line, score, solid };
}

/** For a line that itself has changed: both its neighbours are still there. */
function touches(
  lines: readonly string[],
  line: number,
  above: readonly string[],
  below: readonly string[],
): boolean {
  const same = (found: string | undefined, wanted: string | undefined) => found?.trim() === wanted?.trim();
  return same(lines[line - 1], above.at(-1)) && same(lines[line + 1], below[0]);
}

function pick(
  candidates: readonly Candidate[],
  line: number,
  full: number,
): Candidate | "ambiguous" | undefined {
  const most = Math.max(...candidates.map(({ score }) => score));
  const best = candidates.filter(({ score }) => score === most);
  if (best.length < 2) return best[0];
  // Of several that are the same all around, the one that has not moved.
  return best.find((candidate) => candidate.line === line && candidate.score >= full) ?? "ambiguous";
}

function spanAt(
  record: AnchorText,
  text: string,
  lines: readonly string[],
  line: number,
  prefix: string,
  suffix: string,
): Span {
  const start = startOfLine(text, line) + columnIn(lines[line] ?? "", prefix, suffix, record);
  const end = start + record.end - record.offset;
  const rest = linesOf(text.slice(end))[0];
  return { start, end: end <= text.length && rest === suffix ? end : start };
}

function columnIn(found: string, prefix: string, suffix: string, record: AnchorText): number {
  if (found.startsWith(prefix)) return prefix.length;
  if (suffix !== "" && record.end === record.offset && found.endsWith(suffix))
    return found.length - suffix.length;
  const moved = indentation(found) - indentation(prefix);
  return found.trim() === record.lineText.trim() ? Math.max(0, prefix.length + moved) : found.length;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf("\n", start) + 1;
  return start;
}
