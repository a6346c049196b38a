import { z } from "zod";
import type { VendorContext } from "../contract.ts";

/** How the gateway tells its consumers apart (contract §2). */
export const authKinds = ["apiKey", "jwt", "hmac"] as const;

/** Ways to the same result, of which a gateway may have some: `auto` tries them in the contract's order (§3.5, §3.6). */
export const routeChoices = {
  rerank: ["auto", "reranks", "rerank", "native"],
  speech: ["auto", "native", "openai"],
  transcript: ["auto", "openai", "chat", "native"],
} as const;

const settingsSchema = z.object({
  auth: z.enum(authKinds).catch("apiKey"),
  /** `authorization`, `header:NAME` or `query:NAME`. */
  keyLocation: z.string().trim().min(1).catch("authorization"),
  /** Root of the native paths, where it is not the base URL without `/v1`. */
  nativeUrl: z.string().trim().catch(""),
  routes: z
    .object({
      rerank: z.enum(routeChoices.rerank).catch("auto"),
      speech: z.enum(routeChoices.speech).catch("auto"),
      transcript: z.enum(routeChoices.transcript).catch("auto"),
    })
    .catch({ rerank: "auto", speech: "auto", transcript: "auto" }),
  /** Names of models as this gateway knows them, by what they are for. */
  models: z.record(z.string(), z.string().trim().catch("")).catch({}),
});

export type GatewaySettings = z.infer<typeof settingsSchema>;

/** The user's settings of the gateway; anything missing or unreadable is its default. */
export function settingsOf({ settings }: Pick<VendorContext, "settings">): GatewaySettings {
  return settingsSchema.parse(settings ?? {});
}
