import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { sniff } from "../../src/assets/sniff.ts";
import { createLedger } from "../../src/jobs/ledger.ts";
import { jobSchema } from "../../src/model/job.ts";
import { linkName, linkProblem } from "../../src/model/link.ts";
import { Base64Store, splitBase64 } from "../../src/net/base64.ts";
import { readText } from "../../src/net/body.ts";
import { carriesOn, fileFacts, rangeHeaders } from "../../src/net/range.ts";
import { redact } from "../../src/net/redact.ts";
import { retryAfterMs } from "../../src/net/retry.ts";
import { readEvents } from "../../src/net/sse.ts";
import { addressProblem, originOf } from "../../src/net/typedAddress.ts";
import { NetError } from "../../src/net/types.ts";
import { folderInside } from "../../src/placement/destination.ts";
import { fileNameProblem, slug } from "../../src/placement/naming.ts";
import { picturesIn } from "../../src/placement/pictures.ts";
import { PlacedList } from "../../src/placement/placedList.ts";
import { readRecipe } from "../../src/placement/recipe.ts";
import { SearchIndex } from "../../src/search/searchIndex.ts";
import { checkMessage } from "../../src/studio/ipc.ts";
import { maskSchemas, regionsSchemas } from "../../src/studio/protocolSchema.ts";
import { exactJsonOf, jsonOf } from "../../src/vendors/wire/json.ts";
import { broken, foreign, paths } from "./studio/malformed.ts";

const seed = Number(process.env.EASEL_FUZZ_SEED ?? 20_261_122);

/** What trips readers: marks of formats, ways out of folders, endless numbers, text that turns or hides. */
const token = fc.constantFrom(
  ...[
    "../",
    "..\\",
    "/",
    "\\",
    "\0",
    "\n",
    "\r\n\r\n",
    "data: ",
    "event:",
    "id: 1",
    ":",
    ";",
    ",",
    '"',
    "'",
    "`",
  ],
  ...[
    "%2e%2e%2f",
    "%00",
    "%",
    "\u202e",
    "\u200b",
    "\ufeff",
    "e\u0301",
    "CON",
    "aux.png",
    ".",
    " ",
    "~",
    "file:",
    "command:",
  ],
  ...[
    "https://",
    "http://127.0.0.1",
    "http://[::1]",
    "@",
    "#",
    "?",
    "javascript:",
    "${",
    "}",
    "{",
    "[",
    "]",
    "](",
    "<",
    ">",
  ],
  ...[
    "bytes 0-1/2",
    "bytes */*",
    "9".repeat(60),
    "-1",
    "1e999",
    "NaN",
    "base64:0",
    "data:image/png;base64,",
    'W/"x"',
  ],
  ...["![", "<img src=", 'alt="', "{{", "\\", "__proto__", "画", "\ud800"],
);
const hostile = fc.oneof(
  fc.array(token, { maxLength: 12 }).map((parts) => parts.join("")),
  fc.string({ maxLength: 40, unit: "binary" }),
);

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

