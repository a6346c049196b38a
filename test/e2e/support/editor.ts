import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../../scripts/lib/paths.ts";

type Listener<T> = (value: T) => void;

/** Just so much of a URI as webview panels use. */
export class TestUri {
  readonly address: string;
  constructor(address: string) {
    this.address = address;
  }
  static parse(address: string): TestUri {
    return new TestUri(address);
  }
  static joinPath(base: TestUri, ...parts: string[]): TestUri {
    return new TestUri(new URL(parts.join("/"), `${base.address}/`).href);
  }
  toString(): string {
    return this.address;
  }
}

class Emitter<T> {
  readonly #listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}

/** A panel whose webview is a page of a browser: `port` is set to what carries messages to it. */
export class TestPanel {
  title = "";
  active = true;
  disposed = false;
  readonly received = new Emitter<unknown>();
  readonly #disposed = new Emitter<void>();
  post: (message: unknown) => Promise<boolean> = async () => false;
  readonly onDidDispose = this.#disposed.event;
  readonly webview = {
    html: "",
    options: {} as { localResourceRoots?: TestUri[] },
    cspSource: "'self'",
    asWebviewUri: (uri: TestUri) => new TestUri(new URL(uri.address).pathname),
    postMessage: (message: unknown) => this.post(message),
    onDidReceiveMessage: this.received.event,
  };
  visible = true;
  onDidChangeViewState(): { dispose(): void } {
    return { dispose: () => {} };
  }
  reveal(): void {}
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.#disposed.fire();
  }
}

/** What the panels did with the editor. */
export interface Editor {
  panels: TestPanel[];
  clipboard: string[];
}

/**
 * The host side of the webviews as it is shipped, with a stand-in for the few parts of the editor it uses, so that it can be
 * driven from plain Node with a browser's page for a webview. `language`: `en` or `zh-cn`, with the shipped translations.
 */
export async function loadHostSide(language: string): Promise<{
  editor: Editor;
  review: typeof import("../../../src/studio/review.ts");
  regions: typeof import("../../../src/studio/regions.ts");
  mask: typeof import("../../../src/studio/mask.ts");
  html: typeof import("../../../src/studio/html.ts");
  ipc: typeof import("../../../src/studio/ipc.ts");
  studioSchema: typeof import("../../../src/studio/studioSchema.ts");
  studioText: typeof import("../../../src/text/studio.ts");
  reviewText: typeof import("../../../src/text/review.ts");
}> {
  const words: Record<string, string> =
    language === "en"
      ? {}
      : JSON.parse(await readFile(join(root, `l10n/bundle.l10n.${language}.json`), "utf8"));
  const editor: Editor = { panels: [], clipboard: [] };
  const key = `easel-test-${Math.random()}`;
  Object.assign(globalThis, {
    [key]: {
      Uri: TestUri,
      ViewColumn: { Active: -1, Beside: -2 },
      env: { language, clipboard: { writeText: async (text: string) => void editor.clipboard.push(text) } },
      l10n: {
        t: (text: string, ...values: unknown[]) =>
          (words[text] ?? text).replace(/\{(\d)\}/g, (hole, index) => String(values[Number(index)] ?? hole)),
      },
      window: {
        createWebviewPanel: (_type: string, title: string) => {
          const panel = new TestPanel();
          panel.title = title;
          editor.panels.push(panel);
          return panel;
        },
      },
    },
  });
  const code = (await hostSide()).replaceAll("EASEL_TEST_EDITOR", key);
  return { editor, ...(await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) };
}

let built: Promise<string> | undefined;

/** The host side as one script; `EASEL_TEST_EDITOR` in it names the global that stands in for the editor. */
function hostSide(): Promise<string> {
  built ??= build({
    stdin: {
      contents: [
        'export * as review from "./review.ts"; export * as regions from "./regions.ts"; export * as mask from "./mask.ts";',
        'export * as html from "./html.ts"; export * as ipc from "./ipc.ts"; export * as studioSchema from "./studioSchema.ts";',
        'export * as studioText from "../text/studio.ts"; export * as reviewText from "../text/review.ts";',
      ].join(""),
      resolveDir: join(root, "src/studio"),
    },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    plugins: [
      {
        name: "editor",
        setup(setup) {
          setup.onResolve({ filter: /^vscode$/ }, () => ({ path: "vscode", namespace: "editor" }));
          setup.onLoad({ filter: /.*/, namespace: "editor" }, () => ({
            contents:
              'export const { Uri, ViewColumn, env, l10n, window } = globalThis["EASEL_TEST_EDITOR"];',
          }));
        },
      },
    ],
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? "");
  return built;
}
