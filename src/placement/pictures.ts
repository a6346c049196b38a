import { escapeHtml, escapeMarkdown, escapeMdx, escapeSvelte, escapeVue } from "./markup/escape.ts";
import { languageAt } from "./site/embedded.ts";
import { decoded } from "./site/entities.ts";
import { isIn } from "./site/families.ts";
import { markdownLinks } from "./site/markdownImage.ts";
import { type Tag, tagAt } from "./site/tag.ts";

/** A picture in a document's markup. Offsets in UTF-16 units. */
export interface Picture {
  start: number;
  end: number;
  /** The address as it is written, without the language's own escaping. */
  target: string;
  /** Its alt text as it is meant; empty for none, or for an expression. */
  alt: string;
  /** What replaces `altStart` to `altEnd` so that the picture has this alt text. */
  withAlt(alt: string): string;
  altStart: number;
  altEnd: number;
}

const attributeEscapes: Readonly<Record<string, (text: string) => string>> = {
  vue: escapeVue,
  svelte: escapeSvelte,
};

/** The pictures of a document whose alt text can be written: Markdown images and `<img>` tags with a quoted address. */
export function picturesIn(text: string, languageId: string): Picture[] {
  const found = [
    ...(isIn("markdown", languageId) ? markdownPictures(text, languageId) : []),
    ...(isIn("tags", languageId) ? taggedPictures(text, languageId) : []),
  ];
  return found.sort((a, b) => a.start - b.start);
}

/** The picture whose markup holds an offset. */
export function pictureAt(text: string, offset: number, languageId: string): Picture | undefined {
  return picturesIn(text, languageId).find(({ start, end }) => offset >= start && offset <= end);
}

function* markdownPictures(text: string, languageId: string): Generator<Picture> {
  const links = text.matchAll(/[^\n]+/g).flatMap((line) => markdownLinks(line[0], line.index));
  for (const link of links) {
    if (!link.image || !isIn("markdown", languageAt(text, link.start, languageId))) continue;
    yield {
      start: link.start,
      end: link.end,
      target: text.slice(link.targetStart, link.targetEnd).replace(/\\([!-/:-@[-`{-~])/g, "$1"),
      alt: link.text,
      altStart: link.textStart,
      altEnd: link.textEnd,
      withAlt: languageId === "mdx" ? escapeMdx : escapeMarkdown,
    };
  }
}

function* taggedPictures(text: string, languageId: string): Generator<Picture> {
  for (const { index } of text.matchAll(/<img(?=[\s/>])/gi)) {
    if (!isIn("tags", languageAt(text, index, languageId))) continue;
    const tag = tagAt(text, index + "<img".length + 1);
    const src = tag?.attributes.find(({ name, quoted }) => quoted && name === "src");
    if (!tag || tag.start !== index || !src) continue;
    yield {
      start: tag.start,
      end: tag.end,
      target: decoded(src.value),
      ...altOf(text, tag, attributeEscapes[languageId] ?? escapeHtml),
    };
  }
}

function altOf(
  text: string,
  { nameEnd, end, attributes }: Tag,
  escaped: (text: string) => string,
): Pick<Picture, "alt" | "altStart" | "altEnd" | "withAlt"> {
  const alt = attributes.find(({ name }) => name === "alt");
  if (alt) {
    const quote = alt.quoted ? 1 : 0;
    const withAlt = (words: string) => `"${escaped(words)}"`;
    return {
      alt: alt.quoted ? decoded(alt.value) : "",
      altStart: alt.valueStart - quote,
      altEnd: alt.valueEnd + quote,
      withAlt,
    };
  }
  const withAlt = (words: string) => ` alt="${escaped(words)}"`;
  const bare = /\salt(?=[\s/>])/.exec(text.slice(nameEnd, end));
  const altStart = nameEnd + (bare?.index ?? 0);
  return { alt: "", altStart, altEnd: altStart + (bare?.[0].length ?? 0), withAlt };
}
