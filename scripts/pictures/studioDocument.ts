import type { Language } from "./show.ts";
import { chapters, type State } from "./states.ts";

/** Where the states' pictures lie, from the repository's root. */
export const statesFolder = "docs/images/states";

interface Document {
  language: Language;
  /** From the repository's root. */
  file: string;
  title: string;
  other: string;
  intro: string;
}

/** The pages that show every state, one a language. */
export const studioDocuments: readonly Document[] = [
  {
    language: "en",
    file: "docs/studio.md",
    title: "Every state of the Studio, in pictures",
    other: "[简体中文](studio.zh-CN.md)",
    intro: `The Studio, the review sheet, the mask painter and the region picker in every state they are designed for: in English and
Chinese, in a dark, a light and a high-contrast theme. \`npm run screenshots\` takes the pictures anew and writes this page. They show
the built webviews with example data, in a page of their own; the pictures in the [README](../README.md) are of the real workbench.`,
  },
  {
    language: "zh-cn",
    file: "docs/studio.zh-CN.md",
    title: "工作室的各种状态（图）",
    other: "[English](studio.md)",
    intro: `工作室、审阅面板、涂抹蒙版与标出区域的每一种设计状态：英文与中文，深色、浅色与高对比度主题。\`npm run screenshots\` 会重新截取这些图片并写出本页。
图中是构建好的 Webview 在单独页面中显示示例数据；[README](../README.zh-CN.md) 中的图片来自真实的工作台。`,
  },
];

/** A page as Markdown. */
export function studioDocument({ language, title, other, intro }: Document): string {
  const picture = ({ name, words }: State) =>
    `### ${words[language]}\n\n![${words[language]}](images/states/${name}.webp)\n`;
  return [
    `# ${title}\n`,
    `${other}\n`,
    `${intro}\n`,
    ...chapters.flatMap(({ title, states }) => [`## ${title[language]}\n`, ...states.map(picture)]),
  ].join("\n");
}
