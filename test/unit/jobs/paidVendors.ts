import type { HttpResponse } from "../../../src/net/types.ts";
import type { Vendor, VendorContext, VendorEvent } from "../../../src/vendors/contract.ts";
import { vendor } from "./support.ts";

const read = async (response: HttpResponse) => JSON.parse(await response.text());
const output = (url: string, index = 0): VendorEvent => ({
  type: "output",
  index,
  source: { kind: "link", url },
  facts: { seed: 1 },
});

export type PaidKind = "sync" | "pair" | "async" | "listing" | "growing";

const looks = vendor({
  poll: { firstMs: 5, everyMs: 20 },
  async *status(_operation, context) {
    const { status, link } = await get(context, "status");
    if (status === "running") return yield { type: "progress" };
    yield output(link);
    yield { type: "done" };
  },
});

/**
 * The two kinds of vendor there are, a synchronous one that brings a pair of pictures, one that lists its tasks without saying
 * whose they are, and one whose task brings a picture before it is over, speaking to the paid service of these tests. */
export const paidVendors: Record<PaidKind, Vendor> = {
  sync: vendor({
    async *start(_request, { baseUrl, spend, signal }) {
      const { link } = await spend("generate", async (http) =>
        read(await http.send({ url: `${baseUrl}/generate`, json: {}, signal })),
      );
      yield output(link);
      yield { type: "done" };
    },
  }),
  pair: vendor({
    async *start(_request, { baseUrl, spend, signal }) {
      const { link } = await spend("generate", async (http) =>
        read(await http.send({ url: `${baseUrl}/generate`, json: {}, signal })),
      );
      yield output(link, 0);
      yield output(link, 1);
      yield { type: "done" };
    },
  }),
  async: vendor({
    ...looks,
    async *start(_request, { baseUrl, spend, signal, jobId }) {
      const url = `${baseUrl}/submit?own=${jobId}`;
      const { task } = await spend("submit", async (http) =>
        read(await http.send({ url, json: {}, signal })),
      );
      yield { type: "accepted", operation: { task } };
    },
    async find(_request, _since, context) {
      const { tasks } = (await get(context, "find")) as { tasks: string[] };
      return tasks
        .filter((task) => task === context.jobId)
        .map((task) => ({ operation: { task }, created: 0 }));
    },
  }),
  growing: vendor({
    ...looks,
    async *start(_request, { spend }) {
      await spend("submit", async () => undefined);
      yield { type: "accepted", operation: { task: "growing" } };
    },
    async *status(_operation, context) {
      const { status } = await get(context, "status");
      yield output(`${context.baseUrl}/result`);
      if (status === "done") yield { type: "done" };
    },
    async cancel(_operation, context) {
      await get(context, "cancel");
      return { result: "cancelled" };
    },
  }),
  listing: vendor({
    ...looks,
    async find(_request, _since, context) {
      const { tasks } = (await get(context, "find")) as { tasks: string[] };
      return tasks.map((task) => ({ operation: { task }, created: 0 }));
    },
  }),
};

async function get({ http, baseUrl, signal }: VendorContext, path: string) {
  return read(await http.get({ url: `${baseUrl}/${path}`, signal }));
}
