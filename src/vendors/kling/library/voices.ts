import { z } from "zod";
import type { LibraryItem, VendorContext } from "../../contract.ts";
import { listAll } from "./pages.ts";

export const voicesPath = "/v1/general/custom-voices";
const presetsPath = "/v1/general/presets-voices";

const voiceSchema = z.object({
  voice_id: z.union([z.string(), z.number()]).transform(String),
  voice_name: z.string(),
  trial_url: z.string().catch(""),
  owned_by: z.string().catch(""),
  status: z.string().catch("succeed"),
});

/** The account's own voices, newest first, then the vendor's (contract §6.2). */
export async function listVoices(context: VendorContext): Promise<LibraryItem[]> {
  const own = await listAll(voicesPath, "voices", context);
  const presets = await listAll(presetsPath, "voices", context);
  return [...own, ...presets].flatMap((item) => readVoice(item) ?? []);
}

/** A voice as the vendor shows it; undefined for a deleted one or what is none. */
export function readVoice(item: unknown): LibraryItem | undefined {
  const voice = voiceSchema.safeParse(item).data;
  if (!voice || voice.status === "deleted") return undefined;
  return {
    shelf: "voices",
    id: voice.voice_id,
    name: voice.voice_name,
    own: voice.owned_by !== "kling",
    ...(voice.trial_url ? { sound: voice.trial_url } : {}),
  };
}
