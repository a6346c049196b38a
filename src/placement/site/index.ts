import type { Form, PlacedKind } from "../markup/types.ts";
import { commentAt } from "./comments.ts";
import { languageAt } from "./embedded.ts";
import { afterComment, onLine } from "./layout.ts";
import { linkSite } from "./link.ts";

/** Where a document's text changes, and what the place asks for. Offsets in UTF-16 units; `end` > `start` is replaced. */
export interface Site {
  start: number;
  end: number;
  form: Form;
  /** The language at the place, which is not the document's own inside a style sheet or a fenced block. */
  languageId: string;
  /** Stands before and after the markup. */
  before: string;
  after: string;
  /** Put in front of every line of the markup but the first. */
  indent: string;
}

export interface SiteQuery {
  text: string;
  /** The remembered place: the caret, or what was selected. */
  start: number;
  end: number;
  languageId: string;
  kind: PlacedKind;
}

/**
 * The place and form for markup asked for at a caret or selection: the link alone where only a link can stand, after a comment rather
 * than inside it, on a line of its own where the line is empty or the language wants it, within the text otherwise.
 */
export function siteAt(query: SiteQuery): Site {
  const languageId = languageAt(query.text, query.start, query.languageId);
  const local = { ...query, languageId };
  const link = linkSite(local);
  if (link) return link;
  const comment = query.start === query.end ? commentAt(query.text, query.start, languageId) : undefined;
  return (comment && afterComment(local, comment)) ?? onLine(local);
}

/** The text that a site's markup makes of the document: what replaces its range. */
export function siteText(site: Site, markup: string): string {
  return site.before + markup.replaceAll("\n", `\n${site.indent}`) + site.after;
}
