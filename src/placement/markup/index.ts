import { asPath } from "../encode.ts";
import { asciiDoc } from "./asciidoc.ts";
import { css } from "./css.ts";
import { latex } from "./latex.ts";
import { markdown, mdx } from "./markdown.ts";
import { restructuredText } from "./restructuredtext.ts";
import { html, jsx, svelte, vue } from "./tags.ts";
import type { Form, MarkupLanguage, Media } from "./types.ts";

/** Plain text, and every language not in the table: the path. */
const plain: MarkupLanguage = { encode: asPath, write: ({ link }) => asPath(link) };

/** Every language Easel writes markup for, by the editor's language id. */
export const languages: Readonly<Record<string, MarkupLanguage>> = {
  markdown,
  mdx,
  html,
  vue,
  svelte,
  javascriptreact: jsx,
  typescriptreact: jsx,
  css,
  scss: css,
  less: css,
  latex,
  tex: latex,
  restructuredtext: restructuredText,
  asciidoc: asciiDoc,
  plaintext: plain,
};

/** How a language writes media; a language Easel does not know gets the path. */
export function markupLanguage(languageId: string): MarkupLanguage {
  return Object.hasOwn(languages, languageId) ? (languages[languageId] ?? plain) : plain;
}

/**
 * The markup for one file, exactly as it is inserted but for indentation.
 * @param form What the place asks for, see `siteAt`.
 */
export function markup(languageId: string, media: Media, form: Form): string {
  const language = markupLanguage(languageId);
  return form === "link" ? language.encode(media.link) : language.write(media, form);
}
