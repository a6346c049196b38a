// Run in a process of its own. argv: what to do, url, target. Prints how many bytes the process grew at most.
import { Base64Store, splitBase64 } from "../../../../src/net/base64.ts";
import { createNet } from "../../../../src/net/net.ts";
import type { DownloadKind } from "../../../../src/net/types.ts";

const [, , what, url = "", target = ""] = process.argv;
const net = createNet({ settings: { client: "undici" }, allowInsecure: () => true });
const get = (path: string) => net.billable({ vendor: "x", keyId: "k" }).send({ url: url + path, json: {} });
const download = (path: string, kind: DownloadKind) =>
  net.download({ url: url + path, target, kind, allowLocal: true });

async function decode(path: string): Promise<number> {
  const store = new Base64Store();
  let text = "";
  for await (const part of splitBase64((await get(path)).body, ["b64_json"], store))
    text += Buffer.from(part);
  let bytes = 0;
  for await (const chunk of store.take(JSON.parse(text).data[0].b64_json) ?? []) bytes += chunk.byteLength;
  return bytes;
}
const run = (path: string) =>
  what === "base64" ? decode(path) : download(path, "video").then(({ bytes }) => bytes);

// Loads and compiles everything first: what is measured is what the bytes add.
await run("/small");
const before = process.memoryUsage.rss();
const bytes = await run("/big");
const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ bytes, grew: peak - before }));
await net.close();
