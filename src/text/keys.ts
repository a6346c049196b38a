/** What is pressed together with Enter and letters, as keyboards of this system call it. Webviews take Ctrl and Cmd for the same. */
export function controlKey(): string {
  return process.platform === "darwin" ? "⌘" : "Ctrl+";
}
