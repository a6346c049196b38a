import type { Library, LibraryDraft, LibraryItem, VendorContext } from "../../contract.ts";
import { VendorError } from "../../errors.ts";
import { encodeBody } from "../../wire/body.ts";
import { unreadable } from "../../wire/refusal.ts";
import { createTask } from "../create.ts";
import { errorOfTask } from "../errors.ts";
import type { Place } from "../find.ts";
import { read, send } from "../wire/call.ts";
import { readLegacyTask } from "../wire/task.ts";
import { elementsPath, listElements, readElement } from "./elements.ts";
import { draftBody, shelves } from "./forms.ts";
import { resultOf } from "./pages.ts";
import { listVoices, readVoice, voicesPath } from "./voices.ts";

/** An element takes about five seconds, a voice nine (contract §2). */
const lookEveryMs = 2_000;
const lookForMs = 5 * 60_000;

const shelfOf = {
  elements: { path: elementsPath, list: listElements, readOne: readElement },
  voices: { path: voicesPath, list: listVoices, readOne: readVoice },
} as const;

/** Elements and voices of the account (contract §6.1, §6.2). */
export const library: Library = {
  shelves,
  list: (shelf, context) => shelfOf[shelf].list(context),
  create,
  remove,
  mention: ({ shelf, name }) => (shelf === "elements" ? `@${name}` : undefined),
};

async function create(draft: LibraryDraft, context: VendorContext): Promise<LibraryItem> {
  const { path, readOne } = shelfOf[draft.shelf];
  const place: Place = { api: "legacy", path };
  const body = { ...draftBody(draft), external_task_id: context.jobId };
  const id = await createTask("create", place, body, context);
  const until = context.clock.now() + lookForMs;
  while (context.clock.now() < until) {
    const { data, requestId } = await read(context, `${path}/${encodeURIComponent(id)}`);
    const task = readLegacyTask(data);
    if (!task) throw unreadable(200, requestId);
    if (task.phase === "failed") throw errorOfTask(task.message, requestId);
    if (task.phase === "done") {
      const item = resultOf(data, draft.shelf).flatMap((each) => readOne(each) ?? [])[0];
      if (item) return item;
      throw unreadable(200, requestId);
    }
    await context.clock.sleep(lookEveryMs, context.signal);
  }
  throw new VendorError({ reason: "ambiguous", sent: "unknown", next: "deadline" });
}

async function remove(
  { shelf, id }: Pick<LibraryItem, "shelf" | "id">,
  context: VendorContext,
): Promise<void> {
  const [path, body] =
    shelf === "elements"
      ? ["/v1/general/delete-elements", { element_id: id }]
      : ["/v1/general/delete-voices", { voice_id: id }];
  const bytes = await encodeBody(body);
  await context.spend("remove", (http) => send(http, context, path, bytes));
}
