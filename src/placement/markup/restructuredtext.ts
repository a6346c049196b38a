import { asUrl } from "../encode.ts";
import { escapeRstOption, escapeRstText } from "./escape.ts";
import { linkName, type MarkupLanguage } from "./types.ts";

/**
 * A directive for pictures, which cannot stand within text; a link for the rest. Only the width is given: writers turn both into
 * fixed styles, and a page that narrows the picture would distort it.
 */
export const restructuredText: MarkupLanguage = {
  encode: asUrl,
  ownLine: ["image"],
  write({ kind, link, alt, width }) {
    if (kind !== "image")
      return `\`${escapeRstText(alt || linkName(link))} <${escapeTarget(asUrl(link))}>\`__`;
    const options = [alt && `   :alt: ${escapeRstOption(alt)}`, width && `   :width: ${width}px`];
    return [`.. image:: ${asUrl(link)}`, ...options.filter(Boolean)].join("\n");
  },
};

/** An embedded target that ends in an underscore would be read as another link's name. */
function escapeTarget(url: string): string {
  return url.replace(/_$/, "\\_");
}
