import type * as vscode from "vscode";
import type { OperationId } from "../model/operations.ts";
import { type OptionValues, optionFields } from "../model/options.ts";
import { type Offer, offerId } from "./offers.ts";
import type { RequestDraft } from "./requestDraft.ts";

const key = "choices";

interface Remembered {
  /** Operation -> id of the offer last used for it. */
  offers: Partial<Record<OperationId, string>>;
  /** Operation and offer -> options last set, without the seed and without free text. */
  options: Record<string, OptionValues>;
}

/** What the user chose last, per operation: vendor, model and options, never a prompt or other free text. Kept in the editor's global state. */
export class Choices {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  #read(): Remembered {
    return this.#memento.get<Remembered>(key) ?? { offers: {}, options: {} };
  }

  /** The offer used last for this operation, if it is still among `offers`. */
  offer(operation: OperationId, offers: readonly Offer[]): Offer | undefined {
    const id = this.#read().offers[operation];
    return offers.find((offer) => offer.operation === operation && offerId(offer) === id);
  }

  options(offer: Offer): OptionValues {
    return this.#read().options[`${offer.operation} ${offerId(offer)}`] ?? {};
  }

  async remember({ offer, options }: RequestDraft): Promise<void> {
    const before = this.#read();
    const fields = optionFields(offer.profile.options).filter(
      ({ kind, key }) => kind !== "text" && key !== "seed",
    );
    const lasting = Object.fromEntries(
      fields.flatMap(({ key }) => (options[key] === undefined ? [] : [[key, options[key]]])),
    );
    await this.#memento.update(key, {
      offers: { ...before.offers, [offer.operation]: offerId(offer) },
      options: { ...before.options, [`${offer.operation} ${offerId(offer)}`]: lasting },
    } satisfies Remembered);
  }
}
