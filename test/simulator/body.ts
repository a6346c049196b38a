import type { IncomingMessage } from "node:http";

/** Reads a request body whole; null when it is longer than `most` bytes (the rest is read and dropped). */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= most) parts.push(part);
  }
  return length <= most ? Buffer.concat(parts, length) : null;
}

/** Query values by name; a name that comes several times has a list. */
export function queryRecord(query: URLSearchParams): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    record[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return record;
}
