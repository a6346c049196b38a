import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { z } from "zod";

/** What is known of an unfinished download, beside its part file. The link expires on its own and carries no key of the user's. */
const noteSchema = z.object({
  version: z.literal(1),
  job: z.string().optional(),
  /** The link last in use, and when it dies (milliseconds since the epoch). */
  url: z.string(),
  expires: z.number().optional(),
  /** Strong validator of the bytes so far; without one they cannot be carried on. */
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** Bytes of the whole file. */
  size: z.number().optional(),
  mediaType: z.string().optional(),
});
export type DownloadNote = z.infer<typeof noteSchema>;

const notePath = (target: string): string => `${target}.part.json`;

/** The note of an earlier try, if there is one that can be read. */
export async function readNote(target: string): Promise<DownloadNote | undefined> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(notePath(target), "utf8")));
  } catch {
    return undefined;
  }
}

/** Replaces the note at one stroke. */
export async function writeNote(target: string, note: DownloadNote): Promise<void> {
  const draft = `${notePath(target)}.new`;
  await writeFile(draft, JSON.stringify(note), { mode: 0o600 });
  await rename(draft, notePath(target));
}

export async function removeNote(target: string): Promise<void> {
  await rm(notePath(target), { force: true });
}
