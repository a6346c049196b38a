/** The parts of a URI that links are made from; the editor's `Uri` fits. */
export interface UriParts {
  readonly scheme: string;
  readonly authority: string;
  /** Decoded, with `/` between segments; `/c:/…` for a drive. */
  readonly path: string;
  toString(): string;
}

/** Where markup points: a path relative to the document, not yet encoded, or a whole URI, already encoded. */
export type Link = { path: string } | { uri: string };

/**
 * The link from a document to a file.
 * @param base Folder that stands for the document's own where it has none yet (untitled documents).
 */
export function linkTo(document: UriParts, target: UriParts, base?: UriParts): Link {
  const from = documentFolder(document, target, base);
  const to = segments(target.path);
  if (!from || !sameDrive(from[0], to[0])) return { uri: target.toString() };
  let common = 0;
  while (common < from.length && common < to.length - 1 && sameSegment(from[common], to[common], common)) {
    common++;
  }
  return { path: [...from.slice(common).map(() => ".."), ...to.slice(common)].join("/") };
}

function documentFolder(document: UriParts, target: UriParts, base?: UriParts): string[] | undefined {
  if (document.scheme === "untitled") {
    // An untitled document that will be saved to a known place already carries that place's path.
    if (document.path.startsWith("/")) return segments(document.path).slice(0, -1);
    return base && sameSystem(base, target) ? segments(base.path) : undefined;
  }
  return sameSystem(document, target) ? segments(document.path).slice(0, -1) : undefined;
}

function sameSystem(a: UriParts, b: UriParts): boolean {
  return a.scheme === b.scheme && a.authority.toLowerCase() === b.authority.toLowerCase();
}

function segments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

const drive = /^[a-z]:$/i;

/** Windows spells its drives in either case, and no relative path leads from one to another. */
function sameDrive(a: string | undefined, b: string | undefined): boolean {
  if (!drive.test(a ?? "") && !drive.test(b ?? "")) return true;
  return a?.toLowerCase() === b?.toLowerCase();
}

function sameSegment(a: string | undefined, b: string | undefined, index: number): boolean {
  return index === 0 && sameDrive(a, b) && drive.test(a ?? "") ? true : a === b;
}
