/** What is pressed together with Enter and letters, as the keyboard before the user calls it. */
export const control = navigator.userAgent.includes("Macintosh") ? "⌘" : "Ctrl+";
