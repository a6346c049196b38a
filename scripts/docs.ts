import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { main } from "./lib/log.ts";
import { root } from "./lib/paths.ts";
import { vendorsDocument, vendorsFile } from "./lib/vendorsDocument.ts";

/** Writes the documents that are made from the code. */
await main(async () => {
  await writeFile(join(root, vendorsFile), await vendorsDocument());
});
