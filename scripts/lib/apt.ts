import { progress } from "./log.ts";
import { quietly, which } from "./process.ts";

/** Installs Debian packages where this process may (root, apt-get at hand); false where it may not. */
export async function aptInstall(packages: readonly string[]): Promise<boolean> {
  const apt = await which("apt-get");
  if (!apt || process.getuid?.() !== 0) return false;
  progress(`Installing ${packages.join(", ")} with apt-get, about a minute…`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  await quietly("apt-get update", apt, ["update"], options);
  await quietly("apt-get install", apt, ["install", "-y", "--no-install-recommends", ...packages], options);
  return true;
}
