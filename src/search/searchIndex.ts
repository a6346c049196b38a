import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

/** Where a text that the index may hold comes from: alt texts of pictures in documents, prompts in recipe files. */
export const textSources = ["altTexts", "recipes"] as const;
export type TextSource = (typeof textSources)[number];

/** A text that says what a file shows. */
export interface KnownText {
  uri: string;
  text: string;
  source: TextSource;
}

/** A known text with what it means, as the model says; see `Embeddings`. */
interface Entry extends KnownText {
  /** Little-endian 32-bit floats in base64. */
  vector: string;
}

interface Content {
  version: 1;
  /** Vectors of another model mean nothing to this one. */
  model: string;
  /** What the user chose to keep. */
  sources: TextSource[];
  entries: Entry[];
}

/** A found text; `score` is the cosine of the angle between the vectors. */
export interface Found extends KnownText {
  score: number;
}

/** Turns texts into vectors, in their order; says which model did. */
export type Embed = (texts: readonly string[]) => Promise<{
  model: string;
  vectors: readonly (readonly number[])[];
}>;

const contentSchema: z.ZodType<Content> = z.object({
  version: z.literal(1),
  model: z.string(),
  sources: z.array(z.enum(textSources)),
  entries: z.array(
    z.object({ uri: z.string(), text: z.string(), source: z.enum(textSources), vector: z.string() }),
  ),
});

const nothing: Content = { version: 1, model: "", sources: [], entries: [] };

/**
 * What is known of the assets of one workspace, for finding them by what they show: texts the user chose to keep, and a vector for
 * each. One file, made on first use, emptied by removing it.
 */
export class SearchIndex {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** What the user chose to keep; none before the first use. */
  async sources(): Promise<readonly TextSource[]> {
    return (await this.#read()).sources;
  }

  /** Everything it holds, without the vectors. */
  async texts(): Promise<KnownText[]> {
    return (await this.#read()).entries.map(({ uri, text, source }) => ({ uri, text, source }));
  }

  /** How many of these texts it does not hold yet: each would have to be sent. */
  async missing(texts: readonly KnownText[]): Promise<number> {
    const held = new Set((await this.#read()).entries.map(keyOf));
    return texts.filter((text) => !held.has(keyOf(text))).length;
  }

  /**
   * Holds exactly these texts from now on, as far as they are of these sources; only those it did not hold go to `embed`. A change of
   * model asks for all anew.
   */
  async update(sources: readonly TextSource[], all: readonly KnownText[], embed: Embed): Promise<void> {
    const content = await this.#read();
    const texts = all.filter(({ source }) => sources.includes(source));
    const held = new Map(content.entries.map((entry) => [keyOf(entry), entry]));
    const fresh = texts.filter((text) => !held.has(keyOf(text)));
    const kept = texts.flatMap((text) => held.get(keyOf(text)) ?? []);
    if (fresh.length === 0) return this.#write({ ...content, sources: [...sources], entries: kept });
    const { model, vectors } = await embed(fresh.map(({ text }) => text));
    if (kept.length > 0 && model !== content.model) {
      await this.clear();
      return this.update(sources, texts, embed);
    }
    const added = fresh.map(({ uri, text, source }, at) => ({
      uri,
      text,
      source,
      vector: packed(vectors[at] ?? []),
    }));
    await this.#write({ version: 1, model, sources: [...sources], entries: [...kept, ...added] });
  }

  /** The texts that are nearest to a vector of `model`, best first, one for each file. None if the index is of another model. */
  async nearest(model: string, vector: readonly number[], count: number): Promise<Found[]> {
    const content = await this.#read();
    if (content.model !== model) return [];
    const best = new Map<string, Found>();
    for (const { vector: stored, ...known } of content.entries) {
      const score = cosine(vector, unpacked(stored));
      if (score > (best.get(known.uri)?.score ?? Number.NEGATIVE_INFINITY))
        best.set(known.uri, { ...known, score });
    }
    return [...best.values()].sort((a, b) => b.score - a.score).slice(0, count);
  }

  /** Forgets everything, the choice of what to keep included. */
  async clear(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  /** A file that is not an index counts as none. One that cannot be read now is an error: writing would lose what was chosen. */
  async #read(): Promise<Content> {
    const text = await readFile(this.#path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "null";
      throw error;
    });
    try {
      return contentSchema.parse(JSON.parse(text));
    } catch {
      return nothing;
    }
  }

  async #write(content: Content): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFile(`${this.#path}.new`, JSON.stringify(content), { mode: 0o600 });
    await rename(`${this.#path}.new`, this.#path);
  }
}

function keyOf({ uri, text, source }: KnownText): string {
  return JSON.stringify([uri, text, source]);
}

function packed(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString("base64");
}

function unpacked(vector: string): Float32Array {
  const bytes = Buffer.from(vector, "base64");
  return new Float32Array(new Uint8Array(bytes).buffer, 0, Math.floor(bytes.length / 4));
}

/** From -1 to 1; 0 where it has no meaning: other lengths, or nothing but zeros. */
function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return 0;
  let dot = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    dot += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  return lengthA === 0 || lengthB === 0 ? 0 : dot / Math.sqrt(lengthA * lengthB);
}
