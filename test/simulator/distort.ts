import { type Answer, bytes, type Content, type ServerEvent, wholeBody } from "./answer.ts";
import { parseExact, stringifyExact } from "./exact.ts";
import type { Fault, FaultKind } from "./faults.ts";
import { encodeFlatWebp } from "./media/webp.ts";

/** Faults that change what an answer says. A change to JSON is made in every event of a stream too. */
const JSON_CHANGES: Partial<Record<FaultKind, (value: unknown, fault: Fault) => unknown>> = {
  malformed: (value) => {
    const text = stringifyExact(value);
    return text.slice(0, Math.ceil(text.length / 2));
  },
  wrongShape: (_value, fault) => fault.params.body ?? { result: { ok: true }, items: [1, 2, 3] },
  noLink: (value) => withoutLinks(value),
  unknownStatus: (value, fault) => withStatus(value, fault.params.status ?? "reviewing"),
};

const HTML =
  "<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>";

/** Files that a `wrongType` fault puts in the place of the announced one, by `params.as`. */
const STRANGERS: Record<string, () => Buffer> = {
  html: () => Buffer.from(HTML),
  text: () => Buffer.from("not a picture"),
  svg: () =>
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><script>alert(1)</script></svg>',
    ),
  webp: () => encodeFlatWebp({ width: 640, height: 480 }, [60, 120, 180]),
  zip: () => Buffer.from("504b0506000000000000000000000000000000000000", "hex"),
};

/** The answer after the fault has changed what it says; most kinds leave it and act on its way out. */
export function distort(answer: Answer, fault: Fault): Answer {
  const { content } = answer;
  const change = JSON_CHANGES[fault.kind];
  if (change !== undefined)
    return { ...answer, content: changed(content, (value) => change(value, fault), fault) };
  switch (fault.kind) {
    case "html":
      return bytes(Number(fault.params.status ?? 502), "text/html", HTML);
    case "empty":
      return { ...answer, content: { kind: "bytes", bytes: Buffer.alloc(0), type: contentType(content) } };
    case "wrongType": {
      const stranger = STRANGERS[String(fault.params.as ?? "html")] ?? STRANGERS.html;
      const type = String(fault.params.contentType ?? contentType(content));
      return { ...answer, content: { kind: "bytes", type, bytes: stranger?.() ?? Buffer.alloc(0) } };
    }
    default:
      return answer;
  }
}

function contentType(content: Content): string {
  return content.kind === "events" ? "text/event-stream" : wholeBody(content).type;
}

function changed(content: Content, change: (value: unknown) => unknown, fault: Fault): Content {
  if (content.kind === "bytes") return content;
  if (content.kind === "events") return { ...content, events: changedEvents(content.events, change, fault) };
  const value = change(content.value);
  return typeof value === "string"
    ? { kind: "bytes", bytes: Buffer.from(value), type: "application/json; charset=utf-8" }
    : { kind: "json", value };
}

async function* changedEvents(
  events: AsyncIterable<ServerEvent>,
  change: (value: unknown) => unknown,
  fault: Fault,
): AsyncIterable<ServerEvent> {
  for await (const event of events) {
    if (fault.kind === "unknownStatus" && event.event !== undefined) yield stranger(event.event);
    yield typeof event.data === "string" ? event : { ...event, data: change(event.data) };
  }
}

/** An event of the same family that no document defines. */
function stranger(name: string): ServerEvent {
  const type = name.replace(/[^.]+$/, "partial_image");
  return { event: type, data: { type } };
}

/** Members that hold a file, or the text of an object with links. */
const FILES = new Set(["b64_json", "resp_data"]);

function withoutLinks(value: unknown): unknown {
  return mapObject(value, (key, inner) =>
    key === "binary_data_base64" || (typeof inner === "string" && (/^https?:/.test(inner) || FILES.has(key)))
      ? undefined
      : inner,
  );
}

function withStatus(value: unknown, status: unknown): unknown {
  return mapObject(value, (key, inner) =>
    typeof inner === "string" && /^(task_)?status$/.test(key) ? status : inner,
  );
}

function mapObject(value: unknown, change: (key: string, value: unknown) => unknown): unknown {
  return parseExact(stringifyExact(value), change);
}
