/** One part of a form. `type` is empty when the part does not say. */
export type Part = { name: string; filename: string | undefined; type: string; data: Buffer };

const BREAK = Buffer.from("\r\n\r\n");

/** The parts of a multipart/form-data body in their order; undefined when it is not one. */
export function readParts(contentType: string, body: Buffer): Part[] | undefined {
  const [, quoted, bare] =
    /^multipart\/form-data\b.*?;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return undefined;
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    if (body.toString("latin1", start, start + 2) === "--") return parts;
    const end = body.indexOf(Buffer.concat([Buffer.from("\r\n"), mark]), start);
    const split = body.indexOf(BREAK, start);
    if (end < 0 || split < 0 || split > end) return undefined;
    const head = body.toString("utf8", start, split);
    const name = /^content-disposition:.*?[;\s]name="([^"]*)"/im.exec(head)?.[1];
    if (name === undefined) return undefined;
    parts.push({
      name,
      filename: /^content-disposition:.*?[;\s]filename="([^"]*)"/im.exec(head)?.[1],
      type: /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? "",
      data: body.subarray(split + BREAK.length, end),
    });
    at = end + 2;
  }
  return undefined;
}
