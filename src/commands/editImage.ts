import { l10n } from "vscode";
import type { Services } from "../app.ts";
import { commands } from "../contributions.ts";
import { type OperationId, operationIds, operations } from "../model/operations.ts";
import { operationText } from "../text/operations.ts";
import { chosenImages, readImages } from "../ui/images.ts";
import { back, pickOne } from "../ui/multiStep.ts";
import { loadOffers } from "../ui/offers.ts";
import { rememberPlace } from "../ui/place.ts";
import { ask } from "./ask.ts";

/** Changes an image in a way that has a name of its own, such as taking it apart into layers. */
export async function editImage(services: Services, args: readonly unknown[]): Promise<void> {
  const { anchor } = rememberPlace(services.anchors);
  const title = l10n.t("Easel: Edit Image");
  const uris = await chosenImages(args, { many: false });
  const inputs = uris && (await readImages(uris.slice(0, 1), "source"));
  if (!inputs) return;
  const edits = operationIds.filter((id) => operations[id].command === commands.editImage);
  const offers = await loadOffers(edits, services.clock.now());
  const offered = edits.filter((id) => offers.some((offer) => offer.operation === id));
  for (;;) {
    const operation = await pickOne<OperationId>(
      { title, step: 1, total: 3 },
      {
        items: offered.map((id) => ({ ...operationText(id), value: id })),
        placeholder: l10n.t("What should be done with {0}?", inputs[0]?.ref.name ?? ""),
      },
    );
    if (operation === undefined || operation === back) return;
    const outcome = await ask(services, { title, operations: [operation], inputs, anchor, stepsBefore: 1 });
    if (outcome !== back) return;
  }
}
