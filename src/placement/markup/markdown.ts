import { asModuleUrl, asUrl } from "../encode.ts";
import { escapeMarkdown, escapeMdx } from "./escape.ts";
import { jsx } from "./tags.ts";
import { linkName, type MarkupLanguage } from "./types.ts";

/** CommonMark has images only: sound and video become links, a video with a poster a linked picture. */
export const markdown: MarkupLanguage = {
  encode: asUrl,
  write({ kind, link, alt, poster }) {
    const url = asUrl(link);
    if (kind === "image") return `![${escapeMarkdown(alt)}](${url})`;
    const text = escapeMarkdown(alt || linkName(link));
    return poster ? `[![${text}](${asUrl(poster)})](${url})` : `[${text}](${url})`;
  },
};

/** MDX: pictures as in Markdown, so that its bundlers see them; players as JSX. */
export const mdx: MarkupLanguage = {
  encode: asModuleUrl,
  write(media, form) {
    if (media.kind !== "image" || form === "attribute") return jsx.write(media, form);
    return `![${escapeMdx(media.alt)}](${asModuleUrl(media.link)})`;
  },
};
