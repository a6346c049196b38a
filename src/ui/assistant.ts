import * as vscode from "vscode";
import type { Services } from "../app.ts";
import { failureSentences } from "../text/errors.ts";
import { abilities } from "../vendors/abilities.ts";
import { type VendorEntry, vendorEntries } from "../vendors/catalog.ts";
import type { ChatAsk, Vendor, VendorContext } from "../vendors/contract.ts";
import { VendorError } from "../vendors/errors.ts";

/** What a vendor may be able to do beside making assets. */
type Talent = "chat" | "embed" | "library" | "rerank";

/** A vendor that can do something beside making assets, and what it takes to call it. */
export type Talented<T extends Talent> = Vendor & Required<Pick<Vendor, T>>;

/** The first vendor that has a talent; none is loaded for the answer. */
export function whoCan(talent: Talent): VendorEntry | undefined {
  return vendorEntries.find(({ id }) => abilities[id]?.includes(talent));
}

/**
 * Asks a vendor for something beside the jobs, on the user's act: shows that it is under way, lets it be cancelled, and says what went
 * wrong. Undefined if nothing came of it.
 */
export async function assisted<T extends Talent, R>(
  services: Pick<Services, "aside">,
  talent: T,
  title: string,
  call: (vendor: Talented<T>, context: VendorContext, tell: (text: string) => void) => Promise<R>,
): Promise<R | undefined> {
  const entry = whoCan(talent);
  return (
    entry &&
    assistedBy(services, entry, title, (vendor, context, tell) => call(vendor as Talented<T>, context, tell))
  );
}

/** {@link assisted} by a vendor that is chosen already. */
export async function assistedBy<R>(
  services: Pick<Services, "aside">,
  entry: VendorEntry,
  title: string,
  call: (vendor: Vendor, context: VendorContext, tell: (text: string) => void) => Promise<R>,
): Promise<R | undefined> {
  const stop = new AbortController();
  try {
    return await services.aside(entry, stop.signal, (vendor, context) =>
      Promise.resolve(
        vscode.window.withProgress(
          { location: vscode.ProgressLocation.Notification, title, cancellable: true },
          (progress, token) => {
            token.onCancellationRequested(() => stop.abort());
            return call(vendor, context, (message) => progress.report({ message }));
          },
        ),
      ),
    );
  } catch (error) {
    if (stop.signal.aborted) return undefined;
    if (!(error instanceof VendorError)) throw error;
    vscode.window.showErrorMessage(failureSentences(error.facts, entry.name));
    return undefined;
  }
}

/** All of a chat's answer as one text, trimmed. `onText` hears how far it is. */
export async function answerOf(
  vendor: Talented<"chat">,
  context: VendorContext,
  ask: ChatAsk,
  onText: (soFar: string) => void = () => undefined,
): Promise<string> {
  let text = "";
  for await (const event of vendor.chat(ask, context)) {
    if (event.type !== "text") continue;
    text += event.text;
    onText(text);
  }
  return text.trim();
}
