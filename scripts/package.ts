import { relative } from "node:path";
import { main } from "./lib/log.ts";
import { packageExtension } from "./lib/vsix.ts";

/** Makes the package that a user installs in an editor of their own, and prints where it is. */
await main(async () => {
  const vsix = await packageExtension();
  console.log(`${relative(process.cwd(), vsix)}\nInstall it with: code --install-extension ${vsix}`);
});
