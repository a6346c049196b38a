import { asTeX } from "../encode.ts";
import { escapeTeX } from "./escape.ts";
import { linkName, type MarkupLanguage, type Media } from "./types.ts";

/** graphicx for pictures (a float on a line of its own); hyperref's `run:` opens sound and video in their player. */
export const latex: MarkupLanguage = {
  encode: asTeX,
  write(media, form) {
    if (media.kind !== "image") {
      const scheme = "uri" in media.link ? "" : "run:";
      return `\\href{${scheme}${asTeX(media.link)}}{${escapeTeX(media.alt || linkName(media.link))}}`;
    }
    const picture = includeGraphics(media);
    if (form !== "line") return picture;
    const caption = media.alt ? [`  \\caption{${escapeTeX(media.alt)}}`] : [];
    return ["\\begin{figure}[htbp]", "  \\centering", `  ${picture}`, ...caption, "\\end{figure}"].join("\n");
  },
};

/** Sized by the page: pixels mean nothing on paper. */
function includeGraphics(media: Media): string {
  const alt = media.alt ? `,alt={${escapeTeX(media.alt)}}` : "";
  return `\\includegraphics[width=\\linewidth${alt}]{${asTeX(media.link)}}`;
}
