import { completeLockfile } from "./checks/lockfile.ts";
import { main } from "./lib/log.ts";

/** Run after changing dependencies against a registry that lacks other platforms' packages. */
await main(completeLockfile);
