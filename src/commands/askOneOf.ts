import * as vscode from "vscode";
import { l10n } from "vscode";
import type { Services } from "../app.ts";
import type { CommandId } from "../contributions.ts";
import type { ChosenInput } from "../inputs.ts";
import { misfit } from "../model/assign.ts";
import { type OperationId, operationIds, operations } from "../model/operations.ts";
import { operationText } from "../text/operations.ts";
import { back, pickOne } from "../ui/multiStep.ts";
import { loadOffers } from "../ui/offers.ts";
import { type Ask, ask } from "./ask.ts";

/** Asks which of a command's operations is wanted, of those that have a place for the inputs, and then for the request. */
export async function askOneOf(
  services: Services,
  command: CommandId,
  asked: Omit<Ask, "operations" | "stepsBefore"> & { inputs: readonly ChosenInput[] },
): Promise<void> {
  const { title, inputs } = asked;
  const offered = await offeredOperations(services, command, inputs);
  if (offered.length === 0) {
    vscode.window.showInformationMessage(l10n.t("No vendor that Easel knows can do this now."));
    return;
  }
  const name = inputs[0]?.name;
  for (;;) {
    const operation = await pickOne<OperationId>(
      { title, step: 1, total: 3 },
      {
        items: offered.map((id) => ({ ...operationText(id), value: id })),
        placeholder:
          name === undefined ? l10n.t("What should be done?") : l10n.t("What should be done with {0}?", name),
      },
    );
    if (operation === undefined || operation === back) return;
    const outcome = await ask(services, { ...asked, operations: [operation], stepsBefore: 1 });
    if (outcome !== back) return;
  }
}

/** What a command can do with these inputs: each operation that some model offers and that has a place for all of them. */
async function offeredOperations(
  { clock }: Services,
  command: CommandId,
  inputs: readonly ChosenInput[],
): Promise<OperationId[]> {
  const wanted = operationIds.filter((id) => operations[id].command === command);
  const offers = await loadOffers(wanted, clock.now());
  const able = offers.filter(({ profile }) => misfit(profile.inputs, inputs)[0] === 0);
  return wanted.filter((id) => able.some(({ operation }) => operation === id));
}
