import { markupLanguage } from "../markup/index.ts";
import type { Form } from "../markup/types.ts";
import type { Comment } from "./comments.ts";
import { isIn } from "./families.ts";
import type { Site, SiteQuery } from "./index.ts";
import { indentOf, isBlank, type Line, lineAt, nextLine, previousLine } from "./lines.ts";
import { styleSheetForm } from "./styleSheet.ts";
import { tagAt } from "./tag.ts";

/** A site in running text: on the line itself if it is empty but for the selection, else within it or, if need be, below it. */
export function onLine(query: SiteQuery): Site {
  const { text, start, end } = query;
  const first = lineAt(text, start);
  const last = lineAt(text, end);
  if (text.slice(first.start, start).trim() === "" && text.slice(end, last.end).trim() === "") {
    return ownLine(query, first, last);
  }
  const tag = isIn("tags", query.languageId) ? tagAt(text, start) : undefined;
  if (tag) return { ...bare(query, formFor(query, tag.end, "inline")), start: tag.end, end: tag.end };
  if (markupLanguage(query.languageId).ownLine?.includes(query.kind)) return belowParagraph(query);
  return bare(query, formFor(query, start, "inline"));
}

/** After a comment: on the next line, or behind it if more text follows there. Undefined for a language that only gets paths. */
export function afterComment(query: SiteQuery, comment: Comment): Site | undefined {
  const { text } = query;
  const last = lineAt(text, comment.end);
  if (!isIn("indented", query.languageId) && !knownMarkup(query.languageId)) {
    // A path on a line of its own would be read as code, so it stays in the comment.
    if (comment.kind === "block") return undefined;
    return { ...bare(query, "inline"), start: comment.end, end: comment.end, before: " " };
  }
  if (text.slice(comment.end, last.end).trim() !== "") {
    return { ...bare(query, formFor(query, comment.end, "inline")), start: comment.end, end: comment.end };
  }
  const indent = indentOf(lineAt(text, comment.start));
  const gap = isIn("paragraphs", query.languageId);
  const below = nextLine(text, last);
  return {
    ...bare(query, formFor(query, comment.end, "line")),
    start: comment.end,
    end: comment.end,
    before: `${gap ? "\n\n" : "\n"}${indent}`,
    after: gap && !isBlank(below) ? "\n" : "",
    indent,
  };
}

function knownMarkup(languageId: string): boolean {
  return markupLanguage(languageId) !== markupLanguage("plaintext");
}

function bare(query: SiteQuery, form: Form): Site {
  const { start, end, languageId } = query;
  return { start, end, form, languageId, before: "", after: "", indent: "" };
}

/** Style sheets and LaTeX floats ask for a form of their own. */
function formFor(query: SiteQuery, offset: number, form: "line" | "inline"): Form {
  if (isIn("styles", query.languageId)) return styleSheetForm(styleText(query.text, offset));
  if (isIn("tex", query.languageId) && insideFloat(query.text.slice(0, offset))) return "float";
  return form;
}

/** In a document with a style element, only that element's text counts. */
function styleText(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const element = [...before.matchAll(/<style\b[^>]*>/gi)].at(-1);
  return element ? before.slice(element.index + element[0].length) : before;
}

function insideFloat(before: string): boolean {
  const opened = before.lastIndexOf("\\begin{figure");
  return opened >= 0 && opened > before.lastIndexOf("\\end{figure");
}

function ownLine(query: SiteQuery, first: Line, last: Line): Site {
  const above = previousLine(query.text, first);
  const below = nextLine(query.text, last);
  const indent =
    indentOf(first) || (isIn("indented", query.languageId) ? nesting(query.text, first, last) : "");
  const gap = isIn("paragraphs", query.languageId);
  return {
    ...bare(query, formFor(query, first.start, "line")),
    start: first.start,
    end: last.end,
    before: (gap && !isBlank(above) ? "\n" : "") + indent,
    after: gap && !isBlank(below) ? "\n" : "",
    indent,
  };
}

/** Indentation of an empty line: that of its neighbours with text, the deeper of the two. */
function nesting(text: string, first: Line, last: Line): string {
  let above = previousLine(text, first);
  while (above && isBlank(above)) above = previousLine(text, above);
  let below = nextLine(text, last);
  while (below && isBlank(below)) below = nextLine(text, below);
  const [a, b] = [above ? indentOf(above) : "", below ? indentOf(below) : ""];
  return b.length > a.length ? b : a;
}

/** For what cannot stand within a paragraph: a paragraph of its own below it. Takes the place of the selection, if any. */
function belowParagraph(query: SiteQuery): Site {
  const { text, start, end } = query;
  let last = lineAt(text, end);
  for (let down = nextLine(text, last); down && !isBlank(down); down = nextLine(text, down)) last = down;
  const marker = /^[ \t]*(?:(?:[-*+]|\d+[.)]|#\.)[ \t]+)?/.exec(lineAt(text, start).text)?.[0] ?? "";
  const indent = marker.replace(/\S/g, " ");
  const selected = end > start;
  return {
    ...bare(query, "line"),
    start: selected ? start : last.end,
    end: last.end,
    before: `${selected ? text.slice(end, last.end) : ""}\n\n${indent}`,
    after: "",
    indent,
  };
}
