import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { languages, markup } from "../../../src/placement/markup/index.ts";
import type { Form, Media } from "../../../src/placement/markup/types.ts";

const golden = new URL("markup.golden.txt", import.meta.url);
const tricky = `A "fox" & [dog]\\ <b>\n\n*x* _y_ \`z\` {1} {{2}} $3 #4 50% ~^ | a, b=c`;
const long = { image: "png", video: "mp4", audio: "wav", text: "vtt" } as const;

function media(kind: Media["kind"], alt: string, folder = "assets"): Media {
  const link = { path: `${folder}/fox.${long[kind]}` };
  return kind === "audio" || kind === "text"
    ? { kind, link, alt }
    : { kind, link, alt, width: 1280, height: 720 };
}

function* sections(): Generator<[title: string, text: string]> {
  for (const id of [...Object.keys(languages), "python"]) {
    for (const kind of ["image", "video", "audio", "text"] as const) {
      for (const form of ["inline", "line"] as const) {
        yield [`${id} · ${kind} · ${form}`, markup(id, media(kind, "A red fox"), form)];
      }
    }
    const poster = { ...media("video", "A red fox"), poster: { path: "assets/still.jpg" } };
    yield [`${id} · video with a poster`, markup(id, poster, "line")];
    yield [`${id} · image without alt text`, markup(id, media("image", ""), "line")];
    yield [`${id} · audio without alt text`, markup(id, media("audio", ""), "inline")];
    yield [`${id} · tricky alt text`, markup(id, media("image", tricky), "line")];
    yield [`${id} · tricky link text`, markup(id, media("audio", tricky), "inline")];
    yield [`${id} · tricky text link`, markup(id, media("text", tricky), "inline")];
    yield [`${id} · tricky path`, markup(id, media("image", "Fox", "../my pics/50% #1 (a_b)"), "inline")];
    yield [`${id} · only the link`, markup(id, media("image", "Fox", "my pics"), "link")];
  }
  const others: [string, Form][] = [
    ["html", "attribute"],
    ["typescriptreact", "attribute"],
    ["css", "value"],
    ["css", "declaration"],
    ["css", "rule"],
    ["latex", "float"],
  ];
  for (const [id, form] of others)
    yield [`${id} · image · ${form}`, markup(id, media("image", "A red fox"), form)];
}

describe("placement markup", () => {
  // EASEL_GOLDEN=write renews the file; read the difference before you commit it.
  if (process.env.EASEL_GOLDEN === "write") {
    writeFileSync(golden, [...sections()].map(([title, text]) => `## ${title}\n${text}\n`).join("\n"));
  }
  const expected = new Map(
    readFileSync(golden, "utf8")
      .split(/^## /m)
      .filter(Boolean)
      .map((section) => [
        section.slice(0, section.indexOf("\n")),
        section.slice(section.indexOf("\n") + 1).trimEnd(),
      ]),
  );
  for (const [title, text] of sections()) {
    it(title, () => assert.equal(text, expected.get(title)));
  }
  it("the golden file holds nothing else", () => assert.equal(expected.size, [...sections()].length));
});
