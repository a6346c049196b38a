import { type OptionValues, optionDefaults } from "../../../src/model/options.ts";
import type { VendorContext, VendorEvent, VendorRequest } from "../../../src/vendors/contract.ts";
import { placeholder } from "../../../src/vendors/placeholder/index.ts";

export type PlaceholderOperation = "text-to-image" | "sound";

export function profileOf(operation: PlaceholderOperation) {
  const profile = placeholder.models[0]?.operations[operation];
  if (!profile) throw new Error(`no ${operation}`);
  return profile;
}

/** Anything but the signal would be a call that costs or leaves the machine. */
function contextOf(signal: AbortSignal): VendorContext {
  return { signal } as VendorContext;
}

export function events(
  options: OptionValues,
  prompt = "a lighthouse",
  operation: PlaceholderOperation = "text-to-image",
  signal = new AbortController().signal,
): AsyncIterable<VendorEvent> {
  const request: VendorRequest = {
    operation,
    model: "placeholder",
    prompt,
    inputs: [],
    options: { ...optionDefaults(profileOf(operation).options), ...options },
  };
  return placeholder.start(request, contextOf(signal));
}

/** The bytes of every output, in order. */
export async function make(...args: Parameters<typeof events>): Promise<Buffer[]> {
  const files: Buffer[] = [];
  for await (const event of events(...args)) {
    if (event.type !== "output" || event.source.kind !== "stream") continue;
    const chunks: Uint8Array[] = [];
    for await (const chunk of event.source.stream) chunks.push(chunk);
    files.push(Buffer.concat(chunks));
  }
  return files;
}

export async function makeOne(...args: Parameters<typeof events>): Promise<Buffer> {
  const [file] = await make(...args);
  if (!file) throw new Error("nothing was made");
  return file;
}
