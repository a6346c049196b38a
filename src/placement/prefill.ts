import { commentAt } from "./site/comments.ts";
import { languageAt } from "./site/embedded.ts";
import { decoded } from "./site/entities.ts";
import { isIn } from "./site/families.ts";
import { markdownLinkAt } from "./site/markdownImage.ts";
import { tagAt } from "./site/tag.ts";

/**
 * The prompt that a place in a document suggests: what is selected, else the alternative text of the picture under the cursor, else
 * the comment under the cursor without its markers. Undefined if there is none.
 * @param offset The caret, in UTF-16 units.
 * @param selection The selected text; empty for none.
 */
export function promptAt(
  text: string,
  offset: number,
  selection: string,
  languageId: string,
): string | undefined {
  const selected = selection.replace(/\s+/g, " ").trim();
  if (selected !== "") return selected;
  const language = languageAt(text, offset, languageId);
  const found = altText(text, offset, language) || commentAt(text, offset, language)?.text;
  return found || undefined;
}

function altText(text: string, offset: number, languageId: string): string | undefined {
  if (isIn("markdown", languageId)) {
    const link = markdownLinkAt(text, offset);
    if (link?.image) return link.text.trim();
  }
  if (!isIn("tags", languageId)) return undefined;
  const alt = tagAt(text, offset)?.attributes.find(({ name, quoted }) => quoted && name === "alt");
  return alt && decoded(alt.value).trim();
}
