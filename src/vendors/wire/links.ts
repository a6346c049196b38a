/**
 * A link without the parameters that repeat those of the call it came from: a server that redirects with the query it got would hand a
 * key in there to strangers. Untouched where there are none.
 */
export function withoutRepeated(link: URL, call: URL): URL {
  const clean = new URL(link);
  for (const [name, value] of call.searchParams)
    if (clean.searchParams.has(name, value)) clean.searchParams.delete(name, value);
  return clean;
}
