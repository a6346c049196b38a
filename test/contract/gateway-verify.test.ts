import assert from "node:assert/strict";
import { gateway } from "../../src/vendors/gateway/index.ts";
import { type Reply, useReplay } from "./replay.ts";

const ok: Reply = { status: 200, body: { total: 0, data: [] } };
const refused: Reply = { status: 401, body: "" };
const noRoute: Reply = { status: 404, body: "" };

describe("AI Gateway keys, looked at for free", () => {
  const { server, context } = useReplay("/v1", { apiKey: "key" });

  async function verified(replies: Reply[], credentials = context.credentials) {
    server.replies.length = 0;
    server.replies.push(...replies);
    const result = await gateway.verify?.({ ...context, credentials });
    assert.ok(
      server.received.every(({ method }) => method === "GET"),
      "only reads are free",
    );
    return result?.result === "cannotTell" ? result.why : result?.result;
  }

  it("are accepted where the same read is refused without them", async () => {
    assert.equal(await verified([ok, refused]), "accepted");
    assert.equal(server.received[0]?.headers.authorization, "Bearer key");
    assert.equal(server.received[1]?.headers.authorization, undefined);
    assert.equal(await verified([noRoute, ok, refused]), "accepted");
  });

  it("are rejected where the gateway does not know them", async () => {
    assert.equal(await verified([refused]), "rejected");
    assert.equal(await verified([{ status: 400, body: "Invalid Signature" }]), "rejected");
    assert.equal(await verified([], {}), "rejected");
  });

  it("are neither where no read tells: open to all, not there, not allowed, or the provider's key is wrong", async () => {
    const providers: Reply = { status: 401, body: { code: "InvalidApiKey", message: "m", request_id: "r" } };
    assert.equal(await verified([ok, ok, ok, ok]), "noFreeProbe");
    assert.equal(await verified([noRoute, noRoute]), "noFreeProbe");
    assert.equal(await verified([{ status: 403, body: "Access Denied" }, noRoute]), "noFreeProbe");
    assert.equal(await verified([providers, noRoute]), "noFreeProbe");
  });
});
