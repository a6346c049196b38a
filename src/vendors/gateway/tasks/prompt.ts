import { createHash } from "node:crypto";

/** A prompt as it can be kept beside a task: its hash, whatever becomes of its spaces on the way. */
export function promptMark(prompt: string): string {
  return createHash("sha256").update(prompt.normalize().replace(/\s+/g, "")).digest("hex").slice(0, 32);
}

/** True if a task tells of another prompt than the one with this mark. What is not told differs in nothing. */
export function isOther(mark: string | undefined, prompt: string | undefined): boolean {
  return mark !== undefined && prompt !== undefined && promptMark(prompt) !== mark;
}
