import { z } from "zod";
import type { OutputSource } from "../../contract.ts";
import { jsonOf } from "../../wire/json.ts";
import type { Answer } from "./call.ts";

const text = z.string().min(1).optional().catch(undefined);
const texts = z.array(z.string()).catch([]);

const dataSchema = z.object({
  status: z.string().catch(""),
  task_id: text,
  video_url: text,
  image_urls: texts,
  binary_data_base64: texts,
  url: text,
  resp_data: z.string().catch(""),
  aigc_meta_tagged: z.boolean().optional().catch(undefined),
});

/** What is documented of `data`, all of it optional (contract §5); undefined if there is none. */
export type ResultData = z.infer<typeof dataSchema>;

export function readData(data: unknown): ResultData | undefined {
  return dataSchema.safeParse(data).data;
}

const respSchema = z.object({
  vid: z.object({ url: text }).optional().catch(undefined),
  urls: texts,
  status: z.number().optional().catch(undefined),
  object_detection_result: z
    .object({ mask: z.object({ url: texts }) })
    .optional()
    .catch(undefined),
});

/** `resp_data`, JSON inside JSON, which only some products have and whose content is not stable (contract §5). */
export function readRespData({ resp_data: inner }: ResultData): z.infer<typeof respSchema> | undefined {
  return respSchema.safeParse(jsonOf(inner)).data;
}

/** Results that links lead to live this long (contract §8). */
const lifeMs = { image: 24 * 60 * 60 * 1000, video: 60 * 60 * 1000 } as const;

/**
 * Where the results are, in the order the vendor's products are looked through: `video_url`, `image_urls`, `binary_data_base64`, `url`,
 * then `resp_data` (contract §5). Links are said to die by `now` (ms since the epoch) and the life of their kind.
 */
export function sourcesOf(
  data: ResultData,
  { take }: Pick<Answer, "take">,
  kind: keyof typeof lifeMs,
  now: number,
): OutputSource[] {
  const link = (url: string): OutputSource => ({ kind: "link", url, expires: now + lifeMs[kind] });
  if (data.video_url) return [link(data.video_url)];
  const urls = data.image_urls.filter((url) => url !== "");
  if (urls.length > 0) return urls.map(link);
  const streams = data.binary_data_base64.flatMap((marker): OutputSource[] => {
    const stream = take(marker);
    return stream ? [{ kind: "stream", stream }] : [];
  });
  if (streams.length > 0) return streams;
  if (data.url) return [link(data.url)];
  const inner = readRespData(data);
  if (inner?.vid?.url) return [link(inner.vid.url)];
  return inner?.urls.filter((url) => url !== "").map(link) ?? [];
}
