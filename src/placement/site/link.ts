import { isIn } from "./families.ts";
import type { Site, SiteQuery } from "./index.ts";
import { lineAt } from "./lines.ts";
import { markdownLinkAt } from "./markdownImage.ts";
import { type Tag, type TagAttribute, tagAt } from "./tag.ts";

const linkAttributes = /^:?(?:src|href|xlink:href|poster|data|srcset|v-bind:src)$/i;
const mediaTags = /^(?:img|image|video|audio|source|track|embed|iframe|nuxt-img|NuxtImg|Image)$/;

/** The place of a link that is already there, or of the `src` that a media tag lacks; undefined anywhere else. */
export function linkSite(query: SiteQuery): Site | undefined {
  return (
    urlFunction(query) ??
    (isIn("markdown", query.languageId) ? markdownTarget(query) : undefined) ??
    (isIn("tags", query.languageId) ? tagTarget(query) : undefined) ??
    (isIn("code", query.languageId) ? quotes(query) : undefined) ??
    macroTarget(query)
  );
}

function site(query: SiteQuery, start: number, end: number, extra: Partial<Site> = {}): Site {
  return {
    start,
    end,
    form: "link",
    languageId: query.languageId,
    before: "",
    after: "",
    indent: "",
    ...extra,
  };
}

/** Inside `url(…)`, with or without quotes. */
function urlFunction(query: SiteQuery): Site | undefined {
  if (!isIn("styles", query.languageId) && !isIn("tags", query.languageId)) return undefined;
  return within(query, /\burl\(\s*(["']?)(?<link>[^"')]*)\1\s*\)/dg);
}

function markdownTarget(query: SiteQuery): Site | undefined {
  const link = markdownLinkAt(query.text, query.start);
  if (!link || query.end > link.end) return undefined;
  if (!link.image && query.start < link.targetStart) return undefined;
  return site(query, link.targetStart, link.targetEnd);
}

function tagTarget(query: SiteQuery): Site | undefined {
  const tag = tagAt(query.text, query.start);
  if (!tag || query.end > tag.end) return undefined;
  const holding = tag.attributes.find(
    ({ valueStart, valueEnd, quoted }) => quoted && query.start >= valueStart && query.end <= valueEnd,
  );
  if (holding && linkAttributes.test(holding.name)) return attributeValue(query, holding);
  if (mediaTags.test(tag.name)) return mediaSource(query, tag);
  if (holding?.value.trim() === "") return site(query, holding.valueStart, holding.valueEnd);
  return undefined;
}

/** A bound attribute of Vue holds an expression, so the link in it is a string of its own. */
function attributeValue(query: SiteQuery, { name, valueStart, valueEnd }: TagAttribute): Site {
  const quote = /^(?::|v-bind:)/.test(name) ? "'" : "";
  return site(query, valueStart, valueEnd, { before: quote, after: quote });
}

/** The link of the media tag that the caret stands in, wherever in the tag: it is that picture the user asks for. */
function mediaSource(query: SiteQuery, tag: Tag): Site | undefined {
  const source = tag.attributes.find(({ name }) => /^(?::|v-bind:)?src$|^href$/.test(name));
  if (source?.quoted) return attributeValue(query, source);
  if (source || tag.attributes.some(({ name }) => linkAttributes.test(name))) return undefined;
  return site(query, tag.nameEnd, tag.nameEnd, { form: "attribute", before: " " });
}

/** Between the quotes of a string in code. */
function quotes(query: SiteQuery): Site | undefined {
  const quote = query.text[query.start - 1] ?? "";
  const between = /["'`]/.test(quote) && query.text[query.end] === quote;
  return between ? site(query, query.start, query.end) : undefined;
}

const includeGraphics = /\\includegraphics(?:\[[^\]]*\])?\{(?<link>[^}]*)\}/dg;
const macros: Readonly<Record<string, RegExp>> = {
  latex: includeGraphics,
  tex: includeGraphics,
  restructuredtext: /\.\. (?:\|[^|]+\| )?(?:image|figure):: ?(?<link>.*)/dg,
  asciidoc: /\b(?:image|video|audio)::?(?<link>[^[\n]*)\[/dg,
};

function macroTarget(query: SiteQuery): Site | undefined {
  const macro = macros[query.languageId];
  return macro ? within(query, macro) : undefined;
}

/** The pattern's group on the line that holds the query's place. */
function within(query: SiteQuery, pattern: RegExp): Site | undefined {
  const line = lineAt(query.text, query.start);
  for (const { indices } of line.text.matchAll(pattern)) {
    const [start = 0, end = 0] = (indices?.groups?.link ?? []).map((index) => line.start + index);
    if (query.start >= start && query.end <= end) return site(query, start, end);
  }
  return undefined;
}
