import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/lib/paths.ts";
import { type SimulatorReady, simulatorSettings } from "../../../scripts/lib/simulator.ts";

/**
 * Where PRIVACY.md says that each vendor's data goes, by vendor, as `host:port` of this session: the addresses of the settings that
 * the vendor's row names, or, where a row names none, the one that is entered with the key.
 */
export function hostsOfPrivacyPage(ready: SimulatorReady): Map<string, Set<string>> {
  const page = readFileSync(join(root, "PRIVACY.md"), "utf8");
  const settings = simulatorSettings(ready);
  const rows = [...page.matchAll(/^\| `([a-z]+)` \| ([^|]+) \|/gm)];
  return new Map(
    rows.map(([, vendor = "", goesTo = ""]) => {
      const named = [...goesTo.matchAll(/`(easel\.[\w.]+)`/g)].map(([, id = ""]) => String(settings[id]));
      const typed = goesTo.includes("endpoint URL") ? [ready.animo.endpoint] : [];
      return [vendor, new Set([...named, ...typed].map((url) => new URL(url).host))];
    }),
  );
}
