import type { IncomingMessage } from "node:http";
import { type Answer, bytes } from "./answer.ts";
import { queryRecord } from "./body.ts";
import { deliver, type Way } from "./deliver.ts";
import { type Fault, param } from "./faults.ts";
import type { Link, Links } from "./links.ts";
import type { Handler } from "./listener.ts";
import type { Stage } from "./play.ts";

/**
 * Serves result links, on an origin of its own: to a GET of the exact link, without credentials, while the
 * link lives (contract ark §0.9, §3.4). Byte ranges are honoured.
 */
export function serveResults(links: () => Links, { clock, journal, faults }: Stage): Handler {
  return async (request: IncomingMessage, way: Way) => {
    const target = request.url ?? "/";
    const url = new URL(target, "http://simulator");
    const method = request.method ?? "GET";
    const link = links().find(target);
    const vendor = link?.vendor ?? "results";
    request.resume();
    way.response.setHeader("Date", new Date(clock.now()).toUTCString());
    journal.requests.push({
      at: clock.now(),
      vendor,
      method,
      path: url.pathname,
      query: queryRecord(url.searchParams),
      headers: request.headers,
      body: null,
    });
    const fault = faults.take({ vendor, side: "result", method, path: url.pathname });
    if (fault?.kind === "status") {
      await deliver(way, refused(param(fault, "status", 503), "InternalError"), undefined);
      return;
    }
    const answer = refusal(request, link, clock.now(), fault) ?? download(request, link);
    await deliver(way, answer, fault);
  };
}

function refusal(request: IncomingMessage, link: Link | undefined, now: number, fault: Fault | undefined) {
  if (fault?.kind === "linkDead") {
    const status = param(fault, "status", 403);
    return refused(status, status === 404 ? "NoSuchKey" : "AccessDenied");
  }
  if (link === undefined) return refused(403, "SignatureDoesNotMatch");
  if (request.method !== "GET") return refused(403, "SignatureDoesNotMatch");
  if (request.headers.authorization !== undefined) return refused(403, "InvalidAuthorization");
  if (now >= link.expiresAt) return refused(403, "AccessDenied");
  if (link.downloads >= link.mostDownloads) return refused(403, "DownloadLimitExceeded");
  return undefined;
}

function download(request: IncomingMessage, link: Link | undefined): Answer {
  if (link === undefined) return refused(404, "NoSuchKey");
  const data = link.bytes();
  const etag = `"${data.length}-${link.expiresAt}"`;
  const headers = { ETag: etag, "Accept-Ranges": "bytes" };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  const condition = request.headers["if-range"];
  if (range === null || (condition !== undefined && condition !== etag)) {
    link.downloads += 1;
    return bytes(200, link.type, data, headers);
  }
  const first = Number(range[1]);
  const last = range[2] ? Math.min(Number(range[2]), data.length - 1) : data.length - 1;
  if (first > last) return bytes(416, "application/xml", "", { "Content-Range": `bytes */${data.length}` });
  return bytes(206, link.type, data.subarray(first, last + 1), {
    ...headers,
    "Content-Range": `bytes ${first}-${last}/${data.length}`,
  });
}

function refused(status: number, code: string): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  return bytes(status, "application/xml", body);
}
