/** One escaping rule: which characters, and what stands for each. */
function replacer(pattern: RegExp, replace: Record<string, string> | ((character: string) => string)) {
  const of = typeof replace === "function" ? replace : (character: string) => replace[character] ?? character;
  return (text: string): string => oneLine(text).replace(pattern, of);
}

/** Alternative text is one line in every language; a blank line would end a paragraph and break the markup. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ").trim();
}

const entities = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;" };
const backslash = (character: string) => `\\${character}`;

/** Text of a link or image in CommonMark, also inside a table cell, with math or an emphasis around it. */
export const escapeMarkdown = replacer(/[\\[\]*_`<~$|]|&(?=#|\w+;)|!(?=\[)/g, backslash);

/** As Markdown; braces start an expression in MDX. */
export const escapeMdx = replacer(/[\\[\]*_`<~$|{}]|&(?=#|\w+;)|!(?=\[)/g, backslash);

/** Double-quoted attribute of HTML, and of JSX, which reads the same character references and takes braces as they are. */
export const escapeHtml = replacer(/[&"<>]/g, entities);

/** Double-quoted attribute in a Vue template: `{{` is an interpolation to some of its compilers. */
export const escapeVue = replacer(/[&"<>]|\{(?=\{)|(?<=\{)\{|\}(?=\})|(?<=\})\}/g, entities);

/** Double-quoted attribute in Svelte, where braces hold an expression even inside quotes. */
export const escapeSvelte = replacer(/[&"<>{}]/g, entities);

const tex: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
};
export const escapeTeX = replacer(/[\\{}$&#%_~^<>|]/g, (character) => tex[character] ?? `\\${character}`);

/** Value of a directive's option: taken as it is, so only its lines matter. */
export const escapeRstOption = replacer(/(?!)/g, {});

/** Text of an inline hyperlink in reStructuredText. */
export const escapeRstText = replacer(/[\\`<>*_|]/g, backslash);

/** Text of an AsciiDoc macro: formatting, attribute references and brackets as character references, which survive every substitution. */
const asciiDocText = replacer(
  /[[\]{}*_`#^~+"\\]|&(?=#|\w+;)|@|:(?=\/\/)|\((?=(?:C|R|TM)\))|(?<=\.)\.(?=\.)|-(?=-)|(?<=[-=])>|<(?=[-=])/g,
  (character) => `&#${character.charCodeAt(0)};`,
);

/** Quoted where a comma or an equals sign would start another attribute. */
export function escapeAsciiDoc(text: string): string {
  const escaped = asciiDocText(text);
  return /[,=]|^'/.test(escaped) ? `"${escaped}"` : escaped;
}
