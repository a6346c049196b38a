import axe from "axe-core";
import type { Page } from "playwright-core";
import { dress, type ThemeName, themeNames } from "./webviewPage.ts";

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** What an accessibility checker finds in a page as it stands, in every theme; what it finds is preceded by the theme. */
export async function accessibilityFindings(
  page: Page,
  themes: readonly ThemeName[] = themeNames,
): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const theme of themes) {
    await dress(page, theme);
    found.push(...(await findings(page)).map((each) => `${theme}: ${each}`));
  }
  return found;
}

async function findings(page: Page): Promise<string[]> {
  const { violations } = (await page.evaluate("window.axe.run()")) as { violations: Violation[] };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ""}`),
  );
}
