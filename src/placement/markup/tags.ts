import { asModuleUrl, asUrl, type LinkEncoder } from "../encode.ts";
import { escapeHtml, escapeSvelte, escapeVue } from "./escape.ts";
import { type Form, linkName, type MarkupLanguage, type Media } from "./types.ts";

/** What differs between the languages that write tags. */
interface Dialect {
  encode: LinkEncoder;
  escape(text: string): string;
  number(value: number): string;
  /** How a tag without content ends, and how an empty element does. */
  voidEnd: string;
  emptyEnd(name: string): string;
}

type Attribute = [name: string, value: string | undefined];

/** Media as HTML tags. Width and height are given because browsers keep the place free with them while the file loads. */
function tags(dialect: Dialect): MarkupLanguage {
  return { encode: dialect.encode, write: (media, form) => write(dialect, media, form) };
}

function write(dialect: Dialect, media: Media, form: Form): string {
  const src = `src="${dialect.encode(media.link)}"`;
  if (form === "attribute") return src;
  const alt = dialect.escape(media.alt);
  const size: Attribute[] = [
    ["width", media.width && dialect.number(media.width)],
    ["height", media.height && dialect.number(media.height)],
  ].map(([name, value]) => [String(name), value ? String(value) : undefined]);
  if (media.kind === "image") return `<img ${src} alt="${alt}"${attributes(size)}${dialect.voidEnd}`;
  if (media.kind === "text") return `<a href=${src.slice("src=".length)}>${content(media, dialect)}</a>`;
  const label: Attribute = ["aria-label", alt && `"${alt}"`];
  const poster: Attribute = ["poster", media.poster && `"${dialect.encode(media.poster)}"`];
  const rest = media.kind === "video" ? [...size, poster, label] : [label];
  return `<${media.kind} controls ${src}${attributes(rest)}${dialect.emptyEnd(media.kind)}`;
}

/** Braces would begin an expression where the language has them. */
function content({ alt, link }: Media, dialect: Dialect): string {
  return dialect
    .escape(alt || linkName(link))
    .replaceAll("{", "&#123;")
    .replaceAll("}", "&#125;");
}

function attributes(list: readonly Attribute[]): string {
  return list.map(([name, value]) => (value ? ` ${name}=${value}` : "")).join("");
}

const quoted = (value: number) => `"${value}"`;
const closing = (name: string) => `></${name}>`;

export const html = tags({
  encode: asUrl,
  escape: escapeHtml,
  number: quoted,
  voidEnd: ">",
  emptyEnd: closing,
});
export const vue = tags({
  encode: asModuleUrl,
  escape: escapeVue,
  number: quoted,
  voidEnd: " />",
  emptyEnd: closing,
});
export const svelte = tags({
  encode: asModuleUrl,
  escape: escapeSvelte,
  number: quoted,
  voidEnd: " />",
  emptyEnd: closing,
});
export const jsx = tags({
  encode: asModuleUrl,
  escape: escapeHtml,
  number: (value) => `{${value}}`,
  voidEnd: " />",
  emptyEnd: () => " />",
});
