import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Frame, Page } from "playwright-core";
import { dress, type ThemeName, themeNames } from "./webviewPage.ts";

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** The checker without its comments, which is half the work for a page. */
const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Rules whose outcome hangs on colours. All others look at the document, which is the same in every theme. */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * What an accessibility checker finds in a page as it stands, in every theme; what it finds is preceded by the theme. The first theme
 * is looked at by every rule, the others by those that colours matter to.
 */
export async function accessibilityFindings(
  page: Page,
  themes: readonly ThemeName[] = themeNames,
): Promise<string[]> {
  const found: string[] = [];
  for (const theme of themes) {
    await dress(page, theme);
    const rules = theme === themes[0] ? undefined : colourRules;
    found.push(...(await frameFindings(page, rules)).map((each) => `${theme}: ${each}`));
  }
  return found;
}

/** What an accessibility checker finds in a document as it stands; by all of its rules, or by these. */
export async function frameFindings(
  frame: Pick<Frame, "evaluate">,
  rules?: readonly string[],
): Promise<string[]> {
  if (!(await frame.evaluate("'axe' in window"))) await frame.evaluate(axe);
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
  const { violations } = (await frame.evaluate(`window.axe.run(${JSON.stringify(options)})`)) as {
    violations: Violation[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ""}`),
  );
}
