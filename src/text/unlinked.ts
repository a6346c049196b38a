/**
 * Words of others (a vendor, a model, a file's name) for a notification: there the editor makes links of `[text](address)`, which
 * could run a command.
 */
export function unlinked(text: string): string {
  return text.replaceAll("](", "] (");
}
