import type { Link } from "./link.ts";

/** How a language wants a link to be written. */
export type LinkEncoder = (link: Link) => string;

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/**
 * As a URL reference: letters of every script stay readable, and every ASCII character that a URL, an HTML attribute, a JSX or
 * Svelte attribute, a CSS string, a Markdown destination or a table cell could trip over is percent-encoded.
 */
function urlPath(path: string): string {
  const encoded = path.replace(/[\p{Cc}\s"#$%&'()*;<>?[\\\]^`{|}]/gu, (character) =>
    character.charCodeAt(0) < 0x80 ? percent(character) : encodeURIComponent(character),
  );
  // A colon in the first segment would be read as a scheme.
  return /^[^/]*:/.test(encoded) ? `./${encoded}` : encoded;
}

/** URL reference, for Markdown, HTML and CSS. */
export const asUrl: LinkEncoder = (link) => ("uri" in link ? urlSafe(link.uri) : urlPath(link.path));

/** A whole URI is encoded already; only quotes and brackets that its own rules leave alone are left to do. */
function urlSafe(uri: string): string {
  return uri.replace(/["&'()<>[\]{|}`\\ ]/g, percent);
}

/** URL reference with a leading `./`: bundlers of component languages only resolve paths that start with a dot. */
export const asModuleUrl: LinkEncoder = (link) => {
  const url = asUrl(link);
  return "uri" in link || /^\.\.?\//.test(url) ? url : `./${url}`;
};

/** AsciiDoc formats the text of inline macros before it reads them, so what would be formatting is encoded too. */
export const asAsciiDoc: LinkEncoder = (link) =>
  asUrl(link)
    .replace(/[+~]/g, percent)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, percent)
    .replace(/-(?=-)/g, percent)
    .replace(/\.(?=\.\.)/g, percent);

/** A path as TeX reads it: no URL encoding, but its comment and parameter signs escaped. */
export const asTeX: LinkEncoder = (link) =>
  ("uri" in link ? link.uri : link.path).replace(/[%#]/g, (character) => `\\${character}`);

/** A plain path, for text that nothing will decode. */
export const asPath: LinkEncoder = (link) => ("uri" in link ? link.uri : link.path);
