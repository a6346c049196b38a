/** One key a job, so that two windows never overwrite each other's. */
export const mirrorPrefix = "operation.";

/** True if an operation may be brought back: cheap enough to ask at every start. */
export function hasMirrored(store: { keys(): readonly string[] }): boolean {
  return store.keys().some((key) => key.startsWith(mirrorPrefix));
}
