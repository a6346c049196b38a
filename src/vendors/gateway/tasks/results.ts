import { z } from "zod";

/** One place of a result: its link, why there is none, or nothing that can be read. */
export type Result =
  | { kind: "link"; url: string }
  | { kind: "failed"; code?: string; message?: string }
  | { kind: "empty" };

/** What an `output` holds, whichever family made it (contract §5, §6, §7). */
export interface Results {
  results: Result[];
  /** Words among the pictures, in their order. */
  texts: string[];
  /** How many the vendor says have failed. */
  failed: number;
}

/** More places than any model has. */
const mostFailed = 100;

const text = z.string().min(1).optional().catch(undefined);
const item = z.object({ url: text, code: text, message: text });
const content = z.object({ image: text, text: z.string().optional().catch(undefined) }).catch({});
const metric = z
  .object({ FAILED: z.int().min(0).max(mostFailed).catch(0) })
  .optional()
  .catch(undefined);

const outputSchema = z.object({
  video_url: text,
  image_url: text,
  results: z.array(item.catch({ url: undefined, code: undefined, message: undefined })).catch([]),
  choices: z
    .array(
      z
        .object({ message: z.object({ content: z.array(content).catch([]) }) })
        .catch({ message: { content: [] } }),
    )
    .catch([]),
  task_metric: metric,
  task_metrics: metric,
});

/** Reads every picture of every choice and every content item, every entry of `results`, or the one link of a video. */
export function readResults(output: unknown): Results {
  const parsed = outputSchema.safeParse(output).data;
  if (!parsed) return { results: [], texts: [], failed: 0 };
  const contents = parsed.choices.flatMap(({ message }) => message.content);
  const links = [parsed.video_url, parsed.image_url].filter((link) => link !== undefined);
  return {
    results: [
      ...parsed.results.map(resultOf),
      ...contents
        .filter(({ text: words }) => words === undefined)
        .map(({ image }) => resultOf({ url: image })),
      ...links.map((url) => resultOf({ url })),
    ],
    texts: contents.flatMap(({ text: words }) => words || []),
    failed: (parsed.task_metrics ?? parsed.task_metric)?.FAILED ?? 0,
  };
}

function resultOf({ url, code, message }: Partial<z.infer<typeof item>>): Result {
  if (url !== undefined) return { kind: "link", url };
  if (code === undefined && message === undefined) return { kind: "empty" };
  return { kind: "failed", ...(code ? { code } : {}), ...(message ? { message } : {}) };
}
