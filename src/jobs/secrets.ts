import type { Json } from "../model/json.ts";
import { redactFields, withoutSecrets } from "../net/redact.ts";
import type { Happening } from "./store.ts";
import type { JobsOptions } from "./types.ts";

/**
 * Keeps the keys of one run out of what it writes: vendors and gateways may repeat a key in any part of an error. `options` are those
 * given, but they remember the credentials handed out and log lines without them; `clean` does the same for what goes to the ledger.
 */
export function keepSecrets(options: JobsOptions): {
  options: JobsOptions;
  clean(happening: Happening): Happening;
} {
  const secrets = new Set<string>();
  return {
    options: {
      ...options,
      async credentials(vendor, baseUrl, settings) {
        const given = await options.credentials(vendor, baseUrl, settings);
        for (const secret of Object.values(given ?? {})) secrets.add(secret);
        return given;
      },
      log: (line) => options.log(redactFields(line, secrets)),
    },
    clean(happening) {
      if ("error" in happening) return { ...happening, error: redactFields(happening.error, secrets) };
      if (happening.type === "text") return { ...happening, text: withoutSecrets(happening.text, secrets) };
      if (happening.type === "answer") {
        const text = withoutSecrets(JSON.stringify(happening.body), secrets);
        return { ...happening, body: JSON.parse(text) as Json };
      }
      return happening;
    },
  };
}
