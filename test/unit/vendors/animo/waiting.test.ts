import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createNet } from "../../../../src/net/net.ts";
import { type Net, NetError, type NetSettings } from "../../../../src/net/types.ts";
import { animo } from "../../../../src/vendors/animo/index.ts";
import type { VendorContext, VendorEvent } from "../../../../src/vendors/contract.ts";
import { FakeClock } from "../../support/fakeClock.ts";

const mp4 = readFileSync(new URL("../../../fixtures/media/h264.mp4", import.meta.url));
const minute = 60_000;

const request = {
  operation: "text-to-video",
  model: "animo",
  prompt: "x",
  inputs: [],
  options: { duration: 10, style: "cinematic", resolution: "1280x720" },
} as const;

for (const client of ["undici", "editor"] satisfies NetSettings["client"][]) {
  describe(`waiting for Animo (${client})`, () => {
    let server: Server;
    let asked: Promise<ServerResponse>;
    let clock: FakeClock;
    let net: Net;

    beforeEach(async () => {
      let tell: (response: ServerResponse) => void = () => undefined;
      asked = new Promise((resolve) => {
        tell = resolve;
      });
      server = createServer((incoming, response) => {
        incoming.resume();
        incoming.on("end", () => tell(response));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      clock = new FakeClock();
      net = createNet({ settings: { client }, clock, allowInsecure: () => true });
    });
    afterEach(async () => {
      await net.close();
      server.closeAllConnections();
      server.close();
    });

    function start(): AsyncIterator<VendorEvent> {
      const scope = { vendor: "animo", keyId: "k" };
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
      const context: VendorContext = {
        jobId: "job",
        http: net.free(scope),
        spend: (_step, send) => send(net.billable(scope)),
        credentials: { endpoint, apiKey: "key" },
        baseUrl: "",
        clock,
        signal: new AbortController().signal,
      };
      return animo.start(request, context)[Symbol.asyncIterator]();
    }

    async function streamOf(events: AsyncIterator<VendorEvent>): Promise<AsyncIterable<Uint8Array>> {
      const { value: event } = await events.next();
      assert.ok(event?.type === "output" && event.source.kind === "stream", JSON.stringify(event));
      return event.source.stream;
    }

    it("55 minutes without a byte are no time-out", async () => {
      const stream = start();
      const coming = streamOf(stream);
      const response = await asked;
      await clock.advance(55 * minute);
      response.writeHead(200, { "content-type": "video/mp4" }).end(mp4);
      const chunks: Uint8Array[] = [];
      for await (const chunk of await coming) chunks.push(chunk);
      assert.ok(Buffer.concat(chunks).equals(mp4));
    });

    it("a minute of silence within the video is one", async () => {
      const coming = streamOf(start());
      const response = await asked;
      response.writeHead(200, { "content-type": "video/mp4" });
      response.write(mp4.subarray(0, 100));
      const bytes = (await coming)[Symbol.asyncIterator]();
      await bytes.next();
      const next = bytes.next();
      await clock.asleep();
      await clock.advance(59_000);
      response.write(mp4.subarray(100, 200));
      await next;
      const silent = bytes.next();
      await clock.asleep();
      const failed = assert.rejects(
        silent,
        (error: unknown) => error instanceof NetError && error.fault === "timeout",
      );
      await clock.advance(2 * minute);
      await failed;
    });
  });
}
