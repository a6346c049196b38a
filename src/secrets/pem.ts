/** A text box of one line takes the line ends out of a key in PEM: they are put back. Anything else is only trimmed. */
export function wholeKey(typed: string): string {
  const text = typed.trim();
  const pem = /^-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----$/.exec(
    text.replaceAll("\\n", "\n"),
  );
  if (!pem) return text;
  const [, label = "", body = ""] = pem;
  const lines = body.replaceAll(/\s/g, "").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
