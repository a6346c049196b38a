import assert from "node:assert/strict";
import { addressOf } from "../../../../src/vendors/gateway/wire/address.ts";

const chat = { route: "compatible", path: "/chat/completions" } as const;
const tasks = { route: "native", path: "/api/v1/tasks/1" } as const;
const reranks = { route: "compatible", path: "/reranks" } as const;

describe("AI Gateway addresses", () => {
  /** Base URL as users type it, then where chat and tasks are. */
  const table: [string, string, string][] = [
    ["https://g.example/v1", "https://g.example/v1", "https://g.example"],
    ["https://g.example/v1/", "https://g.example/v1", "https://g.example"],
    ["https://g.example", "https://g.example/v1", "https://g.example"],
    ["https://g.example/team-a/v1", "https://g.example/team-a/v1", "https://g.example/team-a"],
    ["https://g.example/team-a", "https://g.example/team-a", "https://g.example/team-a"],
    [
      "https://dashscope.aliyuncs.com/compatible-mode/v1",
      "https://dashscope.aliyuncs.com/compatible-mode/v1",
      "https://dashscope.aliyuncs.com",
    ],
    [
      "https://ws1.cn-beijing.maas.aliyuncs.com",
      "https://ws1.cn-beijing.maas.aliyuncs.com/compatible-mode/v1",
      "https://ws1.cn-beijing.maas.aliyuncs.com",
    ],
  ];
  for (const [baseUrl, compatible, native] of table) {
    it(`below ${baseUrl}: one /v1 for OpenAI's paths, none for the native ones`, () => {
      assert.equal(addressOf({ baseUrl }, chat), `${compatible}/chat/completions`);
      assert.equal(addressOf({ baseUrl }, tasks), `${native}/api/v1/tasks/1`);
    });
  }

  it("the native root can be another, with or without its prefix", () => {
    for (const nativeUrl of ["https://n.example/x", "https://n.example/x/", "https://n.example/x/api/v1"]) {
      const caller = { baseUrl: "https://g.example/v1", settings: { nativeUrl } };
      assert.equal(addressOf(caller, tasks), "https://n.example/x/api/v1/tasks/1");
      assert.equal(addressOf(caller, chat), "https://g.example/v1/chat/completions");
    }
  });

  it("at the vendor itself reranks has a prefix of its own", () => {
    const baseUrl = "https://dashscope-intl.aliyuncs.com/compatible-mode/v1";
    assert.equal(
      addressOf({ baseUrl }, reranks),
      "https://dashscope-intl.aliyuncs.com/compatible-api/v1/reranks",
    );
    assert.equal(addressOf({ baseUrl: "https://g.example/v1" }, reranks), "https://g.example/v1/reranks");
  });
});
