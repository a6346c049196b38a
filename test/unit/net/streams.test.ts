import assert from "node:assert/strict";
import fc from "fast-check";
import { Base64Store, splitBase64 } from "../../../src/net/base64.ts";
import { readJson } from "../../../src/net/json.ts";
import { redact, redactUrl } from "../../../src/net/redact.ts";
import { readEvents } from "../../../src/net/sse.ts";
import { TimerWheel } from "../../../src/net/timer.ts";
import { NetError } from "../../../src/net/types.ts";
import { FakeClock } from "../support/fakeClock.ts";
import { fails } from "./support/faults.ts";

/** The text's bytes, cut after each of the given lengths in turn. */
async function* cut(text: string, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
const textOf = async (body: AsyncIterable<Uint8Array>) => Buffer.concat(await all(body)).toString();
const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

describe("readEvents", () => {
  const stream = [
    "\uFEFF: comment\r\n",
    'event: image\r\ndata: {"a":"画"}\r\nid: 7\r\n\r\n',
    "data: one\ndata: two\n\n",
    "retry: 5\nunknown: x\ndata:[DONE]\r\r",
    "data: last 🎨",
  ].join("");
  const events = [
    { event: "image", data: '{"a":"画"}', id: "7" },
    { event: "message", data: "one\ntwo" },
    { event: "message", data: "[DONE]" },
    { event: "message", data: "last 🎨" },
  ];

  it("reads the same events however the bytes are cut", () =>
    fc.assert(
      fc.asyncProperty(lengths, async (sizes) => {
        assert.deepEqual(await all(readEvents(cut(stream, sizes))), events);
      }),
    ));

  it("ends with what it has when the body fails", async () => {
    async function* broken() {
      yield Buffer.from("data: a\n\ndata: b");
      throw new NetError("reset", "unknown");
    }
    const got: string[] = [];
    const read = async () => {
      for await (const { data } of readEvents(broken())) got.push(data);
    };
    await fails(read(), "reset");
    assert.deepEqual(got, ["a"]);
  });

  it("caps one event, not the stream", async () => {
    const small = `data: ${"x".repeat(90)}\n\n`.repeat(10);
    assert.equal((await all(readEvents(cut(small, [7]), 100))).length, 10);
    await fails(all(readEvents(cut(`data: ${"x".repeat(200)}\n\n`, [7]), 100)), "tooLarge");
  });
});

describe("splitBase64", () => {
  const split = async (text: string, sizes: readonly number[]) => {
    const store = new Base64Store();
    const out = await textOf(splitBase64(cut(text, sizes), ["b64_json", "list"], store));
    return { out, store };
  };
  const bytesOf = async (store: Base64Store, marker: string) =>
    Buffer.concat(await all(store.take(marker) ?? assert.fail(`no ${marker}`)));

  it("takes out the values however they are written and cut, and leaves the rest alone", () =>
    fc.assert(
      fc.asyncProperty(
        lengths,
        fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 3 }),
        fc.constantFrom("plain", "url", "slash", "unicode", "wrapped", "data"),
        fc.string({ unit: "binary" }),
        async (sizes, files, form, other) => {
          const write = {
            plain: (b64: string) => b64,
            url: (b64: string) => b64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", ""),
            slash: (b64: string) => b64.replaceAll("/", "\\/"),
            unicode: (b64: string) => b64.replaceAll("=", "\\u003d").replaceAll("+", "\\u002B"),
            wrapped: (b64: string) => b64.replace(/.{20}/g, "$&\\r\\n"),
            data: (b64: string) => `data:image/png;base64,${b64}`,
          }[form];
          const side = JSON.stringify({ other, list: [1], b64_jso: "AAAA", url: '"b64_json":"AAAA"' });
          const item = (value: string) => `{"size":"2x2","b64_json" :\n "${value}","o":${side}}`;
          const text = files.map((file) => item(write(Buffer.from(file).toString("base64"))));
          const { out, store } = await split(`{"data":[${text}]}`, sizes);
          assert.equal(out, `{"data":[${files.map((_file, index) => item(`base64:${index}`))}]}`);
          for (const [index, file] of files.entries()) {
            if (file.length > 0) assert.deepEqual(await bytesOf(store, `base64:${index}`), Buffer.from(file));
          }
        },
      ),
      { numRuns: 300 },
    ));

  it("takes out lists of strings, leaves null alone, and lets go of what was taken (P-22)", async () => {
    const { out, store } = await split('{"b64_json":null,"list":["aGk=", "eW8="],"x":["aGk="]}', [5]);
    assert.equal(out, '{"b64_json":null,"list":["base64:0", "base64:1"],"x":["aGk="]}');
    assert.equal(String(await bytesOf(store, "base64:1")), "yo");
    assert.equal(store.take("base64:1"), undefined);
    assert.equal(store.take("aGk="), undefined);
  });

  it("finds the end of a value that is no base64 at all", () =>
    fc.assert(
      fc.asyncProperty(lengths, fc.string({ unit: "binary", minLength: 1 }), async (sizes, value) => {
        const { out } = await split(JSON.stringify({ b64_json: `\\"${value}`, z: 1 }), sizes);
        assert.equal(out, '{"b64_json":"base64:0","z":1}');
      }),
    ));

  it("works inside server-sent events", async () => {
    const stream = ': "odd\n\nevent: b\ndata: {"b64_json":"aGk="}\n\ndata: {"b64_json":"eW8="}\n\n';
    const store = new Base64Store();
    const events = await all(readEvents(splitBase64(cut(stream, [3]), ["b64_json"], store)));
    assert.deepEqual(
      events.map(({ data }) => JSON.parse(data).b64_json),
      ["base64:0", "base64:1"],
    );
    assert.equal(String(await bytesOf(store, "base64:0")), "hi");
  });
});

