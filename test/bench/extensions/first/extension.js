/** Takes the cost of being first: reading the module loader from disk and the like. */
export function activate() {}
