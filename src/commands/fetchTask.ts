import { l10n } from "vscode";
import type { Services } from "../app.ts";
import type { Job } from "../model/job.ts";
import { type OperationId, operationIds } from "../model/operations.ts";
import { operationText } from "../text/operations.ts";
import { assistedBy } from "../ui/assistant.ts";
import { askText, type Back, back, pickOne } from "../ui/multiStep.ts";
import { rememberPlace } from "../ui/place.ts";
import { workspaceOf } from "../ui/send.ts";
import { isRunning } from "../ui/statusBar.ts";
import { type VendorEntry, vendorEntries } from "../vendors/catalog.ts";
import type { ForeignTask, Vendor } from "../vendors/contract.ts";

/** A vendor whose tasks can be fetched. */
type Adopting = Vendor & Required<Pick<Vendor, "adoption">>;

interface Choice {
  entry: VendorEntry;
  vendor: Adopting;
}

/** Longest id that any vendor makes; anything else does not go into a path. */
const maxId = 128;
const idPattern = new RegExp(`^[\\w.:-]{1,${maxId}}$`);

/** Takes over a task that was made elsewhere, by the vendor's id of it: looks at it, which is free, and never sends anything that costs. */
export async function fetchTask(services: Services): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const choice = await pickVendor();
  const task = choice && (await askTask(choice));
  if (!task) return;
  const known = knownJob(services, choice, task.id);
  if (known) return show(services, known);
  const { entry, vendor } = choice;
  const title = l10n.t("Easel: looking at the task at {0}…", entry.name);
  const found = await assistedBy(services, entry, title, async (_vendor, context) => {
    const { baseUrl, settings = {} } = context;
    const hasSettings = Object.keys(settings).length > 0;
    return {
      ...(await vendor.adoption.find(task, context)),
      address: { baseUrl, ...(hasSettings ? { settings: { ...settings } } : {}) },
    };
  });
  if (!found) return;
  const { operation, model, handle, address } = found;
  const request = { operation, vendor: entry.id, model, prompt: "", inputs: [], options: {} };
  const job = await services.jobs.adopt(request, handle, {
    ...address,
    ...(anchor ? { anchor: anchor.record } : {}),
    ...workspaceOf(anchor),
  });
  anchor?.bind(job.id);
  services.follow(job.id);
}

async function pickVendor(): Promise<Choice | undefined> {
  const vendors = await Promise.all(
    vendorEntries.map(async (entry) => ({ entry, vendor: await entry.load() })),
  );
  const choices = vendors.filter((each): each is Choice => each.vendor.adoption !== undefined);
  const picked = await pickOne<Choice>(
    { title: l10n.t("Easel: Fetch Task") },
    {
      items: choices.map((choice) => ({ label: choice.entry.name, value: choice })),
      placeholder: l10n.t("Whose task is it?"),
    },
  );
  return picked === back ? undefined : picked;
}

/** Asks for the id, and for what else the vendor needs to know. */
async function askTask(choice: Choice): Promise<ForeignTask | undefined> {
  const { adoption } = choice.vendor;
  const title = l10n.t("Easel: Fetch Task");
  for (;;) {
    const id = await askId(title, choice.entry);
    if (id === undefined || id === back) return undefined;
    const operations = tasksOf(choice.vendor);
    const operation = adoption.needs === "id" ? operations[0] : await pickOperation(title, operations);
    if (operation === back) continue;
    if (operation === undefined) return undefined;
    const models = choice.vendor.models.filter(
      (model) => model.operations[operation] && adoption.isTask(operation, model.id),
    );
    const model = adoption.needs === "model" ? await pickModel(title, models) : models[0]?.id;
    if (model === back) continue;
    return model === undefined ? undefined : { id, operation, model };
  }
}

async function askId(title: string, { name }: VendorEntry): Promise<string | Back | undefined> {
  const typed = await askText(
    { title: `${title} · ${name}` },
    {
      placeholder: l10n.t("The vendor’s task id, such as {0}", "cgt-20261112100330-abcde"),
      prompt: l10n.t("Looking at a task is free. Its result waits for your decision like any other."),
      required: l10n.t("Paste the task id first."),
      validate: (text) =>
        idPattern.test(text.trim())
          ? undefined
          : l10n.t("This is not a task id: letters, digits and .:_- only, at most {0}.", maxId),
    },
  );
  return typeof typed === "string" ? typed.trim() : typed;
}

/** Operations that a vendor does by tasks. */
function tasksOf({ models, adoption }: Adopting): OperationId[] {
  return operationIds.filter((operation) =>
    models.some((model) => model.operations[operation] && adoption.isTask(operation, model.id)),
  );
}

function pickOperation(title: string, operations: readonly OperationId[]) {
  return pickOne<OperationId>(
    { title, canGoBack: true },
    {
      items: operations.map((id) => ({ ...operationText(id), value: id })),
      placeholder: l10n.t("What was asked for?"),
    },
  );
}

function pickModel(title: string, models: Vendor["models"]) {
  return pickOne<string>(
    { title, canGoBack: true },
    {
      items: models.map(({ id, name }) => ({ label: name, description: id, value: id })),
      placeholder: l10n.t("Which model was asked?"),
    },
  );
}

/** The job that has this task already. */
function knownJob({ jobs }: Services, { entry, vendor }: Choice, id: string): Job | undefined {
  return jobs
    .list()
    .find(
      ({ request, operation }) =>
        request.vendor === entry.id && operation !== undefined && vendor.taskId?.(operation) === id,
    );
}

function show(services: Services, job: Job): void {
  if (isRunning(job)) services.follow(job.id);
  else services.review.open(job.id);
}
