import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { notices, noticesFile } from "./checks/dependencies.ts";
import { Failure, main } from "./lib/log.ts";
import { root } from "./lib/paths.ts";

/** Writes the licences of what ships into the file that ships with it. */
await main(async () => {
  const { text, errors } = await notices();
  if (errors.length > 0) throw new Failure(errors.join("\n"));
  await writeFile(join(root, noticesFile), text);
});
