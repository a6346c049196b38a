/** True if a task tells of another prompt than was asked for, whatever becomes of spaces on the way. What is not told differs in nothing. */
export function isOther(asked: string, told: string | undefined): boolean {
  return told !== undefined && asked !== "" && plain(asked) !== plain(told);
}

function plain(prompt: string): string {
  return prompt.normalize().replace(/\s+/g, "");
}
