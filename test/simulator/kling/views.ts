import type { Account, JobTask } from "./account.ts";
import type { Body } from "./fields.ts";
import { elementView, voiceView } from "./library.ts";
import type { Made } from "./made.ts";

const FREE = { quota: "0", list_price: "0" };

/** How each kind of result is shown in `task_result`: the list it goes into and its item (contract kling §2). */
function resultItem(made: Made, index: number): [string, Body] {
  switch (made.kind) {
    case "video": {
      const { id, url, watermarkUrl, seconds, untimed, sessionId } = made;
      const item = {
        id,
        ...(sessionId !== undefined && { session_id: sessionId }),
        url,
        watermark_url: watermarkUrl,
        ...(!untimed && { duration: String(seconds) }),
      };
      return ["videos", item];
    }
    case "image":
      return [
        made.series ? "series_images" : "images",
        { index, url: made.url, watermark_url: made.watermarkUrl },
      ];
    case "shots": {
      const urls = made.urls.map((url, at) => [`url_${at + 1}`, url]);
      return ["images", { index, ...Object.fromEntries(urls) }];
    }
    case "audio": {
      const duration = made.seconds.toFixed(1);
      const links = { id: made.id, url_mp3: made.mp3, url_wav: made.wav };
      return ["audios", { ...links, duration_mp3: duration, duration_wav: duration }];
    }
    case "element":
      return ["elements", elementView(made.element)];
    case "voice":
      return ["voices", voiceView(made.voice)];
  }
}

function taskResult({ value }: JobTask): Body {
  const result: Record<string, Body[]> = {};
  for (const [index, made] of value.made.entries()) {
    const [list, item] = resultItem(made, index);
    result[list] = [...(result[list] ?? []), item];
  }
  if (value.product.path !== "/v1/images/omni-image") return result;
  return { result_type: result.series_images === undefined ? "single" : "series", ...result };
}

/** The legacy word for a task's state. */
function legacyStatus(task: JobTask, { tasks }: Account): string {
  const phase = tasks.phase(task);
  if (phase === "ended") return task.value.failure === undefined ? "succeed" : "failed";
  return phase === "queued" ? "submitted" : (task.oddStatus ?? "processing");
}

function taskInfo({ value }: JobTask): Body {
  const { externalId } = value.tail;
  return { ...(externalId !== undefined && { external_task_id: externalId }) };
}

/** `data` of a create. */
export function createdView(task: JobTask, account: Account, bare: boolean): Body {
  const { createdAt } = task;
  return {
    task_id: task.id,
    task_status: legacyStatus(task, account),
    ...(!bare && { task_info: taskInfo(task) }),
    created_at: createdAt,
    updated_at: createdAt,
  };
}

/** `data` of a query; one of a list leaves out the money, and for elements the whole tail. */
export function taskView(task: JobTask, account: Account, listed: boolean): Body {
  const { plan, failure, tail, product } = task.value;
  const done = account.tasks.phase(task) === "ended";
  const succeeded = done && failure === undefined;
  const deduction = plan.price?.unit === "USD" ? "0" : String(plan.price?.amount ?? 0);
  const balance = plan.price?.unit === "USD" ? String(plan.price.amount) : "0";
  return {
    task_id: task.id,
    task_status: legacyStatus(task, account),
    task_status_msg: done ? (failure ?? "") : "",
    task_info: { ...taskInfo(task), ...(plan.parent && { parent_video: plan.parent }) },
    task_result: succeeded ? taskResult(task) : {},
    ...(succeeded &&
      !(listed && product.pack === "element") && {
        watermark_info: { enabled: tail.watermark },
        final_unit_deduction: deduction,
        ...(!listed && { final_balance_deduction: { ...FREE, quota: balance, list_price: balance } }),
      }),
    created_at: task.createdAt,
    updated_at: account.tasks.updatedAt(task),
  };
}

/** Elements and voices that no task of this account made, as the lists show them. */
export function givenView(taskId: string, list: string, item: Body, at: number): Body {
  return {
    task_id: taskId,
    task_status: "succeed",
    task_status_msg: "",
    task_info: {},
    task_result: { [list]: [item] },
    created_at: at,
    updated_at: at,
  };
}
