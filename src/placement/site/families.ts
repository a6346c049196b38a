/** Languages that go together where only the shape of their source matters. */
const families = {
  tags: ["html", "vue", "svelte", "javascriptreact", "typescriptreact", "markdown", "mdx"],
  markdown: ["markdown", "mdx"],
  styles: ["css", "scss", "less"],
  tex: ["latex", "tex"],
  code: ["javascriptreact", "typescriptreact", "javascript", "typescript"],
  /** Markup that is its own paragraph, set off by blank lines. */
  paragraphs: ["restructuredtext", "asciidoc"],
  /** Source whose nesting shows in its indentation, and where indentation means nothing else. */
  indented: ["html", "vue", "svelte", "javascriptreact", "typescriptreact", "css", "scss", "less"],
} as const;

export function isIn(family: keyof typeof families, languageId: string): boolean {
  return (families[family] as readonly string[]).includes(languageId);
}
