import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import {
  dress,
  startWebviews,
  type ThemeName,
  type WebviewServer,
} from "../../test/e2e/support/webviewPage.ts";
import { progress } from "../lib/log.ts";
import { chineseExamples } from "./chinese.ts";
import { contactSheet, type Print } from "./contactSheet.ts";
import { pictureMedia } from "./media.ts";
import type { Language } from "./show.ts";
import type { State } from "./states.ts";

const themes: readonly (readonly [ThemeName, Record<Language, string>])[] = [
  ["dark", { en: "dark", "zh-cn": "深色" }],
  ["light", { en: "light", "zh-cn": "浅色" }],
  ["hcDark", { en: "high contrast", "zh-cn": "高对比度" }],
];
/** Looked at, but not on the sheets. */
const besides: readonly ThemeName[] = ["hcLight"];
const languages: readonly Language[] = ["en", "zh-cn"];
const languageNames: Record<Language, string> = { en: "English", "zh-cn": "简体中文" };

/** A sheet of wide pictures is so many CSS pixels wide; narrow ones stand six in a row. */
const wide = 560;
const narrow = 250;

/** Takes each state in both languages and three themes: one sheet of six pictures a state, and if asked for each alone as well. */
export async function takeStates(
  states: readonly State[],
  folder: string,
  singles: string | undefined,
): Promise<void> {
  const chinese = await chineseExamples();
  const server = await startWebviews(pictureMedia());
  try {
    await mkdir(folder, { recursive: true });
    if (singles) await mkdir(singles, { recursive: true });
    for (const state of states) {
      progress(`${state.name}…`);
      const prints: Print[] = [];
      for (const language of languages) {
        const stage = { server, language, ...(language === "zh-cn" && { rewrite: chinese }) };
        prints.push(...(await takeState(state, stage, singles)));
      }
      const layout = state.size.width > 400 ? { columns: 3, width: wide } : { columns: 6, width: narrow };
      await writeFile(join(folder, `${state.name}.webp`), await contactSheet(server.browser, prints, layout));
    }
  } finally {
    await server.close();
  }
}

async function takeState(
  state: State,
  stage: { server: WebviewServer; language: Language; rewrite?(message: unknown): unknown },
  singles: string | undefined,
): Promise<Print[]> {
  const { size, density = 1 } = state;
  const { page, close } = await state.show({
    ...stage,
    context: { viewport: size, deviceScaleFactor: density },
  });
  try {
    const taken = async (theme: ThemeName) => {
      await dress(page, theme);
      await drawn(page);
      return page.screenshot();
    };
    const keep = (theme: ThemeName, png: Buffer) =>
      writeFile(join(singles ?? "", `${state.name}.${stage.language}.${theme}.png`), png);
    const prints: Print[] = [];
    for (const [theme, label] of themes) {
      const png = await taken(theme);
      prints.push({ label: `${languageNames[stage.language]} · ${label[stage.language]}`, png });
      if (singles) await keep(theme, png);
    }
    for (const theme of singles ? besides : []) await keep(theme, await taken(theme));
    return prints;
  } finally {
    close();
  }
}

/** Waits until pictures and icons are there. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    "Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode().catch(() => {}))])",
  );
}
