import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Easel, type Review } from "../test/e2e/easel.ts";
import { openSession } from "../test/e2e/session.ts";
import { type Theme, Workbench } from "../test/e2e/workbench.ts";
import { main, progress } from "./lib/log.ts";
import { root } from "./lib/paths.ts";
import { withInstalledExtension } from "./suites/e2e.ts";

/** A picture for the documentation: what is done before it is taken. */
interface Shot {
  name: string;
  locale: "en" | "zh-cn";
  theme: Theme;
  prepare(workbench: Workbench): Promise<void>;
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
  {
    name: "review-hc",
    locale: "en",
    theme: "hc-dark",
    prepare: (workbench) => review(workbench, "styles.css", "Waves under a pale sky"),
  },
  {
    name: "commands",
    locale: "en",
    theme: "dark",
    prepare: async (workbench) => {
      await workbench.openFile("README.md");
      await workbench.palette("Easel: ");
    },
  },
  {
    name: "commands.zh-cn",
    locale: "zh-cn",
    theme: "light",
    prepare: async (workbench) => {
      await workbench.openFile("docs/茶单/绿茶.md");
      await workbench.palette("Easel: ");
    },
  },
];

/** Takes every picture anew into `docs/images`. */
await main(() =>
  withInstalledExtension(async (env) => {
    Object.assign(process.env, env);
    const folder = join(root, "docs", "images");
    await mkdir(folder, { recursive: true });
    for (const { name, locale, theme, prepare } of shots) {
      progress(`${name}…`);
      const session = await openSession({ locale, viewport: { width: 1280, height: 800 } });
      try {
        const workbench = new Workbench(session);
        await workbench.theme(theme);
        await prepare(workbench);
        await session.page.screenshot({ path: join(folder, `${name}.png`) });
      } finally {
        await session.close();
      }
    }
  }),
);
