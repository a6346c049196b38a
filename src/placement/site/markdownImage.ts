import { lineAt } from "./lines.ts";

/** A Markdown image or link on one line, with the place of its text and of its destination (inside the angle brackets, if any). */
export interface MarkdownLink {
  image: boolean;
  start: number;
  end: number;
  textStart: number;
  textEnd: number;
  text: string;
  targetStart: number;
  targetEnd: number;
}

const inlineLink = /(!?)\[((?:\\.|[^\]\\])*)\]\((<[^>\n]*>|(?:\\.|[^\s()]|\([^\s()]*\))*)[^)\n]*\)/g;

/** The image or link that holds an offset. */
export function markdownLinkAt(text: string, offset: number): MarkdownLink | undefined {
  const line = lineAt(text, offset);
  for (const link of markdownLinks(line.text, line.start)) {
    if (offset > link.start && offset < link.end) return link;
  }
  return undefined;
}

/** The images and links of one line of text; `base` is the offset that the line begins at. */
export function* markdownLinks(text: string, base = 0): Generator<MarkdownLink> {
  for (const match of text.matchAll(inlineLink)) {
    const [whole, bang = "", label = "", target = ""] = match;
    const start = base + match.index;
    const textStart = start + bang.length + 1;
    const angle = target.startsWith("<") ? 1 : 0;
    const targetStart = textStart + label.length + 2 + angle;
    yield {
      image: bang === "!",
      start,
      end: start + whole.length,
      textStart,
      textEnd: textStart + label.length,
      text: label.replace(/\\([!-/:-@[-`{-~])/g, "$1"),
      targetStart,
      targetEnd: targetStart + target.length - 2 * angle,
    };
  }
}
