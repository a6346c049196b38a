import type { Services } from "../app.ts";

/** Shows the Studio: asking, waiting, choosing and finding again side by side. */
export function openStudio({ studio }: Services): void {
  studio.open();
}
