import * as vscode from "vscode";
import type { Services } from "../app.ts";
import { settings } from "../contributions.ts";
import { type MediaKind, type OperationId, operations } from "../model/operations.ts";
import { addressProblem } from "../net/typedAddress.ts";
import type { PlacedList } from "../placement/placedList.ts";
import type { Keyring } from "../secrets/keyring.ts";
import { addressesInSettings, vendorAddress, writesRecipes } from "../settings.ts";
import { addressProblemText } from "../text/credentials.ts";
import { listText } from "../text/quantities.ts";
import { makesText, outputFoldersText, privacySentences } from "../text/setup.ts";
import { verificationText } from "../text/verification.ts";
import { hostOf } from "../ui/credentialSteps.ts";
import { keyedVendors } from "../ui/firstOffer.ts";
import { keyTest } from "../ui/keyTest.ts";
import { type VendorEntry, vendorEntries } from "../vendors/catalog.ts";
import { VendorError } from "../vendors/errors.ts";
import type { SetupView, VendorSetupView } from "./studioViews.ts";

export interface SetupOptions {
  keyring: Keyring;
  placed: PlacedList;
  verify: Services["verify"];
}

type Test = VendorSetupView["test"];

const kinds: readonly MediaKind[] = ["image", "video", "audio", "text"];

const noTest: Test = { state: "none", text: "" };

/** What Setup shows: vendors with their keys, where results land, what is kept. */
export class Setup implements vscode.Disposable {
  readonly #options: SetupOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #tests = new Map<string, Test>();
  readonly onDidChange = this.#changed.event;

  constructor(options: SetupOptions) {
    this.#options = options;
  }

  /** Keys or settings are others now: what was tested may no longer hold. */
  changed(): void {
    this.#tests.clear();
    this.#changed.fire();
  }

  async view(): Promise<SetupView> {
    const { keyring, placed } = this.#options;
    const keyed = await keyedVendors(keyring);
    const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => ({
      name: folder.name,
      path: vscode.workspace.getConfiguration(undefined, folder.uri).get(settings.outputFolder, ""),
    }));
    return {
      first: keyed.size === 0,
      trusted: vscode.workspace.isTrusted,
      vendors: await Promise.all(vendorEntries.map((entry) => this.#vendor(entry, keyed))),
      outputFolder: outputFoldersText(folders),
      recipes: writesRecipes(vscode.workspace.workspaceFolders?.[0]?.uri),
      placed: (await placed.all()).length,
      privacy: privacySentences(),
    };
  }

  /** A free look whether a vendor takes its key; the answer is shown beside it. */
  async test(entry: VendorEntry): Promise<void> {
    const { host, run } = await keyTest(this.#options, entry, vendorAddress(entry.id));
    if (!run) return;
    this.#set(entry, { state: "running", text: "" });
    const stop = new vscode.CancellationTokenSource();
    try {
      const found = await run(stop.token);
      const text = found && verificationText(entry, host, found);
      this.#set(entry, found ? { state: found.result, text: text ?? "" } : noTest);
    } catch (error) {
      this.#set(entry, noTest);
      if (!(error instanceof VendorError)) throw error;
    } finally {
      stop.dispose();
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(entry: VendorEntry, test: Test): void {
    this.#tests.set(entry.id, test);
    this.#changed.fire();
  }

  async #vendor(entry: VendorEntry, keyed: ReadonlySet<string>): Promise<VendorSetupView> {
    const { models } = await entry.load();
    const can = models.flatMap((model) => Object.keys(model.operations) as OperationId[]);
    const outputs = new Set<MediaKind>(can.map((id) => operations[id].output));
    const makes = kinds.filter((kind) => outputs.has(kind));
    const address = vendorAddress(entry.id);
    const wrong = addressesInSettings(entry.id).find(({ url }) => addressProblem(url) !== undefined);
    const problem = wrong && addressProblem(wrong.url);
    const needsKey = entry.credentials.length > 0;
    const isPlain = needsKey && entry.addressSecret === undefined && address.baseUrl !== "";
    return {
      id: entry.id,
      name: entry.name,
      makes: listText(makes.map(makesText)),
      needsKey,
      hasKey: keyed.has(entry.id),
      address: isPlain && !problem ? hostOf(entry, address) : "",
      ...(wrong && problem ? { problem: addressProblemText(entry, wrong.url, problem) } : {}),
      test: this.#tests.get(entry.id) ?? noTest,
    };
  }
}
