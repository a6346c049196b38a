import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The user-data files that make the server accept `--locale zh-cn`: an empty language pack of our own. */
export async function writeChinesePack(userDataDir: string): Promise<void> {
  const translation = join(userDataDir, "main.i18n.json");
  const pack = {
    "zh-cn": {
      hash: "easel",
      extensions: [{ extensionIdentifier: { id: "easel.language-pack" }, version: "0.0.1" }],
      translations: { vscode: translation },
      label: "中文(简体)",
    },
  };
  await mkdir(userDataDir, { recursive: true });
  await writeFile(translation, JSON.stringify({ "": "", version: "1.0.0", contents: {} }));
  await writeFile(join(userDataDir, "languagepacks.json"), JSON.stringify(pack));
}
