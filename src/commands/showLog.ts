import type { Services } from "../app.ts";

/** Shows Easel's log channel. */
export function showLog({ log }: Services): void {
  log.show();
}
