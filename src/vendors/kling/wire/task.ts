import { z } from "zod";

/** One thing a task made. `wav` where a sound comes in two formats. */
export interface TaskOutput {
  kind: "image" | "video" | "audio";
  url: string;
  wav?: string;
  id?: string;
}

/** A task as either generation of the API tells it (contract §2, §7). */
export interface Task {
  id: string;
  phase: "queued" | "running" | "done" | "failed";
  /** Why it failed, in the vendor's words. */
  message: string;
  outputs: TaskOutput[];
  /** Resource pack units it used, once it is done. */
  units?: number;
  money?: { amount: number; currency: "CNY" | "USD" };
  /** The caller's own id. */
  externalId?: string;
  /** Ms since the epoch. */
  created: number;
  updated: number;
}

const text = z.string().catch("");
const amount = z.coerce.number().optional().catch(undefined);
const when = z.coerce.number().catch(0);

function list<T extends z.ZodType>(item: T) {
  return z.array(item).catch([]);
}

const image = z.object({ url: text, watermark_url: text });
const video = z.object({ id: text, url: text, watermark_url: text });
const audio = z.object({ id: text, url: text, url_mp3: text, url_wav: text });

const legacySchema = z.object({
  task_id: z.string().min(1),
  task_status: text,
  task_status_msg: text,
  task_info: z.object({ external_task_id: text }).catch({ external_task_id: "" }),
  task_result: z
    .object({ videos: list(video), images: list(image), series_images: list(image), audios: list(audio) })
    .catch({ videos: [], images: [], series_images: [], audios: [] }),
  final_unit_deduction: amount,
  created_at: when,
  updated_at: when,
});

const newerSchema = z.object({
  id: z.string().min(1),
  status: text,
  message: text,
  external_id: text,
  outputs: list(
    z.object({ type: text, id: text, url: text, watermark_url: text, mp3_url: text, wav_url: text }),
  ),
  billing: list(z.object({ charge_type: text, amount, currency: text })),
  create_time: when,
  update_time: when,
});

/** `data` of a legacy create or query, or one of a list; undefined if it is no task. */
export function readLegacyTask(data: unknown): Task | undefined {
  const parsed = legacySchema.safeParse(data).data;
  if (!parsed) return undefined;
  const { videos, images, series_images: series, audios } = parsed.task_result;
  return {
    id: parsed.task_id,
    phase: phaseOf(parsed.task_status),
    message: parsed.task_status_msg,
    outputs: [
      ...videos.map((each) => output("video", linkOf(each), each.id)),
      ...images.map((each) => output("image", linkOf(each))),
      ...series.map((each) => output("image", linkOf(each))),
      ...audios.map((each) => output("audio", each.url_mp3 || each.url, each.id, each.url_wav)),
    ],
    ...(parsed.final_unit_deduction === undefined ? {} : { units: parsed.final_unit_deduction }),
    ...(parsed.task_info.external_task_id ? { externalId: parsed.task_info.external_task_id } : {}),
    created: parsed.created_at,
    updated: parsed.updated_at,
  };
}

/** `data` of a newer create, or one of `GET /tasks`; undefined if it is no task. */
export function readNewerTask(data: unknown): Task | undefined {
  const parsed = newerSchema.safeParse(data).data;
  if (!parsed) return undefined;
  const units = parsed.billing.filter(({ charge_type }) => charge_type === "unit");
  const cash = parsed.billing.find(({ charge_type }) => charge_type === "cash");
  const currency = cash?.currency === "USD" || cash?.currency === "CNY" ? cash.currency : undefined;
  return {
    id: parsed.id,
    phase: phaseOf(parsed.status),
    message: parsed.message,
    outputs: parsed.outputs.flatMap((each) => {
      const { type } = each;
      if (type === "audio") return [output("audio", each.mp3_url || each.url, each.id, each.wav_url)];
      return type === "video" || type === "image" ? [output(type, linkOf(each), each.id)] : [];
    }),
    ...(units.length > 0 ? { units: units.reduce((sum, each) => sum + (each.amount ?? 0), 0) } : {}),
    ...(cash?.amount !== undefined && currency ? { money: { amount: cash.amount, currency } } : {}),
    ...(parsed.external_id ? { externalId: parsed.external_id } : {}),
    created: parsed.create_time,
    updated: parsed.update_time,
  };
}

/** A status that is not documented counts as running: the deadline ends it if it never changes. */
function phaseOf(status: string): Task["phase"] {
  if (status === "submitted") return "queued";
  if (status === "succeed" || status === "succeeded") return "done";
  return status === "failed" ? "failed" : "running";
}

/** The watermarked file is there only if it was asked for. */
function linkOf({ url, watermark_url: marked }: { url: string; watermark_url: string }): string {
  return marked || url;
}

function output(kind: TaskOutput["kind"], url: string, id = "", wav = ""): TaskOutput {
  return { kind, url, ...(id ? { id } : {}), ...(wav ? { wav } : {}) };
}
