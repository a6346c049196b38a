import assert from "node:assert/strict";
import { createNet } from "../../../src/net/net.ts";
import type { Net, NetSettings } from "../../../src/net/types.ts";
import { testCertificates } from "./support/certificates.ts";
import { fails } from "./support/faults.ts";
import { serve, serveProxy, type TestServer } from "./support/servers.ts";

const scope = { vendor: "seedream", keyId: "k1" };
const { ca } = testCertificates();

describe("proxies and certificates", () => {
  const opened: { close(): Promise<unknown> }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });
  const keep = <T extends { close(): Promise<unknown> }>(one: T): T => {
    opened.push(one);
    return one;
  };
  const withSettings = (settings: Partial<NetSettings>, connected: string[] = []): Net =>
    keep(
      createNet({
        settings: { client: "undici", systemCertificates: false, ...settings },
        allowInsecure: () => true,
        onConnect: (host, port) => connected.push(`${host}:${port}`),
      }),
    );
  const secureServer = async () =>
    keep(await serve((request, response) => response.end(`${request.method} ok`), testCertificates()));
  const post = async (net: Net, url: string) => {
    const response = await net.billable(scope).send({ url, json: { a: 1 } });
    return response.text();
  };
  /** A name only the proxy knows. */
  const hidden = (server: TestServer) => `https://api.example.test:${server.port}/v1`;

  it("trusts a private authority it is given, and only then (P-18)", async () => {
    const server = await secureServer();
    assert.equal(await post(withSettings({ ca: [ca] }), server.url), "POST ok");
    await fails(post(withSettings({}), server.url), "tls", "no");
    await fails(post(withSettings({ client: "editor" }), server.url), "tls", "no");
    assert.equal(await post(withSettings({ strictSsl: false }), server.url), "POST ok");
  });

  it("goes on without an authority that cannot be read", async () => {
    await fails(post(withSettings({ ca: ["not a certificate"] }), "https://127.0.0.1:1"), "refused", "no");
  });

  it("tunnels through the proxy of the settings, which resolves the name", async () => {
    const server = await secureServer();
    const proxy = keep(await serveProxy());
    const connected: string[] = [];
    const net = withSettings({ proxy: proxy.url, ca: [ca] }, connected);
    assert.equal(await post(net, hidden(server)), "POST ok");
    assert.deepEqual(proxy.seen, [`CONNECT api.example.test:${server.port}`]);
    assert.deepEqual(connected, [`127.0.0.1:${proxy.port}`]);
  });

  it("checks the vendor's certificate through the tunnel", async () => {
    const server = await secureServer();
    const proxy = keep(await serveProxy());
    await fails(post(withSettings({ proxy: proxy.url }), hidden(server)), "tls", "no");
    assert.deepEqual(server.seen, []);
  });

  it("shows the proxy its password, from the address or from the setting", async () => {
    const server = await secureServer();
    const proxy = keep(await serveProxy({ auth: "me:p@ss" }));
    const address = proxy.url.replace("//", "//me:p%40ss@");
    assert.equal(await post(withSettings({ proxy: address, ca: [ca] }), hidden(server)), "POST ok");
    const proxyAuthorization = `Basic ${Buffer.from("me:p@ss").toString("base64")}`;
    const set = withSettings({ proxy: proxy.url, proxyAuthorization, ca: [ca] });
    assert.equal(await post(set, hidden(server)), "POST ok");
  });

  it("says `no` when the proxy refuses or is not there", async () => {
    const server = await secureServer();
    const proxy = keep(await serveProxy({ auth: "me:secret" }));
    const error = await fails(
      post(withSettings({ proxy: proxy.url, ca: [ca] }), hidden(server)),
      "proxy",
      "no",
    );
    assert(!String(error.cause).includes("secret"));
    assert.deepEqual(server.seen, []);
    await fails(post(withSettings({ proxy: "http://127.0.0.1:1" }), hidden(server)), "refused", "no");
    const plain = keep(await serve((_request, response) => response.end()));
    await fails(post(withSettings({ proxy: proxy.url }), plain.url), "proxy", "no");
    const unwilling = keep(await serve((_request, response) => response.writeHead(407).end()));
    await fails(post(withSettings({ client: "editor" }), unwilling.url), "proxy", "no");
    assert.deepEqual(plain.seen, []);
  });

  it("takes the environment's proxy where the settings name none, and leaves out what both except", async () => {
    const server = await secureServer();
    const proxy = keep(await serveProxy());
    const env = { HTTPS_PROXY: `127.0.0.1:${proxy.port}` };
    assert.equal(await post(withSettings({ env, ca: [ca] }), hidden(server)), "POST ok");
    assert.equal(proxy.seen.length, 1);
    const other = { ...env, no_proxy: "elsewhere.test,localhost" };
    assert.equal(await post(withSettings({ env: other, ca: [ca] }), server.url), "POST ok");
    assert.equal(
      await post(withSettings({ proxy: proxy.url, noProxy: ["localhost"], ca: [ca] }), server.url),
      "POST ok",
    );
    assert.equal(proxy.seen.length, 1);
    assert.equal(
      await post(withSettings({ proxy: proxy.url, env: { no_proxy: "x" }, ca: [ca] }), server.url),
      "POST ok",
    );
    assert.equal(proxy.seen.length, 2);
  });

  it("uses new settings from the next call on", async () => {
    const server = await secureServer();
    const proxy = keep(await serveProxy());
    const net = withSettings({ ca: [ca] });
    assert.equal(await post(net, server.url), "POST ok");
    net.configure({ client: "undici", proxy: proxy.url, ca: [ca] });
    assert.equal(await post(net, server.url), "POST ok");
    assert.equal(proxy.seen.length, 1);
    net.configure({ client: "editor", strictSsl: false });
    assert.equal(await post(net, server.url), "POST ok");
    assert.equal(proxy.seen.length, 1);
  });
});
