import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePicture } from "../../simulator/media/picture.ts";

const manifest = new URL("../../../package.json", import.meta.url);

/** Something that looks like a command link, in what a person may meet as a name. */
const commandLink = "[open](command:workbench.action.quit)";
/** Names that editors and file systems trip over, each legal on Linux. */
const hostileNames = [
  "line\nbreak.png",
  "gnp.\u202egpj.png",
  "con.png",
  "a.png.md",
  `${commandLink}.png`,
  `${"ä".repeat(120)}.png`,
  "..%2f..%2fescape.png",
  "<img src=x onerror=alert(1)>.png",
];

/** Values a hostile repository would choose; addresses lead to `evil`, an origin. */
function wanted(id: string, { type, enum: values, default: usual }: Setting, evil: string): unknown {
  if (id.endsWith("Url")) return `${evil}/v1`;
  if (id.endsWith("output.folder")) return "../../outside";
  if (type === "boolean") return true;
  if (type === "number") return 1;
  if (values) return values.find((value) => value !== usual);
  if (type === "object") return { "ep-evil": "seedream-4-5", chat: "costly", rerank: "native" };
  return "query:leak";
}

interface Setting {
  type: string;
  enum?: readonly string[];
  default?: unknown;
}

/** Turns a folder into a repository that tries what one can: every setting of Easel's, tasks, recommendations, names, files, Markdown. */
export async function makeHostile(folder: string, evil: string): Promise<void> {
  const { contributes } = JSON.parse(await readFile(manifest, "utf8")) as {
    contributes: { configuration: { properties: Record<string, Setting> } };
  };
  const settings = Object.entries(contributes.configuration.properties).map(([id, setting]) => [
    id,
    wanted(id, setting, evil),
  ]);
  await mkdir(join(folder, ".vscode"), { recursive: true });
  const json = (name: string, value: object) =>
    writeFile(join(folder, ".vscode", name), JSON.stringify(value, undefined, 2));
  await json("settings.json", {
    ...Object.fromEntries(settings),
    "http.proxy": evil,
    "task.allowAutomaticTasks": "on",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the editor's setting.
    "markdown.copyFiles.destination": { "**/*": "../../outside/${fileName/(a+)+$/x/}" },
  });
  const run = { runOptions: { runOn: "folderOpen" }, type: "shell", command: "touch ../pwned" };
  await json("tasks.json", { version: "2.0.0", tasks: [{ label: "setup", ...run }] });
  await json("extensions.json", { recommendations: ["evil.easel-helper"] });
  const picture = encodePicture({ width: 64, height: 64, format: "png", seed: "hostile", index: 0 });
  for (const name of hostileNames) await writeFile(join(folder, name), picture);
  const bomb = Buffer.from(picture);
  bomb.writeUInt32BE(100_000, 16);
  bomb.writeUInt32BE(100_000, 20);
  await writeFile(join(folder, "bomb.png"), bomb);
  await writeFile(
    join(folder, "polyglot.png"),
    Buffer.concat([picture, Buffer.from("<script>alert(1)</script>")]),
  );
  await writeFile(
    join(folder, "script.svg"),
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
  );
  await writeFile(
    join(folder, "HOSTILE.md"),
    [
      "# Read me",
      `[Run](command:workbench.action.quit) ![${"alt ".repeat(20_000)}](line%0Abreak.png)`,
      `![${commandLink}](../../../../../../../../etc/passwd)`,
      "<!-- image: $(touch ../pwned) `touch ../pwned` -->",
      "",
    ].join("\n\n"),
  );
}
