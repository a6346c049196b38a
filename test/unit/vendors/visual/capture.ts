import type { HttpBodyRequest, HttpResponse } from "../../../../src/net/types.ts";
import type { VendorContext, VendorEvent, VendorRequest } from "../../../../src/vendors/contract.ts";
import { visual } from "../../../../src/vendors/visual/index.ts";

/** An answer that fits every call: a task, or a picture. */
const answer = {
  code: 10000,
  data: { task_id: "7392616336519610409", image_urls: ["https://example.com/out.png"] },
  message: "Success",
  request_id: "r-1",
};

function responseOf(body: object): HttpResponse {
  const bytes = Buffer.from(JSON.stringify(body));
  return {
    status: 200,
    headers: {},
    body: (async function* () {
      yield bytes;
    })(),
    text: async () => bytes.toString(),
    discard: async () => undefined,
  };
}

/** The request Easel sends, and what it asks of the result when it looks at the task. */
export async function captured(request: VendorRequest) {
  const sent: HttpBodyRequest[] = [];
  const none = () => Promise.reject(new Error("not to be called"));
  const context = {
    jobId: "job-1",
    credentials: { accessKeyId: "ak", secretAccessKey: "sk" },
    baseUrl: "https://visual.example",
    clock: { now: () => 1_767_225_600_000, sleep: async () => undefined },
    signal: new AbortController().signal,
    http: { get: none, ask: none, withdraw: none },
    spend: (_step, send) =>
      send({
        async send(http) {
          sent.push(http);
          return responseOf(answer);
        },
      }),
  } satisfies VendorContext;
  const told: VendorEvent[] = [];
  for await (const event of visual.start(request, context)) told.push(event);
  const [first] = sent;
  if (!(first?.bytes instanceof Uint8Array)) throw new Error("nothing was sent");
  const text = Buffer.from(first.bytes).toString("utf8");
  const operation = told.find((event) => event.type === "accepted")?.operation as
    | { result?: string }
    | undefined;
  return {
    action: new URL(first.url).search,
    text,
    body: JSON.parse(text) as Record<string, unknown>,
    /** `req_json` of every look. */
    result: operation?.result,
    warnings: told.flatMap((event) => (event.type === "warning" ? [event.code] : [])),
  };
}