describe("readJson", () => {
  const answer = (text: string) => ({
    status: 200,
    headers: {},
    body: cut(text, [9]),
    text: async () => text,
    discard: async () => undefined,
  });
  it("reads JSON, and says so when it is none", async () => {
    assert.deepEqual((await readJson(answer('{"a":1}'))).json, { a: 1 });
    for (const text of ["", "<html>", '{"a":']) assert(!("json" in (await readJson(answer(text)))));
  });
});

describe("redact", () => {
  it("takes out the secrets it is given, in every form they travel in (P-07)", () => {
    const secret = 'k"y/+=42 x';
    const forms = [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret),
      Buffer.from(secret).toString("base64"),
    ];
    for (const form of forms) assert(!redact(`before ${form} after`, [secret]).includes(form), form);
  });

  const looks = {
    "Authorization: Bearer 0f3c-aaaa-bbbb": "0f3c-aaaa-bbbb",
    "token eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJl!": "eyJpc3MiOiJhIn0",
    "key sk-abcdefghijklmnop": "abcdefghijklmnop",
    "https://h/p?X-Tos-Signature=abc123def&x=1": "abc123def",
    "https://h/p?OSSAccessKeyId=LTAI5tXXXXYYYY&Expires=1&Signature=ab%2Fcd%3D": "ab%2Fcd",
    "HMAC-SHA256 Credential=AKLTabcdef/2026, SignedHeaders=host, Signature=deadbeef99": "deadbeef99",
    '{"api_key": "0123456789"}': "0123456789",
    "via http://me:hunter2@proxy:80/": "hunter2",
    [`{"b64_json":"${"QUJD".repeat(100)}"}`]: "QUJDQUJD",
  };
  for (const [text, secret] of Object.entries(looks)) {
    it(`knows ${text.slice(0, 40)} when it sees it`, () => {
      const clean = redact(text);
      assert(!clean.includes(secret), clean);
    });
  }

  it("leaves ordinary words alone", () => {
    const line =
      "seedream 429 RateLimitExceeded request 021763aa98 after 1.5 s at https://ark.example.com/api/v3/images";
    assert.equal(redact(line, ["", "ab"]), line);
  });

  it("keeps of an address where it leads", () => {
    assert.equal(
      redactUrl("https://me:pw@h.example:8443/a/b.png?sig=1&x=2&x=3#f"),
      "https://h.example:8443/a/b.png?sig=***&x=***",
    );
    assert.equal(redactUrl("no address"), "***");
  });
});

describe("TimerWheel", () => {
  it("runs 200 appointments in order with one timer at a time", async () => {
    const clock = new FakeClock();
    const wheel = new TimerWheel(clock);
    const ran: number[] = [];
    const begin = clock.now();
    for (let i = 0; i < 200; i++) {
      const at = begin + 1000 + ((i * 37) % 200);
      wheel.schedule(at, () => ran.push(at));
      assert(clock.waiting <= 1);
    }
    const cancel = wheel.schedule(begin + 500, () => assert.fail("called off"));
    cancel();
    await clock.advance(1100);
    assert.equal(ran.length, 101);
    await clock.advance(10_000);
    assert.deepEqual(
      ran,
      [...ran].sort((a, b) => a - b),
    );
    assert.equal(ran.length, 200);
    assert.equal(clock.waiting, 0);
  });

  it("takes new appointments while it runs others, past ones at once", async () => {
    const clock = new FakeClock();
    const wheel = new TimerWheel(clock);
    const ran: string[] = [];
    wheel.schedule(clock.now() + 10, () => {
      ran.push("first");
      wheel.schedule(clock.now() - 5, () => ran.push("past"));
      wheel.schedule(clock.now() + 10, () => ran.push("second"));
    });
    await clock.advance(10);
    await clock.advance(1);
    assert.deepEqual(ran, ["first", "past"]);
    await clock.advance(9);
    assert.deepEqual(ran, ["first", "past", "second"]);
    wheel.schedule(clock.now() + 10, () => assert.fail("called off"))();
    assert.equal(clock.waiting, 0);
    wheel.schedule(clock.now() + 10, () => assert.fail("cleared"));
    wheel.clear();
    await clock.advance(20);
  });
});
