import { join } from "node:path";
import { Easel, type Review } from "../../test/e2e/easel.ts";
import { openSession } from "../../test/e2e/session.ts";
import { StudioPage } from "../../test/e2e/studioPage.ts";
import { type Theme, Workbench } from "../../test/e2e/workbench.ts";
import { progress } from "../lib/log.ts";
import { withInstalledExtension } from "../suites/e2e.ts";

/** A picture for the documentation: what is done before it is taken. */
interface Shot {
  name: string;
  locale: "en" | "zh-cn";
  theme: Theme;
  viewport?: { width: number; height: number };
  /** `take` takes further pictures on the way. */
  prepare(workbench: Workbench, take: (name: string) => Promise<void>): Promise<void>;
}

/** Asks the Placeholder for pictures at the end of a file and waits for the review sheet. */
async function review(workbench: Workbench, file: string, prompt: string, count?: string): Promise<void> {
  const easel = new Easel(workbench);
  await workbench.openFile(file);
  await workbench.page.keyboard.press("ControlOrMeta+End");
  await workbench.type("\n");
  await workbench.runCommand("Easel: Generate Image");
  await easel.prompt(prompt);
  if (count) await easel.moreOption("How Many", count);
  await easel.send();
  await settled(await easel.review());
}

/** Waits until the sheet's line, pictures and icons are there. */
async function settled(sheet: Review): Promise<void> {
  await sheet.line();
  await sheet.frame.evaluate(
    "Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode())])",
  );
}

/** What the Studio's pictures show, in both languages. */
const prompts = {
  en: [
    "A white heron among the reeds",
    "A row of lanterns along the quay",
    "A heron standing among the reeds",
    "A tea house on stilts above the mist",
    "Fishing boats in the morning haze",
    "A lighthouse in the fog",
  ],
  "zh-cn": [
    "雾中水上的茶馆",
    "码头边的一排灯笼",
    "芦苇丛中的苍鹭",
    "日出前的港口",
    "雨后的茶园",
    "清晨的梯田茶园",
  ],
} as const;

/** Waits until the Studio's pictures and icons are there and it has nothing to say. */
async function drawn(page: StudioPage): Promise<void> {
  const frame = await page.frame();
  const close = frame.locator(".said > .tool");
  if ((await close.count()) > 0) await close.click();
  await frame.evaluate(
    "Promise.all([document.fonts.ready, ...[...document.images].map((image) => image.decode().catch(() => {}))])",
  );
}

/** The Studio in one language and theme, from Setup to a comparison. */
function studio(locale: Shot["locale"], theme: Theme): Shot {
  const suffix = `${locale === "en" ? "" : ".zh-CN"}-${theme}`;
  return {
    name: `studio-compare${suffix}`,
    locale,
    theme,
    viewport: { width: 1440, height: 900 },
    async prepare(workbench, take) {
      await workbench.openFile("README.md");
      await workbench.page.keyboard.press("ControlOrMeta+End");
      await workbench.type("\n");
      const page = new StudioPage(workbench);
      await page.open(locale === "en" ? undefined : "Easel: 打开工作室");
      await page.goTo("setup");
      await (await page.find(".setup .vendor")).first().waitFor();
      await drawn(page);
      await take(`studio-setup${suffix}`);
      for (const [index, prompt] of prompts[locale].entries()) {
        await page.prompt(prompt);
        await page.generate(index + 1);
      }
      await (await page.find(".tile img.there")).nth(prompts[locale].length - 1).waitFor();
      await drawn(page);
      await take(`studio-gallery${suffix}`);
      await page.look();
      await page.line();
      await drawn(page);
      await take(`studio-large${suffix}`);
      await page.back();
      const tiles = await page.tiles();
      await tiles.nth(0).click();
      await tiles.nth(1).click({ modifiers: ["ControlOrMeta"] });
      await (await page.find(".selection button")).first().click();
      await (await page.find("easel-compare .compare-pair .stage")).nth(1).waitFor();
      await drawn(page);
    },
  };
}

const shots: readonly Shot[] = [
  {
    name: "review",
    locale: "en",
    theme: "dark",
    prepare: (workbench) => review(workbench, "README.md", "The tea house seen from the water at dusk"),
  },
  {
    name: "four",
    locale: "en",
    theme: "light",
    prepare: (workbench) => review(workbench, "index.html", "Green tea leaves in a wooden bowl", "4"),
  },
  {
    name: "review.zh-CN",
    locale: "zh-cn",
    theme: "light",
    prepare: async (workbench) => {
      const { quickInput } = workbench;
      await workbench.openFile("docs/茶单/绿茶.md");
      await workbench.page.keyboard.press("ControlOrMeta+End");
      await workbench.type("\n");
      await workbench.runCommand("Easel: Generate Image");
      await quickInput.opened("(1/2)");
      await quickInput.fill("清晨的港口茶馆，水面有薄雾");
      await quickInput.accept();
      await quickInput.focusedRow("生成").waitFor();
      await quickInput.accept();
      await settled(await new Easel(workbench).review());
    },
  },
  ...(["dark", "light", "hc-dark"] as const).flatMap((theme) => [
    studio("en", theme),
    studio("zh-cn", theme),
  ]),
];

/** Names of the pictures, each with those that are taken on its way. */
export const workbenchPictures: readonly string[] = shots.map(({ name }) => name);

/** Takes pictures of the real workbench with the packaged extension; `wanted` says of a name whether it is. */
export async function takeWorkbench(folder: string, wanted: (name: string) => boolean): Promise<void> {
  await withInstalledExtension(async (env) => {
    Object.assign(process.env, env);
    for (const { name, locale, theme, viewport, prepare } of shots) {
      if (!wanted(name)) continue;
      progress(`${name}…`);
      const session = await openSession({
        locale,
        viewport: viewport ?? { width: 1280, height: 800 },
        // How many ports are open is not what is shown.
        settings: { "remote.autoForwardPorts": false },
      });
      try {
        const workbench = new Workbench(session);
        await workbench.theme(theme);
        const take = async (picture: string) => {
          await session.page.screenshot({ path: join(folder, `${picture}.png`) });
        };
        await prepare(workbench, take);
        await take(name);
      } finally {
        await session.close();
      }
    }
  });
}