/** Every reader of a text that can be had from outside, and what must hold of what it says. */
const readers: Record<string, (text: string, other: string) => void> = {
  "the name of a link": (text) => {
    assert.equal(typeof linkName(text), "string");
    linkProblem(text, {});
    linkProblem(text, { ids: "only" });
  },
  "a file's name from a prompt": (text) => {
    const name = slug(text, { fallback: "image" });
    assert.equal(fileNameProblem(name, ".png"), undefined, JSON.stringify([text, name]));
    assert.doesNotMatch(name, /[/\\\0\n]|^\.\.?$/);
  },
  "a folder setting": (text) => {
    const inside = folderInside(text);
    assert.ok(inside === undefined || !/^(\/|\.\.(\/|$))/.test(inside), inside);
  },
  "an address": (text) => {
    if (addressProblem(text, "whole") === undefined) assert.match(originOf(text), /^https?:\/\//);
  },
  "headers of a download": (text, other) => {
    for (const status of [200, 206]) {
      const facts = fileFacts(status, {
        "content-range": text,
        "content-length": other,
        etag: text,
        "content-type": other,
      });
      assert.ok(facts.size === undefined || facts.size >= -1);
      carriesOn(facts, { etag: text }, 5);
      rangeHeaders({ etag: text }, 5);
    }
    const wait = retryAfterMs(text, 0);
    assert.ok(wait === undefined || (wait >= 0 && Number.isFinite(wait)), String(wait));
  },
  "a document with pictures": (text, other) => {
    for (const language of ["markdown", "html", "vue", "javascriptreact"]) {
      for (const { start, altStart, altEnd } of picturesIn(
        `${text}![${other}](${text})<img alt="${other}">`,
        language,
      ))
        assert.ok(start <= altStart && altStart <= altEnd);
    }
  },
  "a recipe": (text) => {
    readRecipe(text);
  },
  "exact JSON": (text) => {
    const [plain, exact] = [jsonOf(text), exactJsonOf(text)];
    assert.equal(exact === undefined, plain === undefined);
  },
  "the head of a file": (text) => {
    sniff(Buffer.from(text, "latin1"));
  },
  "words with a key in them": (text, other) => {
    const secret = `key-${other.replaceAll(/\s/g, "")}-canary`;
    assert.ok(!redact(`${text}${secret}${other}`, [secret]).includes(secret));
  },
};

describe("what comes from outside", function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    console.log(`      seed ${seed} (set EASEL_FUZZ_SEED for others)`);
    folder = await mkdtemp(join(tmpdir(), "easel-hostile-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [name, read] of Object.entries(readers)) {
    it(`${name} is read or refused`, () =>
      fc.assert(fc.property(hostile, hostile, read), { seed, numRuns: 4_000 }));
  }

  it("a stream of events is read to its end, each within its cap", () =>
    fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        let told = 0;
        try {
          for await (const { data } of readEvents(bytesOf(text), 50)) {
            assert.ok(data.length <= 60);
            told++;
          }
        } catch (error) {
          assert.ok(error instanceof NetError && error.fault === "tooLarge");
        }
        assert.ok(told <= text.length + 1);
      }),
      { seed, numRuns: 2_000 },
    ));

  it("base64 within JSON is taken out or left, never more than came", () =>
    fc.assert(
      fc.asyncProperty(hostile, hostile, async (text, other) => {
        const store = new Base64Store();
        let bytes = 0;
        const sink = {
          write(index: number, part: Uint8Array) {
            bytes += part.byteLength;
            store.write(index, part);
          },
        };
        const body = `{"b64_json":"${text}","list":["${other}"],"b64_json":["${other}"]}`;
        try {
          const rest = await readText(splitBase64(bytesOf(body), ["b64_json"], sink), 100_000);
          assert.ok(rest.length <= body.length + 100 && bytes <= Buffer.byteLength(body));
        } catch (error) {
          assert.ok(error instanceof NetError, String(error));
        }
      }),
      { seed, numRuns: 2_000 },
    ));

  const messages = [
    { type: "command", method: "ready", params: {} },
    { type: "command", method: "cancel", params: {} },
    { type: "request", id: 1, method: "use", params: { bytes: new ArrayBuffer(8) } },
    { type: "request", id: 1, method: "use", params: { regions: [{ kind: "point", x: 1, y: 2 }] } },
  ];
  it("messages of the mask painter and the region picker are checked before anything is done with them", () =>
    fc.assert(
      fc.property(fc.constantFrom(...messages), fc.nat(), foreign, (message, at, by) => {
        const all = paths(message);
        const raw = broken(message, all[at % all.length] ?? [], by);
        for (const schemas of [maskSchemas, regionsSchemas])
          assert.equal(typeof checkMessage(schemas as never, raw).ok, "boolean");
      }),
      { seed, numRuns: 5_000 },
    ));

  it("a ledger's file is read as a job, or left as damaged, whatever it holds", async () => {
    const golden = JSON.parse(
      await readFile(new URL("../fixtures/ledger/2-extended/job.json", import.meta.url), "utf8"),
    ) as object;
    const ledger = createLedger(join(folder, "jobs"));
    await mkdir(join(folder, "jobs", "one"), { recursive: true });
    await writeFile(join(folder, "beside"), "untouched");
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.oneof(foreign, hostile), hostile, async (at, by, junk) => {
        const all = paths(golden);
        const changed = JSON.stringify(broken(golden, all[at % all.length] ?? [], by), (_key, value) =>
          typeof value === "bigint" ? Number(value) : value,
        );
        for (const text of [changed ?? "", junk, (changed ?? "").slice(0, at % 500)]) {
          await writeFile(join(folder, "jobs", "one", "job.json"), text);
          const entry = await ledger.read("one");
          assert.ok(entry);
          if ("job" in entry) jobSchema.parse(entry.job);
          else assert.equal(entry.unreadable.id, "one");
        }
      }),
      { seed, numRuns: 300 },
    );
    assert.deepEqual((await readdir(folder)).sort(), ["beside", "jobs"]);
  });

  it("the list of what was placed and the search index are read as far as they can be", async () => {
    const entry = { uri: "file:///a.png", text: "a boat", source: "altTexts", vector: "AACAPw==" };
    const content = { version: 1, model: "m", sources: ["altTexts"], entries: [entry] };
    const placed = {
      id: "j/a",
      uri: "file:///a.png",
      sha256: "0",
      kind: "image",
      type: "image/png",
      bytes: 1,
      at: 1,
      vendor: "kling",
      model: "m",
      operation: "text-to-image",
      state: "placed",
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.oneof(foreign, hostile), async (at, by) => {
        const change = (value: object) => {
          const all = paths(value);
          return JSON.stringify(broken(value, all[at % all.length] ?? [], by), (_key, each) =>
            typeof each === "bigint" ? Number(each) : each,
          );
        };
        await writeFile(join(folder, "index.json"), change(content) ?? "");
        const index = new SearchIndex(join(folder, "index.json"));
        for (const { uri, text } of await index.texts())
          assert.ok(typeof uri === "string" && typeof text === "string");
        assert.ok(Array.isArray(await index.sources()));
        await index.nearest("m", [1], 3);
        await index.missing([{ uri: "file:///a.png", text: "a boat", source: "altTexts" }]);
        await writeFile(
          join(folder, "placed.jsonl"),
          `${change(placed) ?? ""}\n{"id":\n${JSON.stringify(placed)}\n`,
        );
        const list = await new PlacedList(join(folder, "placed.jsonl")).all();
        assert.ok(list.some(({ id }) => id === "j/a"));
        for (const { id, uri } of list) assert.ok(typeof id === "string" && typeof uri === "string");
      }),
      { seed, numRuns: 300 },
    );
  });
});
