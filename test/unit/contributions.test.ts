import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commands, contextKeys, settings, views, walkthrough } from "../../src/contributions.ts";
import { type OperationId, operationIds, operations } from "../../src/model/operations.ts";
import { vendorEntries } from "../../src/vendors/catalog.ts";

interface Manifest {
  activationEvents: string[];
  contributes: {
    commands: { command: string; title: string; category: string }[];
    walkthroughs: { id: string; steps: { id: string; description: string; completionEvents: string[] }[] }[];
    menus: Record<string, { command: string; when?: string }[]>;
    configuration: { properties: Record<string, { default: unknown; scope: string }> };
  };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
}

const root = join(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, text: readFileSync(join(root, "src", file), "utf8") }));

describe("contributions", () => {
  const contributed = manifest.contributes.commands.map(({ command }) => command);

  it("package.json contributes exactly the commands the code registers", () => {
    assert.deepEqual([...contributed].sort(), Object.values(commands).sort());
  });

  it("every command is in the category Easel with a title from package.nls", () => {
    for (const { command, title, category } of manifest.contributes.commands) {
      assert.equal(category, "Easel", command);
      assert.match(title, /^%[\w.]+%$/, command);
    }
  });

  it("menus name only commands that exist", () => {
    const used = Object.values(manifest.contributes.menus).flat();
    for (const { command } of used) assert.ok(contributed.includes(command), command);
  });

  it("a menu of files shows a command where one of its operations is possible", () => {
    const menus = ["explorer/context", "editor/title/context"];
    const shown = menus.flatMap((menu) => manifest.contributes.menus[menu] ?? []);
    for (const { command, when = "" } of shown) {
      const own = operationIds.filter((id) => operations[id].command === command);
      if (own.length === 0) continue;
      assert.ok(
        when.startsWith(`${contextKeys.possible} =~ /\\s(${own.join("|")})\\s/ && `),
        `${command}: ${when}`,
      );
    }
  });

  it("commands on a row of the jobs view are not in the palette, where there is no row", () => {
    const rows = new Set(manifest.contributes.menus["view/item/context"]?.map(({ command }) => command));
    const hidden = manifest.contributes.menus.commandPalette?.filter(({ when }) => when === "false");
    assert.deepEqual(hidden?.map(({ command }) => command).sort(), [...rows].sort());
  });

  it("package.json contributes exactly the settings the code reads", () => {
    const properties = Object.keys(manifest.contributes.configuration.properties);
    assert.deepEqual(properties.sort(), Object.values(settings).sort());
  });

  it("every setting is read somewhere", () => {
    for (const name of Object.keys(settings)) {
      const readers = sources.filter(({ text }) => text.includes(`settings.${name}`));
      assert.notEqual(readers.length, 0, `nobody reads settings.${name}`);
    }
  });

  it("base URLs are machine scope and have the catalog's default (P-04, P-06)", () => {
    for (const { id, credentials, defaultBaseUrl, addressSecret, addressSettings = [] } of vendorEntries) {
      const { properties } = manifest.contributes.configuration;
      const property = properties[`easel.${id}.baseUrl`];
      if (credentials.length === 0 || addressSecret !== undefined) assert.equal(property, undefined, id);
      else assert.deepEqual([property?.default, property?.scope], [defaultBaseUrl, "machine"], id);
      for (const name of addressSettings) assert.equal(properties[`easel.${id}.${name}`]?.scope, "machine");
    }
  });

  it("restricted settings and why they are is said in plain words, in both languages (P-04)", () => {
    const words: Record<string, readonly string[]> = {
      "package.nls.json": [
        "output folder",
        "recipes",
        "endpoints",
        "gateway's models and routes",
        "Placeholder",
      ],
      "package.nls.zh-cn.json": ["输出文件夹", "配方", "接入点", "网关模型与路线", "Placeholder"],
    };
    for (const [file, each] of Object.entries(words)) {
      const text = JSON.parse(readFileSync(join(root, file), "utf8"))["capabilities.untrustedWorkspaces"];
      for (const word of each) assert.ok(text.includes(word), `${file}: ${word}`);
    }
    // A restricted setting more needs a word more above.
    assert.equal(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.length, 5);
  });

  it("settings a workspace could misuse are machine scope or restricted (P-04)", () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    for (const [id, { scope }] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.ok(scope === "machine" || restrictedConfigurations.includes(id), id);
    }
  });

  it("the walkthrough has four steps that end with something placed, and names only what exists", () => {
    const [start, ...others] = manifest.contributes.walkthroughs;
    assert.deepEqual([start?.id, others.length, start?.steps.length], [walkthrough, 0, 4]);
    assert.deepEqual(start?.steps.at(-1)?.completionEvents, [`onContext:${contextKeys.hasPlaced}`]);
    for (const file of ["package.nls.json", "package.nls.zh-cn.json"]) {
      const words = JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, string>;
      for (const { id, description } of start?.steps ?? []) {
        const text = words[description.slice(1, -1)] ?? "";
        const own = [...text.matchAll(/command:(easel\.[\w.]+)/g)].map(([, command]) => command ?? "");
        for (const command of own) assert.ok(contributed.includes(command), `${file}: ${id}: ${command}`);
      }
    }
  });

  it("a restored review sheet or Studio activates the extension", () => {
    for (const view of [views.review, views.studio])
      assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${view}`), view);
  });

  it("every operation of the catalog can be reached from a command", async () => {
    for (const entry of vendorEntries) {
      const { models } = await entry.load();
      for (const operation of models.flatMap((model) => Object.keys(model.operations) as OperationId[])) {
        const { command } = operations[operation];
        assert.ok(contributed.includes(command), `${operation} of ${entry.id}`);
        const asks = sources.some(
          ({ file, text }) =>
            file.startsWith("commands/") &&
            (text.includes(`"${operation}"`) || text.includes("operationIds")),
        );
        assert.ok(asks, `no command asks for ${operation}`);
      }
    }
  });
});
