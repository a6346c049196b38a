import type { OperationId } from "../../src/model/operations.ts";
import type { OptionValues } from "../../src/model/options.ts";
import { optionDefaults } from "../../src/model/options.ts";
import type { ChatAsk, InputFile, VendorContext, VendorRequest } from "../../src/vendors/contract.ts";
import { VendorError, type VendorErrorFacts } from "../../src/vendors/errors.ts";
import { gateway } from "../../src/vendors/gateway/index.ts";

/** A request as jobs would hand it to the gateway, its other options at their defaults. */
export function gatewayRequest(
  operation: OperationId,
  model: string,
  {
    prompt = "",
    options = {},
    inputs = [],
  }: { prompt?: string; options?: OptionValues; inputs?: InputFile[] },
): VendorRequest {
  const profile = gateway.models.find(({ id }) => id === model)?.operations[operation];
  if (!profile) throw new Error(`no ${operation} of ${model}`);
  return { operation, model, prompt, inputs, options: { ...optionDefaults(profile.options), ...options } };
}

/** A sound of these bytes. */
export function soundInput(bytes: Uint8Array, type = "audio/mpeg"): InputFile {
  return {
    role: "audio",
    name: "sound.mp3",
    type,
    bytes: bytes.length,
    async *open() {
      yield bytes;
    },
  };
}

export function linkedInput(url: string, role: InputFile["role"] = "audio"): InputFile {
  return { role, name: "linked", type: "", bytes: 0, url };
}

/** What a chat told: its words together, what it used, and the error it ended in. */
export async function chatted(
  context: VendorContext,
  ask: Partial<ChatAsk> = {},
): Promise<{ text: string; pieces: string[]; tokens?: number; error?: VendorErrorFacts }> {
  const told = { text: "", pieces: [] as string[] };
  let tokens: number | undefined;
  try {
    for await (const event of gateway.chat?.({ instructions: "", text: "hi", ...ask }, context) ?? []) {
      if (event.type === "usage") tokens = event.usage.units.tokens;
      else told.pieces.push(event.text);
    }
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { ...told, text: told.pieces.join(""), error: error.facts };
  }
  return { ...told, text: told.pieces.join(""), ...(tokens === undefined ? {} : { tokens }) };
}

/** The facts of the {@link VendorError} a promise ends in; undefined when it does not. */
export async function errorFacts(
  promise: Promise<unknown> | undefined,
): Promise<VendorErrorFacts | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return error.facts;
  }
}
