import { mkdir } from "node:fs/promises";
import { join } from "node:path";
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

const shots: readonly Shot[] = [
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
