type Headers = Record<string, string | string[] | undefined>;

/**
 * The canonical query (contract volcengine-visual §2.1), of the names in `only` where these are given. Values of
 * one name come in the order sent and, as the Node signer has them, sorted.
 */
export function canonicalQueries(query: URLSearchParams, only: string[] | undefined): string[] {
  const names = [...new Set(query.keys())].filter((name) => only?.includes(name) ?? true).sort();
  const written = (order: (values: string[]) => string[]) =>
    names
      .flatMap((name) => order(query.getAll(name).map(encode)).map((value) => `${encode(name)}=${value}`))
      .join("&");
  return [written((values) => values), written((values) => values.toSorted())];
}

/**
 * The block of canonical headers. Signers differ in inner white space (kept or made one space) and in a port 80
 * or 443 of the host (kept or dropped).
 */
export function canonicalHeaders(headers: Headers, names: string[]): string[] {
  // A list without names, as the pre-signed form has it, leaves a blank line.
  if (names.join() === "") return ["\n"];
  const block = (change: (name: string, value: string) => string) =>
    names.map((name) => `${name}:${change(name, String(headers[name] ?? "").trim())}\n`).join("");
  const oneSpace = (value: string) => value.replace(/\s+/g, " ");
  const portless = (name: string, value: string) =>
    name === "host" ? value.replace(/:(80|443)$/, "") : value;
  return [
    block((_, value) => value),
    block(portless),
    block((name, value) => portless(name, oneSpace(value))),
  ];
}

/** Percent-encoded by RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
