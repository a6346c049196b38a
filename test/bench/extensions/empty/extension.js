/** Does nothing: what activation costs at the least. */
export function activate() {}
