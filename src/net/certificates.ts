import tls from "node:tls";
import { NetError, type NetSettings } from "./types.ts";

/** TLS options of every connection. Built once for a transport: parsing the system's store takes a while. */
interface TlsOptions {
  rejectUnauthorized: boolean;
  secureContext?: tls.SecureContext;
}

/** Trusts Node's authorities, the system's and the user's. {@link NetError} `tls` when one of the user's cannot be read. */
export function tlsOptions(settings: NetSettings): TlsOptions {
  const rejectUnauthorized = settings.strictSsl !== false;
  const more = [
    ...(settings.systemCertificates === false ? [] : systemCertificates()),
    ...(settings.ca ?? []),
  ];
  if (more.length === 0) return { rejectUnauthorized };
  const ca = [...new Set([...tls.getCACertificates("default"), ...more])];
  try {
    return { rejectUnauthorized, secureContext: tls.createSecureContext({ ca }) };
  } catch (cause) {
    throw new NetError("tls", "no", { cause });
  }
}

/** A store that cannot be read is as good as an empty one: the bundled authorities still hold. */
function systemCertificates(): string[] {
  try {
    return tls.getCACertificates("system");
  } catch {
    return [];
  }
}
