import { l10n } from "vscode";
import type { ChosenInput } from "../inputs.ts";
import { needsLink } from "../model/assign.ts";
import type { InputSlot } from "../model/catalog.ts";
import { needsLinkText, slotText } from "../text/inputs.ts";
import { askInput, leftOut } from "./inputSource.ts";
import { type Back, back } from "./multiStep.ts";
import type { RequestDraft } from "./requestDraft.ts";
import { type InputSources, inSlot, sourcesOf, without } from "./slotStep.ts";

/** What has to be asked about a slot: an input that is missing, or one that the vendor takes only as a link. */
interface Need {
  slot: InputSlot;
  blocked?: ChosenInput;
}

/** Everything a draft's model still needs before anything else is worth asking. */
export function needsOf(draft: RequestDraft): Need[] {
  return draft.offer.profile.inputs.flatMap((slot) => {
    const inputs = inSlot(draft, slot);
    const blocked = inputs
      .filter((input) => needsLink(slot, input))
      .map((input) => ({ slot, blocked: input }));
    const missing = Array.from({ length: Math.max(0, slot.min - inputs.length) }, () => ({ slot }));
    return [...blocked, ...missing];
  });
}

/**
 * Asks for what the draft's model needs, one step each. `history` takes the draft as it was before each answer, so that the step
 * after this can come back. {@link back} from the first step, undefined if cancelled.
 */
export async function gather(
  title: string,
  given: RequestDraft,
  history: RequestDraft[],
  before: number,
  sources: InputSources,
): Promise<RequestDraft | Back | undefined> {
  let draft = given;
  for (;;) {
    const needs = needsOf(draft);
    const [need] = needs;
    if (!need) return draft;
    const { slot, blocked } = need;
    const step = before + history.length + 1;
    const answer = await askInput(
      { title, step, total: step + needs.length + 1, canGoBack: step > 1 },
      {
        slot,
        placeholder: blocked ? needsLinkText(blocked.name) : l10n.t("{0}: which one?", slotText(slot)),
        optional: blocked !== undefined && inSlot(draft, slot).length > slot.min,
        ...sourcesOf(draft, slot, sources),
      },
    );
    if (answer === undefined) return undefined;
    if (answer === back) {
      const earlier = history.pop();
      if (!earlier) return back;
      draft = earlier;
      continue;
    }
    history.push(draft);
    const rest = blocked ? without(draft, blocked) : draft;
    draft = answer === leftOut ? rest : { ...rest, inputs: [...rest.inputs, answer] };
  }
}
