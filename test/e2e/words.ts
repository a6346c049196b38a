import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/lib/paths.ts";
import { commands } from "../../src/contributions.ts";

export type Locale = "en" | "zh-cn";

const read = (path: string): Record<string, string> => JSON.parse(readFileSync(join(root, path), "utf8"));
const chinese = read("l10n/bundle.l10n.zh-cn.json");
const manifest = { en: read("package.nls.json"), "zh-cn": read("package.nls.zh-cn.json") };

/** The words that a session shows, looked up by their English in what is shipped. Words that are not there any more throw. */
export class Words {
  readonly locale: Locale;

  constructor(locale: Locale = "en") {
    this.locale = locale;
  }

  /** A text as the extension says it, with `{0}`, `{1}` … filled in. */
  of(english: string, ...values: readonly string[]): string {
    const translated = chinese[english];
    if (translated === undefined) throw new Error(`Easel says nothing like “${english}”.`);
    const text = this.locale === "en" ? english : translated;
    return text.replaceAll(/\{(\d)\}/g, (hole, index) => values[Number(index)] ?? hole);
  }

  /** The longest piece of a text that has no value in it: enough to find it by. */
  mark(english: string): string {
    const pieces = this.of(english).split(/\{\d\}/);
    return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "").trim();
  }

  /** A text of the manifest by its key. */
  named(key: string): string {
    const text = manifest[this.locale][key];
    if (text === undefined) throw new Error(`The manifest has no ${key}.`);
    return text;
  }

  /** What a menu calls a command. */
  entry(command: keyof typeof commands): string {
    return this.named(commands[command].replace("easel.", "command."));
  }

  /** What the palette calls a command. */
  title(command: keyof typeof commands): string {
    return `Easel: ${this.entry(command)}`;
  }
}
