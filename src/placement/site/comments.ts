import { isBlank, lineAt, nextLine, previousLine } from "./lines.ts";

interface CommentStyle {
  line: readonly string[];
  block: readonly (readonly [open: string, close: string])[];
}

const c: CommentStyle = { line: ["//"], block: [["/*", "*/"]] };
const jsxStyle: CommentStyle = { line: ["//"], block: [["{/*", "*/}"], ...c.block] };
const markupStyle: CommentStyle = { line: [], block: [["<!--", "-->"]] };
const hash: CommentStyle = { line: ["#"], block: [] };
const dashes: CommentStyle = { line: ["--"], block: [] };

const byStyle: readonly (readonly [CommentStyle, string])[] = [
  [
    c,
    "javascript typescript c cpp csharp java go rust swift kotlin dart scala groovy jsonc scss less php objective-c",
  ],
  [jsxStyle, "javascriptreact typescriptreact"],
  [{ line: [], block: c.block }, "css"],
  [markupStyle, "html vue svelte markdown xml"],
  [{ line: [], block: [...markupStyle.block, ["{/*", "*/}"]] }, "mdx"],
  [
    hash,
    "python ruby perl r shellscript yaml toml makefile dockerfile elixir julia coffeescript powershell ini",
  ],
  [{ line: ["%"], block: [] }, "latex tex bibtex erlang matlab"],
  [{ line: ["//"], block: [["////\n", "\n////"]] }, "asciidoc"],
  [dashes, "lua sql haskell"],
];
const styles = new Map(byStyle.flatMap(([style, ids]) => ids.split(" ").map((id) => [id, style] as const)));

/** A comment around an offset: where it starts and ends with its markers, and what it says without them. */
export interface Comment {
  start: number;
  end: number;
  text: string;
  kind: "line" | "block";
}

/** The comment that holds an offset; several line comments under each other count as one. */
export function commentAt(text: string, offset: number, languageId: string): Comment | undefined {
  if (languageId === "restructuredtext") return rstComment(text, offset);
  const style = styles.get(languageId);
  if (!style) return undefined;
  for (const [open, close] of style.block) {
    const start = text.lastIndexOf(open, offset);
    if (start < 0 || start >= offset) continue;
    const stop = text.indexOf(close, start + open.length);
    const end = stop < 0 ? text.length : stop + close.length;
    if (offset <= end) {
      const inside = text.slice(start + open.length, stop < 0 ? end : stop);
      return { start, end, kind: "block", text: stripped(inside, /^[ \t]*\*(?!\*)[ \t]?/) };
    }
  }
  for (const marker of style.line) {
    const found = lineComments(text, offset, marker);
    if (found) return found;
  }
  return undefined;
}

function lineComments(text: string, offset: number, marker: string): Comment | undefined {
  const line = lineAt(text, offset);
  const at = markerIn(line.text, marker);
  if (at < 0 || line.start + at + marker.length > offset) return undefined;
  let start = line.start + at;
  let end = line.end;
  if (line.text.slice(0, at).trim() === "") {
    const starts = (other: string) => other.trimStart().startsWith(marker);
    for (let up = previousLine(text, line); up && starts(up.text); up = previousLine(text, up)) {
      start = up.start + up.text.length - up.text.trimStart().length;
    }
    for (let down = nextLine(text, line); down && starts(down.text); down = nextLine(text, down))
      end = down.end;
  }
  const escaped = marker.replace(/[/%#-]/g, "\\$&");
  return {
    start,
    end,
    kind: "line",
    text: stripped(text.slice(start, end), new RegExp(`^[ \\t]*(?:${escaped})+[!/]?[ \\t]?`)),
  };
}

/** First marker of a line that is not inside quotes, part of an address or escaped. */
function markerIn(line: string, marker: string): number {
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const character = line[i] ?? "";
    if (character === "\\") i++;
    else if (quote) quote = character === quote ? "" : quote;
    else if (line.startsWith(marker, i) && line[i - 1] !== ":") return i;
    else if (/["'`]/.test(character) && !/\w/.test(line[i - 1] ?? "")) quote = character;
  }
  return -1;
}

/** `..` and what is indented under it, unless it is a directive, target, note or substitution. */
function rstComment(text: string, offset: number): Comment | undefined {
  let first = lineAt(text, offset);
  while (/^\s+\S/.test(first.text)) {
    const above = previousLine(text, first);
    if (isBlank(above) || !above) return undefined;
    first = above;
  }
  if (!/^\.\.\s+(?![_[|])(?!\S+::)/.test(first.text)) return undefined;
  let last = first;
  for (let down = nextLine(text, last); down && /^\s+\S/.test(down.text); down = nextLine(text, down))
    last = down;
  return {
    start: first.start,
    end: last.end,
    kind: "block",
    text: stripped(text.slice(first.start + 2, last.end), /^\s+/),
  };
}

function stripped(inside: string, marker: RegExp): string {
  const words = inside
    .split(/\r?\n/)
    .map((line) => line.replace(marker, "").trim())
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
  return words.replace(/^(?:TODO|FIXME)\b(?:\([^)]*\))?:?\s*/, "");
}
