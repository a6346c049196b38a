/** Headers of every call: the API key as a bearer token. Keys have no fixed form, so none is checked (contract §1). */
export function authHeaders(credentials: Readonly<Record<string, string>>): Record<string, string> {
  return { authorization: `Bearer ${credentials.apiKey ?? ""}` };
}
