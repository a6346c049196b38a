import type { Account, JobTask } from "./account.ts";
import type { Body } from "./fields.ts";
import { elementView, voiceView } from "./library.ts";
import type { Made } from "./made.ts";

/** The newer word for a task's state (contract kling §7): `succeeded`, not `succeed`. */
export function newStatus(task: JobTask, { tasks }: Account): string {
  const phase = tasks.phase(task);
  if (phase === "ended") return task.value.failure === undefined ? "succeeded" : "failed";
  return phase === "queued" ? "submitted" : (task.oddStatus ?? "processing");
}

/** `data` of a create. */
export function createdTask({ id, createdAt, value }: JobTask): Body {
  const external_id = value.tail.externalId ?? "";
  return { id, status: "submitted", create_time: createdAt, update_time: createdAt, external_id };
}

/** A task of either generation as `/tasks` shows it. */
export function newTask(task: JobTask, account: Account): Body {
  const { value } = task;
  const done = account.tasks.phase(task) === "ended";
  const { price } = value.plan;
  const paid = done && value.failure === undefined && price !== undefined;
  return {
    id: task.id,
    status: newStatus(task, account),
    message: done ? (value.failure ?? "") : "",
    create_time: task.createdAt,
    update_time: account.tasks.updatedAt(task),
    external_id: value.tail.externalId ?? "",
    outputs: done ? value.made.flatMap(output) : [],
    billing: paid ? [bill(price, value.product.pack)] : [],
  };
}

function bill({ amount, unit }: { amount: number; unit: string }, pack: string): Body {
  return unit === "USD"
    ? {
        charge_type: "cash",
        amount: String(amount),
        currency: "USD",
        list_price: String(amount),
        cash_type: "balance",
      }
    : { charge_type: "unit", amount: String(amount), package_type: pack };
}

function output(made: Made): Body[] {
  switch (made.kind) {
    case "video": {
      const { id, url, watermarkUrl, seconds } = made;
      return [{ type: "video", id, url, watermark_url: watermarkUrl, duration: String(seconds) }];
    }
    case "image":
      return [{ type: "image", url: made.url, watermark_url: made.watermarkUrl, group_id: "" }];
    case "shots":
      return made.urls.map((url) => ({ type: "image", url, watermark_url: "", group_id: "" }));
    case "audio": {
      const duration = made.seconds.toFixed(1);
      const links = { mp3_url: made.mp3, wav_url: made.wav, mp3_duration: duration, wav_duration: duration };
      return [{ type: "audio", id: made.id, ...links }];
    }
    case "element":
      return [{ type: "element", ...elementView(made.element), element_id: String(made.element.id) }];
    case "voice":
      return [{ type: "voice", ...voiceView(made.voice) }];
  }
}
