import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { realClock } from "../../src/net/clock.ts";
import { createNet } from "../../src/net/net.ts";
import type { Net } from "../../src/net/types.ts";
import type { VendorContext } from "../../src/vendors/contract.ts";
import { call, read, withdraw } from "../../src/vendors/gateway/wire/call.ts";
import { type Received, type ReplayServer, startReplay } from "./replay.ts";

/** A verifier of its own, as the contract's §2.3 has it, over what arrived. */
function verifies({ method, path, headers }: Received, secret: string): boolean {
  const [name = "", query = ""] = path.split("?");
  const header = (key: string) => String(headers[key] ?? "");
  const signed = header("x-ca-signature-headers").split(",").sort();
  const parameters = query === "" ? [] : query.split("&").map(decodeURIComponent).sort();
  const text = [
    method,
    header("accept"),
    header("content-md5"),
    header("content-type"),
    header("date"),
    ...signed.map((key) => `${key}:${header(key)}`),
    parameters.length > 0 ? `${name}?${parameters.join("&")}` : name,
  ].join("\n");
  const expected = createHmac("sha256", secret).update(text).digest("base64");
  return header("x-ca-signature") === expected && header("x-ca-key") === "ak" && header("accept") !== "";
}

for (const client of ["undici", "editor"] as const) {
  describe(`AI Gateway signatures over ${client}`, () => {
    let server: ReplayServer;
    let net: Net;
    let context: VendorContext;

    before(async () => {
      server = await startReplay("/team a/v1".replace(" ", "%20"));
      net = createNet({ settings: { client }, allowInsecure: () => true, random: () => 0 });
      const scope = { vendor: "gateway", keyId: "test" };
      context = {
        jobId: "job",
        http: net.free(scope),
        spend: (_step, send) => send(net.billable(scope)),
        credentials: { accessKey: "ak", secretKey: "sk" },
        settings: { auth: "hmac" },
        baseUrl: server.baseUrl,
        clock: realClock,
        signal: new AbortController().signal,
      };
    });
    beforeEach(() => {
      server.received.length = 0;
      server.replies.length = 0;
      server.replies.push({ status: 200, body: { fine: true } });
    });
    after(async () => {
      await net.close();
      await server.close();
    });

    function arrived(): Received {
      const received = server.received[0];
      assert.ok(received);
      return received;
    }

    it("are good for JSON, and not for another secret", async () => {
      await call(context, "chat", { route: "compatible", path: "/chat/completions", json: { a: "ü" } });
      assert.ok(verifies(arrived(), "sk"));
      assert.ok(!verifies(arrived(), "other"));
    });

    it("are good for a form, whose boundary is a part of the type", async () => {
      const form = new FormData();
      form.set("file", new Blob(["bytes"]), "a.mp3");
      await call(context, "form", { route: "compatible", path: "/audio/transcriptions", form });
      assert.match(String(arrived().headers["content-type"]), /boundary=/);
      assert.ok(verifies(arrived(), "sk"));
    });

    it("are good for a read with a query, in the order of its names", async () => {
      const query = { page_no: "1", model_name: "wan 2.6", end_time: "2" };
      await read(context, { route: "native", path: "/api/v1/tasks/" }, { query });
      assert.equal(arrived().path.split("?")[0], "/team%20a/api/v1/tasks/");
      assert.ok(verifies({ ...arrived(), path: arrived().path.replaceAll("+", "%20") }, "sk"));
    });

    it("are good for a cancel without a body", async () => {
      await withdraw(context, { route: "native", path: "/api/v1/tasks/1/cancel" });
      assert.equal(arrived().method, "POST");
      assert.ok(verifies(arrived(), "sk"));
    });
  });
}
