/** Languages whose files hold other languages in `<style>` and `<script>`. */
const tagged = new Set(["html", "vue", "svelte"]);

/** Names of fenced blocks that are not the editor's language ids. */
const aliases: Record<string, string> = {
  jsx: "javascriptreact",
  tsx: "typescriptreact",
  js: "javascript",
  ts: "typescript",
  md: "markdown",
  tex: "latex",
  rst: "restructuredtext",
  adoc: "asciidoc",
  sh: "shellscript",
  bash: "shellscript",
  py: "python",
};

/**
 * The language at an offset: a document's own, or that of the style sheet, script, front matter or fenced block it stands in.
 * A language Easel writes no markup for gets the path.
 */
export function languageAt(text: string, offset: number, languageId: string): string {
  if (tagged.has(languageId)) return elementLanguage(text, offset) ?? languageId;
  if (languageId === "markdown" || languageId === "mdx") {
    const frontMatter = /^---\r?\n[\s\S]*?^---[ \t]*(?:\r?\n|$)/m.exec(text);
    if (frontMatter?.index === 0 && offset > 3 && offset < frontMatter[0].trimEnd().length - 2) return "yaml";
    return fenceLanguage(text, offset) ?? languageId;
  }
  return languageId;
}

function elementLanguage(text: string, offset: number): string | undefined {
  for (const match of text.matchAll(/<(style|script)\b([^>]*)>/gi)) {
    const start = match.index + match[0].length;
    if (start > offset) return undefined;
    const length = text.slice(start).search(new RegExp(`</${match[1]}`, "i"));
    if (length >= 0 && start + length < offset) continue;
    const lang = /\blang=["']?(\w+)/i.exec(match[2] ?? "")?.[1]?.toLowerCase();
    if (match[1]?.toLowerCase() === "style") return lang === "scss" || lang === "less" ? lang : "css";
    return lang === "tsx" ? "typescriptreact" : lang === "jsx" ? "javascriptreact" : "javascript";
  }
  return undefined;
}

function fenceLanguage(text: string, offset: number): string | undefined {
  let open: { fence: string; info: string } | undefined;
  for (const match of text.matchAll(/^[ \t>]*(`{3,}|~{3,})[ \t]*([^\s`]*)[^\n]*$/gm)) {
    if (match.index + match[0].length >= offset) break;
    const fence = match[1] ?? "";
    if (!open) open = { fence, info: (match[2] ?? "").toLowerCase() };
    else if (fence.startsWith(open.fence) && !match[2]) open = undefined;
  }
  return open && (aliases[open.info] ?? (open.info || "plaintext"));
}
