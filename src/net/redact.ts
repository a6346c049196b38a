const mask = "***";

/** What a secret looks like when nobody said which it is. `$1` is kept. */
const patterns: readonly RegExp[] = [
  // Authorization headers, and tokens named as such.
  /\b((?:Bearer|Basic|Token)\s+)[\w.~+/=-]{6,}/gi,
  // JSON Web Tokens.
  /\b()eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g,
  // Keys with a prefix, as many vendors make them.
  /\b()(?:sk|ak|pk|rk)-[\w-]{12,}/g,
  /\b()(?:AKLT|LTAI|AKIA|ASIA)[\w-]{8,}={0,2}/g,
  // Parameters of signed URLs and of signature headers.
  /((?:^|[?&;,\s"'])[\w-]*(?:signature|credential|security-?token|access-?key(?:-?id)?|secret|api[-_]?key|auth-?key|token)["']?\s*[=:]\s*["']?)[^\s"'&;,}\]]{4,}/gi,
  // Names and passwords in addresses.
  /(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#@"']+@/gi,
  // Files in JSON: not secret, but nobody's business and far too long.
  /()[A-Za-z\d+/_-]{256,}={0,2}/g,
];

/** The text without the secrets given (as they are, encoded for a URL, escaped for JSON) and without what looks like one. */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let clean = withoutSecrets(text, secrets);
  for (const pattern of patterns) clean = clean.replace(pattern, (_whole, kept: string) => `${kept}${mask}`);
  return clean;
}

/** The text without the secrets given, in every form they travel in. */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let clean = text;
  const forms = [...secrets].flatMap((secret) => [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
  ]);
  const longestFirst = [...new Set(forms)]
    .filter((form) => form.length >= 4)
    .sort((a, b) => b.length - a.length);
  for (const form of longestFirst) clean = clean.replaceAll(form, mask);
  return clean;
}

/** Longest text of a field that is kept, in characters. */
const maxField = 2000;

/** The same fields with every text redacted and cut to what a person would read. */
export function redactFields<Fields extends object>(fields: Fields, secrets: ReadonlySet<string>): Fields {
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    // Cut twice: what is beyond is not worth the search, and half a key at the first cut is gone with the second.
    typeof value === "string" ? redact(value.slice(0, 2 * maxField), secrets).slice(0, maxField) : value,
  ]);
  return Object.fromEntries(entries) as Fields;
}

/** Where an address leads and which parameters it has: no values, no name and password, no fragment. */
export function redactUrl(url: string): string {
  const at = URL.parse(url);
  if (!at) return mask;
  const names = [...new Set(at.searchParams.keys())].map((name) => `${encodeURIComponent(name)}=${mask}`);
  const query = names.length > 0 ? `?${names.join("&")}` : "";
  return redact(`${at.protocol}//${at.host}${at.pathname}`) + query;
}
