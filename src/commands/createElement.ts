import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { type ChosenInput, openInput, refOf } from "../inputs.ts";
import { misfit } from "../model/assign.ts";
import { formText } from "../text/library.ts";
import { unlinked } from "../text/unlinked.ts";
import { assisted, whoCan } from "../ui/assistant.ts";
import { earlierLinks } from "../ui/earlierLinks.ts";
import { givenFiles, readFiles } from "../ui/media.ts";
import { back, pickOne } from "../ui/multiStep.ts";
import type { Offer } from "../ui/offers.ts";
import { completeOptions, inputsOf, promptOf, type RequestDraft } from "../ui/requestDraft.ts";
import { askRequest } from "../ui/requestFlow.ts";
import type { VendorEntry } from "../vendors/catalog.ts";
import type { LibraryForm, LibraryItem, LibraryShelfId, Vendor } from "../vendors/contract.ts";

/** A form with the shelf it adds to. */
interface Way {
  shelf: LibraryShelfId;
  form: LibraryForm;
}

/** Adds an element or a voice to a vendor's library, from files that are selected or asked for. */
export async function createElement(services: Services, args: readonly unknown[]): Promise<void> {
  const entry = whoCan("library");
  if (!entry) return;
  const inputs = await readFiles(givenFiles(args, { kinds: ["image", "video", "audio"], many: true }));
  if (!inputs) return;
  const vendor = await entry.load();
  const title = l10n.t("Easel: Create Element");
  for (;;) {
    const way = await pickWay(title, vendor, inputs);
    if (way === undefined) return;
    const draft = await askForm(services, { title, entry, vendor, way, inputs });
    if (draft === back) continue;
    const item = draft && (await add(services, entry, way, draft));
    if (item) await tell(vendor, entry, item);
    return;
  }
}

/** Asks which way, of those that have a place for the files given. */
async function pickWay(
  title: string,
  { library }: Vendor,
  inputs: readonly ChosenInput[],
): Promise<Way | undefined> {
  const ways = (library?.shelves ?? [])
    .flatMap(({ id, forms }) => forms.map((form) => ({ shelf: id, form })))
    .filter(({ form }) => misfit(form.profile.inputs, inputs)[0] === 0);
  const picked = await pickOne<Way>(
    { title, step: 1, total: 3 },
    {
      items: ways.map((way) => ({
        label: formText(way.form.id).label,
        detail: formText(way.form.id).detail,
        value: way,
      })),
      placeholder: l10n.t("What should it be made from?"),
    },
  );
  return picked === back ? undefined : picked;
}

/** Asks for a form as requests are asked for. */
function askForm(
  { choices, jobs, clock }: Services,
  asked: { title: string; entry: VendorEntry; vendor: Vendor; way: Way; inputs: readonly ChosenInput[] },
) {
  const { entry, vendor, way, title, inputs } = asked;
  const { id, profile } = way.form;
  const words = formText(id);
  const first: Offer = {
    entry,
    vendor,
    model: { id, name: words.label, operations: {} },
    // What is on the shelf is used for this.
    operation: way.shelf === "voices" ? "speech" : "references-to-video",
    profile,
    words,
  };
  return askRequest(
    {
      title,
      offers: [first],
      first,
      prompt: "",
      inputs,
      stepsBefore: 1,
      earlierLinks: (slot) => earlierLinks(jobs.list(), slot, entry.id, clock.now()),
    },
    choices,
  );
}

function add(
  services: Services,
  entry: VendorEntry,
  { shelf, form }: Way,
  draft: RequestDraft,
): Promise<LibraryItem | undefined> {
  const title = l10n.t("Easel: adding to the library of {0}…", entry.name);
  return assisted(services, "library", title, async ({ library }, context) => {
    const inputs = await Promise.all(inputsOf(draft).used.map((input) => openInput(refOf(input), undefined)));
    const options = completeOptions(draft);
    return library.create({ shelf, form: form.id, prompt: promptOf(draft), options, inputs }, context);
  });
}

async function tell({ library }: Vendor, entry: VendorEntry, item: LibraryItem): Promise<void> {
  const named = library?.mention(item) ?? item.name;
  const copy = l10n.t("Copy {0}", named);
  const answer = await vscode.window.showInformationMessage(
    l10n.t("{0} is in the library of {1}.", unlinked(item.name), entry.name),
    copy,
  );
  if (answer === copy) await vscode.env.clipboard.writeText(named);
}
