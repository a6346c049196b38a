/** Calls back when the editor's colours have changed; what it gives ends that. What is drawn on a canvas is drawn anew then. */
export function onThemeChange(changed: () => void): () => void {
  // The editor writes its colours into the page's style, and the kind of theme into the body's class.
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  return () => observer.disconnect();
}
