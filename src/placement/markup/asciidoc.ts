import { asAsciiDoc } from "../encode.ts";
import { escapeAsciiDoc } from "./escape.ts";
import { linkName, type MarkupLanguage, type Media } from "./types.ts";

/** Block macros on a line of their own; within text an inline picture, or a link for sound and video, which have no inline macro. */
export const asciiDoc: MarkupLanguage = {
  encode: asAsciiDoc,
  write(media, form) {
    const target = asAsciiDoc(media.link);
    if (form === "line" && media.kind !== "text")
      return `${media.kind}::${target}[${blockAttributes(media)}]`;
    if (media.kind === "image") return `image:${target}[${imageAttributes(media)}]`;
    return `link:${target}[${escapeAsciiDoc(media.alt || linkName(media.link))}]`;
  },
};

function blockAttributes(media: Media): string {
  if (media.kind === "image") return imageAttributes(media);
  const title = media.alt ? `title=${quoted(media.alt)}` : "";
  if (media.kind === "audio") return title;
  return [title, ...size(media), media.poster ? `poster=${asAsciiDoc(media.poster)}` : ""]
    .filter(Boolean)
    .join(",");
}

function imageAttributes(media: Media): string {
  return [escapeAsciiDoc(media.alt), ...size(media)].join(",");
}

function size({ width, height }: Media): string[] {
  return [width ? `width=${width}` : "", height ? `height=${height}` : ""].filter(Boolean);
}

function quoted(text: string): string {
  return `"${escapeAsciiDoc(text).replace(/^"|"$/g, "")}"`;
}
