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
Chinese, in a dark, a light and a high-contrast theme. \`npm run screenshots\` takes the pictures anew and writes this page. The first
are of the real workbench; the others show the built webviews with example data, in a page of their own. [README](../README.md)`,
  },
  {
    language: "zh-cn",
    file: "docs/studio.zh-CN.md",
    title: "工作室的各种状态（图）",
    other: "[English](studio.md)",
    intro: `工作室、审阅面板、涂抹蒙版与标出区域的每一种设计状态：英文与中文，深色、浅色与高对比度主题。\`npm run screenshots\` 会重新截取这些图片并写出本页。
最前面的图片来自真实的工作台；其余是构建好的 Webview 在单独页面中显示示例数据。[README](../README.zh-CN.md)`,
  },
];

/** What the pictures of the real workbench show, by their names. */
const workbench: readonly (readonly [name: string, words: Record<Language, string>])[] = [
  ["setup", { en: "Setup, before there is any key", "zh-cn": "设置：还没有任何密钥" }],
  ["gallery", { en: "The gallery, with results that wait", "zh-cn": "素材库：等待处理的结果" }],
  ["large", { en: "One result, large", "zh-cn": "大图查看一个结果" }],
  ["compare", { en: "Two results side by side", "zh-cn": "并排对比两个结果" }],
];

const workbenchTitle: Record<Language, string> = { en: "In the workbench", "zh-cn": "在工作台中" };

/** The Studio as it is in the real workbench: one row of three themes each. */
function inWorkbench(language: Language): string[] {
  const mark = language === "en" ? "" : ".zh-CN";
  return workbench.map(([name, words]) => {
    const row = ["dark", "light", "hc-dark"].map(
      (theme) => `![${words[language]}](images/studio-${name}${mark}-${theme}.png)`,
    );
    return `### ${words[language]}\n\n| ${row.join(" | ")} |\n| --- | --- | --- |\n`;
  });
}

/** A page as Markdown. */
export function studioDocument({ language, title, other, intro }: Document): string {
  const picture = ({ name, words }: State) =>
    `### ${words[language]}\n\n![${words[language]}](images/states/${name}.webp)\n`;
  return [
    `# ${title}\n`,
    `${other}\n`,
    `${intro}\n`,
    `## ${workbenchTitle[language]}\n`,
    ...inWorkbench(language),
    ...chapters.flatMap(({ title, states }) => [`## ${title[language]}\n`, ...states.map(picture)]),
  ].join("\n");
}
