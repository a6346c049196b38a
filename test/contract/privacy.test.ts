import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { settings } from "../../src/contributions.ts";
import { reviewStateSchema } from "../../src/studio/protocolSchema.ts";
import { vendorEntries } from "../../src/vendors/catalog.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const languages = { English: read("PRIVACY.md"), Chinese: read("PRIVACY.zh-CN.md") };
const manifest = JSON.parse(read("package.json")) as {
  contributes: { configuration: { properties: Record<string, { default: unknown }> } };
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
};
const sources = globSync("src/**/*.ts", { cwd: root }).map((path) => ({ path, text: read(path) }));

/** Ids of the promises a page makes, in its order. */
const promisesOf = (page: string) => [...page.matchAll(/^- \*\*(P-\d\d)\*\*/gm)].map(([, id]) => id ?? "");
/** The cells of the table rows whose first cell is a vendor's id or a version. */
const rowsOf = (page: string, first: RegExp) =>
  [...page.matchAll(/^\| (.+) \|$/gm)]
    .map(([, row = ""]) => row.split(" | "))
    .filter(([cell = ""]) => first.test(cell));
/** Each promise with its numbers and names in code marks, which no translation changes; what stands in angle brackets is for a reader. */
const factsOf = (page: string) =>
  [...page.matchAll(/^- \*\*(P-\d\d)\*\*([\s\S]*?)(?=^- \*\*P-|^## )/gm)].map(([, id, words = ""]) => [
    id,
    ...[...words.replaceAll(/<[^>]*>/g, "").matchAll(/`[^`]+`|\d+/g)].map(([fact]) => fact).sort(),
  ]);
/** Files of the source in which something is found, apart from the webviews' own side. */
const hostFiles = (pattern: RegExp) =>
  sources
    .filter(({ path, text }) => !path.startsWith("src/webview/") && pattern.test(text))
    .map(({ path }) => path)
    .sort();
/** Ids that test titles name: in the first argument of `describe` and `it`. */
const namedIn = (text: string) =>
  [...text.matchAll(/\b(?:it|describe)\(\s*(`[^`]*`|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g)].flatMap(
    ([, title = ""]) => title.match(/P-\d\d/g) ?? [],
  );

describe("PRIVACY.md", () => {
  const promises = promisesOf(languages.English);

  it("makes the same promises in both languages, numbered without gaps (P-25)", () => {
    assert.ok(promises.length > 0);
    assert.deepEqual(
      promises,
      promises.map((_, index) => `P-${String(index + 1).padStart(2, "0")}`),
    );
    assert.deepEqual(promisesOf(languages.Chinese), promises);
  });

  it("each promise is named by a test, and no test names one that is not made (P-25)", () => {
    const named = globSync("test/**/*.test.ts", { cwd: root }).flatMap((path) => namedIn(read(path)));
    assert.deepEqual([...new Set(named)].sort(), promises);
  });

  it("is dated, versioned, listed and licensed alike in both languages (P-25)", () => {
    const facts = (page: string) => {
      const changes = rowsOf(page, /^\d+\.\d+$/).map(([version, date]) => ({ version, date }));
      const [, version, date] = /^\S+ (\d+\.\d+) · (\d{4}-\d\d-\d\d)/m.exec(page) ?? [];
      assert.deepEqual(changes.at(-1), { version, date }, "the last change is the page's own version");
      assert.ok(page.includes("[Apache-2.0](LICENSE)"));
      return changes;
    };
    assert.deepEqual(facts(languages.Chinese), facts(languages.English));
  });

  it("numbers and names are the same in both languages (P-25)", () => {
    const facts = factsOf(languages.English);
    assert.deepEqual(
      facts.map(([id]) => id),
      promises,
    );
    assert.deepEqual(factsOf(languages.Chinese), facts);
  });

  it("a page whose words change gets a new version, a date and a line that says what (P-25)", () => {
    const words = Object.values(languages).map((page) => {
      const [, version] = /^\S+ (\d+\.\d+) · /m.exec(page) ?? [];
      const text = page.slice(page.indexOf("\n## "), page.lastIndexOf("\n## ")).replaceAll(/\s+/g, " ");
      return `${version} ${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
    });
    const said = ["1.2 7b2bbeedb552d12e", "1.2 05a1ea93a84ab562"];
    assert.deepEqual(words, said, `new words need a new version and a line that says what: ${words}`);
  });

  for (const [language, page] of Object.entries(languages)) {
    it(`names every vendor of the catalog, where its data goes and its own policy (${language}) (P-02, P-25)`, () => {
      const rows = rowsOf(page, /^`[a-z]+`$/);
      assert.deepEqual(
        rows.map(([id]) => id),
        vendorEntries.map(({ id }) => `\`${id}\``),
      );
      for (const [index, { id, credentials, addressSecret }] of vendorEntries.entries()) {
        const [, goesTo = "", keeps = "", policy = ""] = rows[index] ?? [];
        assert.ok(goesTo && keeps && policy);
        if (credentials.length === 0) continue;
        assert.match(policy, /\]\(https:\/\//, id);
        if (addressSecret !== undefined) continue;
        assert.ok(goesTo.includes(`easel.${id}.baseUrl`), id);
      }
    });
  }

  it("the code asks the editor for nothing that tells who or where a person is (P-01)", () => {
    const telling =
      /\b(machineId|devDeviceId|sessionId|appHost)\b|[tT]elemetry|authentication\.getSession|\b(hostname|userInfo|networkInterfaces)\(\)|process\.env\.|geolocation|navigator\.(userAgent|language)/;
    const found = sources.filter(({ text }) => telling.test(text)).map(({ path }) => path);
    // A lease names its machine, so that a folder shared by two is told apart: in a file that goes with its job.
    assert.deepEqual(found, ["src/jobs/lease.ts"]);
    // Calls name themselves where they are made, and nobody gives them another name.
    assert.deepEqual(
      hostFiles(/userAgent/).filter((path) => !path.startsWith("src/net/")),
      [],
    );
  });

  it("the network is reached through src/net alone, and nothing else opens a connection (P-02, P-19)", () => {
    const opens =
      /from "(undici|node:(https?|http2|net|tls|dgram|child_process|worker_threads))"|\bWebSocket\b|XMLHttpRequest|sendBeacon|EventSource\(/;
    const found = sources.filter(({ text }) => opens.test(text)).map(({ path }) => path);
    assert.deepEqual(
      found.filter((path) => !path.startsWith("src/net/")),
      [],
    );
    // A webview reads its own files so, and its policy lets it reach nothing else.
    assert.deepEqual(hostFiles(/(?<![.\w])fetch\(|globalThis\.fetch/), []);
    assert.match(read("src/studio/html.ts"), /default-src 'none'/);
    // What is opened outside is a file that the user has, by an act of theirs.
    assert.deepEqual(hostFiles(/openExternal\(/), [
      "src/studio/itemActions.ts",
      "src/studio/reviewActions.ts",
    ]);
  });

  it("no host is written into the code but the vendors' own and the one of examples (P-19)", () => {
    const own = vendorEntries.filter(({ defaultBaseUrl }) => defaultBaseUrl !== "");
    const hosts = sources.flatMap(({ text }) =>
      [...text.matchAll(/["'`](?:https?|wss?):\/\/([\w-]+(?:\.[\w-]+)+)/g)].map(([, host = ""]) => host),
    );
    // A namespace's name and an example in a hint are no addresses that anybody calls.
    const named = [
      "www.w3.org",
      "example.com",
      ...own.map(({ defaultBaseUrl }) => new URL(defaultBaseUrl).host),
    ];
    assert.deepEqual([...new Set(hosts)].sort(), named.sort());
  });

  it("calls beside the jobs are made by the commands that the page names, and by no others (P-02)", () => {
    const callers = (pattern: RegExp) =>
      sources
        .filter(({ text }) => pattern.test(text))
        .map(({ path }) => path)
        .sort();
    assert.deepEqual(callers(/\bassisted(By)?(<[^>]*>)?\(/), [
      "src/commands/createElement.ts",
      "src/commands/fetchTask.ts",
      "src/commands/findAsset.ts",
      "src/commands/manageElements.ts",
      "src/ui/altText.ts",
      "src/ui/assistant.ts",
      "src/ui/improvePrompt.ts",
      "src/ui/libraryItems.ts",
    ]);
    assert.deepEqual(callers(/\baside\(entry/), [
      // A finished task is erased at its vendor.
      "src/commands/jobActions.ts",
      "src/studio/improve.ts",
      "src/ui/assistant.ts",
    ]);
    const named = {
      English: ["Improve Prompt", "Write Alt Text", "Describe", "Find Asset", "Create Element"],
    };
    for (const name of named.English) assert.ok(languages.English.includes(`*${name}*`), name);
    const nls = JSON.parse(read("package.nls.zh-cn.json")) as Record<string, string>;
    const l10n = JSON.parse(read("l10n/bundle.l10n.zh-cn.json")) as Record<string, string>;
    for (const name of [
      ...["writeAltText", "findAsset", "createElement"].map((id) => nls[`command.${id}`]?.replace("…", "")),
      ...["Improve Prompt", "Describe"].map((key) => l10n[key]),
    ]) {
      assert.ok(name && languages.Chinese.includes(`*${name}*`), name);
    }
  });

  it("secrets are read and written in one file only, and nothing else of the editor keeps them (P-05)", () => {
    const users = sources
      .filter(({ text }) => /SecretStorage|context\.secrets/.test(text))
      .map(({ path }) => path);
    assert.deepEqual(users.sort(), ["src/app.ts", "src/secrets/credentials.ts"]);
  });

  it("keys are read for calls and for their own test alone, and no settings are written but an address (P-05, P-07)", () => {
    assert.deepEqual(hostFiles(/\bkeyring\.get\(/), [
      "src/secrets/jobKeys.ts",
      "src/ui/credentialSteps.ts",
      "src/ui/keyTest.ts",
    ]);
    assert.deepEqual(hostFiles(/\b(ensureCredentials|askCredentials)\(/), [
      "src/commands/setApiKey.ts",
      "src/ui/aside.ts",
      "src/ui/credentialSteps.ts",
      "src/ui/send.ts",
    ]);
    assert.deepEqual(hostFiles(/ConfigurationTarget|getConfiguration\([^)]*\)\s*\.update\(/), [
      "src/settings.ts",
    ]);
    const writes = read("src/settings.ts").match(/\.update\(.*\)/g);
    assert.deepEqual(writes, [".update(id, url, vscode.ConfigurationTarget.Global)"]);
  });

  it("what is typed as a key is hidden, but for names, and the box is empty each time (P-07)", () => {
    const fields = vendorEntries.flatMap(({ credentials, alternatives = [], kinds }) => [
      ...credentials,
      ...alternatives.flat(),
      ...Object.values(kinds?.sets ?? {}).flat(),
    ]);
    assert.deepEqual(
      fields.filter(({ plain }) => plain).map(({ key }) => key),
      ["consumer", "issuer"],
    );
    const steps = read("src/ui/credentialSteps.ts");
    assert.deepEqual(steps.match(/\bpassword: .*/g), ["password: true,", "password: !field.plain,"]);
    assert.doesNotMatch(
      steps.slice(steps.indexOf("function fieldStep"), steps.indexOf("ensureCredentials(")),
      /\bvalue\b/,
    );
    assert.match(read("src/ui/multiStep.ts"), /box\.password = step\.password \?\? false;/);
  });

  it("a job's task is erased with the key of its own address alone (P-06)", () =>
    assert.match(
      read("src/commands/jobActions.ts"),
      /context\.baseUrl === job\.baseUrl \? erase\?\.\(operation, context\) : "refused"/,
    ));

  it("a key is tested where its test is asked for, and nowhere else (P-08, P-20)", () => {
    assert.deepEqual(hostFiles(/\bverifyCredentials\(/), ["src/app.ts", "src/vendors/verify.ts"]);
    assert.equal(read("src/app.ts").match(/\bverifyCredentials\(/g)?.length, 1);
    assert.deepEqual(hostFiles(/(?<!\.)\bverify\(entry\b|\.verify\(/), [
      "src/ui/keyTest.ts",
      "src/vendors/verify.ts",
    ]);
    assert.deepEqual(hostFiles(/\bkeyTest\(/), [
      "src/commands/testApiKey.ts",
      "src/studio/setup.ts",
      "src/ui/keyTest.ts",
    ]);
    assert.deepEqual(hostFiles(/\bsetup\.test\(|this\.test\(/), ["src/studio/studioHandlers.ts"]);
    assert.deepEqual(hostFiles(/\btestCredentials\(/), [
      "src/commands/setApiKey.ts",
      "src/commands/testApiKey.ts",
    ]);
    assert.match(read("src/commands/setApiKey.ts"), /if \(answer === test\) await testCredentials\(/);
  });

  it("what is kept for a draft is what the Studio was given (P-12)", () => {
    assert.deepEqual(hostFiles(/uploads\.add\(/), ["src/studio/references.ts"]);
    assert.deepEqual(hostFiles(/references\.bytes\(/), [
      "src/studio/again.ts",
      "src/studio/frames.ts",
      "src/studio/studioService.ts",
    ]);
  });

  it("the transport follows nothing and keeps nothing by itself (P-21, P-24)", () => {
    const undici = sources.flatMap(({ text }) => text.match(/import .* from "undici";/g) ?? []);
    assert.deepEqual(undici, [
      'import { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool, request } from "undici";',
    ]);
    assert.deepEqual(hostFiles(/maxRedirections|follow-redirects|CacheStore|\bcaches\.open/), []);
  });

  it("files are written where the page says so, and nowhere else (P-05, P-10, P-12, P-17, P-24)", () => {
    const writes =
      /\b(writeFile|appendFile|createWriteStream|copyFile|cp|outputFile)(Sync)?\(|fs\.(writeFile|copy|rename)\(|import \{[^}]*\bopen\b[^}]*\} from "node:fs|\.createFile\(|\.renameFile\(/;
    assert.deepEqual(hostFiles(writes), [
      "src/assets/reader.ts",
      "src/assets/thumbnails.ts",
      // The jobs' folder: claims by a hash, what an earlier owner had fetched, the ledger, leases without content, the bell, wishes.
      "src/jobs/claims.ts",
      "src/jobs/collect.ts",
      "src/jobs/files.ts",
      "src/jobs/lease.ts",
      "src/jobs/watch.ts",
      "src/jobs/wishes.ts",
      // Results as they come, and the note beside one.
      "src/net/file.ts",
      "src/net/note.ts",
      // What the user confirmed, and the list of it.
      "src/placement/apply.ts",
      "src/placement/placedList.ts",
      "src/search/searchIndex.ts",
      // A poster with its job, or where the user saves a frame; what was pasted or dropped.
      "src/studio/frames.ts",
      "src/studio/uploads.ts",
    ]);
  });

  it("the editor's own storage is handed to those that say what they keep (P-10, P-14, P-15)", () => {
    const users = sources
      .filter(({ text }) => /\b(Memento|globalState|workspaceState)\b/.test(text))
      .map(({ path }) => path);
    assert.deepEqual(users.sort(), [
      "src/app.ts",
      // The mirror of open tasks; its store is handed in.
      "src/extension.ts",
      "src/placement/records.ts",
      "src/ui/choices.ts",
    ]);
  });

  it("recipes are off, no untrusted workspace can turn them on, and one place asks whether they are on (P-16)", () => {
    const { properties } = manifest.contributes.configuration;
    assert.equal(properties[settings.recipes]?.default, false);
    assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(settings.recipes));
    const writers = sources.filter(({ text }) => /\brecipeJson\(/.test(text)).map(({ path }) => path);
    assert.deepEqual(writers.sort(), ["src/placement/placer.ts", "src/placement/recipe.ts"]);
    const placer = sources.find(({ path }) => path === "src/placement/placer.ts")?.text ?? "";
    assert.equal(placer.match(/recipeJson\(/g)?.length, 1);
    assert.match(placer, /writesRecipes\(scope\) \? \{ recipe: recipeJson\(/);
  });

  it("the log is written in one file, from fields that are listed or a fault's name and place, the same at every level (P-23)", () => {
    const writers = sources.filter(({ text }) =>
      /\bconsole\.\w+\(|\blog\.(trace|debug|info|warn|error|append)/.test(text),
    );
    assert.deepEqual(
      writers.map(({ path }) => path),
      ["src/app.ts"],
    );
    const lines = writers[0]?.text.match(/log\.\w+\(.*\)/g) ?? [];
    assert.deepEqual(lines, [
      "log.error(faultLine(error))",
      'log.info([job, vendor, status, requestId, fault].filter(Boolean).join(" "))',
    ]);
  });

  it("forgetting what was placed empties records, list and thumbnails, of which there are at most 200 MB (P-14)", () => {
    const forget =
      /async forget\(\): Promise<void> \{([^}]*)\}/.exec(read("src/placement/placer.ts"))?.[1] ?? "";
    for (const kept of ["records", "placed"])
      assert.ok(forget.includes(`await this.#options.${kept}.clear();`), kept);
    const command = read("src/commands/forgetPlaced.ts");
    for (const act of ["placer.forget()", "forgetThumbnails()"])
      assert.ok(command.includes(`  await ${act};`), act);
    assert.match(read("src/studio/studioService.ts"), /async forgetThumbnails\(\)[^}]*\.clear\(\)/);
    const [, mebibytes] =
      /const maxStore = (\d+) \* 1024 \* 1024;/.exec(read("src/studio/thumbnailKeeper.ts")) ?? [];
    assert.ok(languages.English.includes(`up to ${mebibytes} MB in all`));
  });

  it("plain HTTP is allowed to what the user typed alone, wherever the network is made (P-18)", () => {
    const made = sources.flatMap(({ text }) => text.match(/(?<!function )\bcreateNet\(.*\)/g) ?? []);
    assert.deepEqual(made, ["createNet({ settings: network(), allowInsecure: isTypedAddress })"]);
    assert.match(
      read("src/app.ts"),
      /const isTypedAddress = \(origin: string\) =>\s+keyring\.isSecretOrigin\(origin\) \|\|\s+vendorEntries\s+\.flatMap\(\(\{ id \}\) => addressesInSettings\(id\)\)/,
    );
  });

  it("the search index is made by Find Asset alone, in Easel's own folder (P-16)", () => {
    const makers = sources.filter(({ text }) => /new SearchIndex\(/.test(text)).map(({ path }) => path);
    assert.deepEqual(makers, ["src/commands/findAsset.ts"]);
    assert.match(
      read("src/commands/findAsset.ts"),
      /return new SearchIndex\(vscode\.Uri\.joinPath\(storage, "search", `\$\{name\}\.json`\)\.fsPath\);/,
    );
  });

  it("no webview keeps anything but which sheet it is and what of the Studio was shown (P-15, P-17)", () => {
    assert.deepEqual(Object.keys(reviewStateSchema.shape).sort(), ["assetId", "jobId"]);
    const protocol = read("src/studio/studioProtocol.ts");
    const [, kept = ""] = /interface StudioState \{([^}]*)\}/.exec(protocol) ?? [];
    assert.deepEqual(
      [...kept.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name),
      ["section", "item", "sort", "where", "from", "to", "offset"],
    );
    const keepers = sources.flatMap(({ path, text }) =>
      (text.match(/\b(ipc|wire)\.state = .*/g) ?? []).map((line) => `${path}: ${line}`),
    );
    assert.deepEqual(keepers.sort(), [
      "src/webview/review/store.ts: ipc.state = state;",
      "src/webview/studio/store.ts: wire.state = state;",
    ]);
    assert.match(read("src/webview/review/store.ts"), /const state: ReviewState = /);
    assert.match(read("src/webview/studio/store.ts"), /const state: StudioState = /);
    assert.deepEqual(
      sources.filter(({ text }) => /\bsetState\(/.test(text)).map(({ path }) => path),
      ["src/webview/shared/ipc.ts"],
    );
    for (const { path, text } of sources)
      assert.doesNotMatch(text, /retainContextWhenHidden|localStorage|sessionStorage|indexedDB/, path);
  });
});
