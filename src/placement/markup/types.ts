import type { LinkEncoder } from "../encode.ts";
import type { Link } from "../link.ts";

/** What kinds of media can be placed. */
export type PlacedKind = "image" | "video" | "audio" | "text";

/** What markup is made from. Pixels. */
export interface Media {
  kind: PlacedKind;
  link: Link;
  /** What the picture shows, as the user wrote it; empty for decoration. */
  alt: string;
  width?: number;
  height?: number;
  /** Still picture shown before a video plays. */
  poster?: Link;
}

/**
 * What the place asks for: markup on a line of its own or within text; only the link (inside `src="…"`, `url(…)` and the like); a
 * whole `src` attribute of a tag that has none; in a style sheet a value, a declaration or a whole rule; in LaTeX a picture in a
 * float that is already there.
 */
export type Form = "line" | "inline" | "link" | "attribute" | "value" | "declaration" | "rule" | "float";

/** How one language writes media. Lines after the first start at column 0; whoever inserts them indents them. */
export interface MarkupLanguage {
  encode: LinkEncoder;
  write(media: Media, form: Form): string;
  /** Media that cannot stand within a line of text. */
  ownLine?: readonly PlacedKind[];
}

/** Name of the file a link leads to, without its extension: stands in where text is needed and none was written. */
export function linkName(link: Link): string {
  const path = "uri" in link ? decodeURIComponent(link.uri) : link.path;
  return path.slice(path.lastIndexOf("/") + 1).replace(/(?<=.)\.[^.]*$/, "");
}
