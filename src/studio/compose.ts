import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { ChosenInput } from "../inputs.ts";
import type { OperationId } from "../model/operations.ts";
import { operationIds, operations } from "../model/operations.ts";
import { type OptionValues, optionFields } from "../model/options.ts";
import type { InputRole } from "../model/request.ts";
import type { Choices } from "../ui/choices.ts";
import { firstOffer, isFree } from "../ui/firstOffer.ts";
import { loadOffers, type Offer, offerId } from "../ui/offers.ts";
import { inputsOf, problemsOf, type RequestDraft } from "../ui/requestDraft.ts";
import { maxChosen } from "./studioProtocol.ts";
import type { StagedFile } from "./uploads.ts";

/** Something given to the draft. `shown`: where its picture can be loaded from; `staged`: where its bytes lie until a job takes them. */
export interface ComposeInput {
  id: string;
  input: ChosenInput;
  shown?: vscode.Uri;
  staged?: StagedFile;
}

/** All of a draft; what is put into the history. */
export interface ComposeDraft {
  operation: OperationId;
  prompt: string;
  /** Ids of the chosen offers, at least one where anything can be done at all. */
  chosen: readonly string[];
  /** What was set, by operation and offer. */
  options: Readonly<Record<string, OptionValues>>;
  inputs: readonly ComposeInput[];
}

/** A draft of this session. */
export interface ComposeHistory {
  id: string;
  at: number;
  kind: "sent" | "aside";
  draft: ComposeDraft;
}

export interface ComposeOptions {
  choices: Choices;
  /** Ids of the vendors that can be asked as things stand. */
  usable(): Promise<Set<string>>;
  now(): number;
}

/** Most drafts remembered. */
const maxHistory = 50;

/** The draft that the Studio's Compose shows: one a window, in memory only. */
export class Compose implements vscode.Disposable {
  readonly #options: ComposeOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  #offers: readonly Offer[] = [];
  #usable: ReadonlySet<string> = new Set();
  #draft: ComposeDraft = { operation: "text-to-image", prompt: "", chosen: [], options: {}, inputs: [] };
  #history: readonly ComposeHistory[] = [];
  #writer: unknown;
  #revision = 0;
  #loading: Promise<void> | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(options: ComposeOptions) {
    this.#options = options;
  }

  get draft(): ComposeDraft {
    return this.#draft;
  }

  get history(): readonly ComposeHistory[] {
    return this.#history;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Who wrote the prompt last. */
  get writer(): unknown {
    return this.#writer;
  }

  /** Reads what can be done, and who can be asked for it; once, until {@link reload}. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Settings, keys or trust have changed. */
  async reload(): Promise<void> {
    if (!this.#loading) return;
    this.#loading = this.#load();
    await this.#loading;
  }

  isUsable(offer: Offer): boolean {
    return isFree(offer) || this.#usable.has(offer.entry.id);
  }

  /** What a model is called; its id until it is known. */
  modelName(vendor: string, model: string): string {
    const offer = this.#offers.find((one) => one.entry.id === vendor && one.model.id === model);
    return offer?.model.name ?? model;
  }

  /** Operations that some offer can do, in the order of the catalog. */
  operations(): { id: OperationId; can: boolean }[] {
    return operationIds.flatMap((id) => {
      const own = this.#offers.filter(({ operation }) => operation === id);
      return own.length === 0 ? [] : [{ id, can: own.some((offer) => this.isUsable(offer)) }];
    });
  }

  /** Offers of the chosen operation, those ready to be used first. */
  offers(operation = this.#draft.operation): Offer[] {
    const own = this.#offers.filter((offer) => offer.operation === operation);
    return [...own.filter((offer) => this.isUsable(offer)), ...own.filter((offer) => !this.isUsable(offer))];
  }

  /** The draft as a request for each chosen offer, in order. */
  requests(): RequestDraft[] {
    const offers = this.offers();
    return this.#draft.chosen.flatMap((id) => {
      const offer = offers.find((one) => offerId(one) === id);
      return offer ? [this.request(offer)] : [];
    });
  }

  request(offer: Offer): RequestDraft {
    const { prompt, inputs } = this.#draft;
    return { offer, prompt, inputs: inputs.map(({ input }) => input), options: this.#optionsOf(offer) };
  }

  setPrompt(prompt: string, writer: unknown): void {
    this.#writer = writer;
    this.#change({ prompt });
  }

  /** The same models if they can do it as things stand, else what was used last for it. */
  setOperation(operation: OperationId): void {
    const ready = this.offers(operation).filter((offer) => this.isUsable(offer));
    const same = this.#draft.chosen.filter((id) => ready.some((offer) => offerId(offer) === id));
    const first = this.#first([operation]);
    const chosen = same.length > 0 ? same : first ? [offerId(first)] : [];
    if (chosen.length > 0) this.#change({ operation, chosen });
  }

  setOffers(ids: readonly string[]): void {
    const known = this.offers().map(offerId);
    const chosen = [...new Set(ids)].filter((id) => known.includes(id)).slice(0, maxChosen);
    if (chosen.length > 0) this.#change({ chosen });
  }

  /** Sets an option, or puts it back; the other chosen models that have it and take the value follow. */
  setOption(id: string, key: string, value: OptionValues[string] | undefined): void {
    const options = { ...this.#draft.options };
    for (const request of this.requests()) {
      const { offer } = request;
      if (!optionFields(offer.profile.options).some((field) => field.key === key)) continue;
      const { [key]: _before, ...others } = request.options;
      const wanted = value === undefined ? others : { ...others, [key]: value };
      const isOwn = offerId(offer) === id;
      const isRefused = problemsOf({ ...request, options: wanted }).some(({ field }) => field === key);
      if (isOwn || !isRefused) options[optionsKey(offer)] = wanted;
    }
    this.#change({ options });
  }

  resetOptions(id: string): void {
    const offer = this.offers().find((one) => offerId(one) === id);
    if (offer) this.#change({ options: { ...this.#draft.options, [optionsKey(offer)]: {} } });
  }

  /** Adds inputs. Where the model has no place for one and the operation is not fixed by that, another operation takes over. */
  add(added: readonly Omit<ComposeInput, "id">[]): OperationId | undefined {
    const inputs = [...this.#fixed(), ...added.map((input) => ({ id: randomUUID(), ...input }))];
    const before = this.#draft.operation;
    this.#change({ inputs });
    const [request] = this.requests();
    if (!request || inputsOf(request).left.length === 0) return undefined;
    const { output } = operations[before];
    const candidates = operationIds.filter((id) => operations[id].output === output);
    const better = this.#first(candidates);
    if (!better || better.operation === before) return undefined;
    if (inputsOf(this.request(better)).left.length > 0) return undefined;
    this.setOperation(better.operation);
    return this.#draft.operation;
  }

  /** Sees to it that the draft's first model has a place for an input in its role, by another operation if need be. False if nothing has. */
  makeRoom(input: ChosenInput): boolean {
    const has = (offer: Offer | undefined) =>
      offer?.profile.inputs.some(({ role, kind }) => role === input.role && kind === input.kind) === true;
    if (has(this.requests()[0]?.offer)) return true;
    const better = this.#first(operationIds, { more: [input], suits: has });
    if (!better) return false;
    this.#change({ operation: better.operation, chosen: [offerId(better)] });
    return true;
  }

  remove(id: string): void {
    this.#change({ inputs: this.#fixed().filter((one) => one.id !== id) });
  }

  /** Puts an input into a slot of its kind, before the slot's `index`-th; what no longer fits there moves to where it does. */
  move(id: string, role: InputRole, index: number): void {
    const inputs = this.#fixed();
    const moved = inputs.find((one) => one.id === id);
    if (!moved) return;
    const others = inputs.filter((one) => one !== moved);
    const inSlot = others.filter(({ input }) => input.role === role);
    const after = inSlot[index - 1];
    const at = after ? others.indexOf(after) + 1 : inSlot[0] ? others.indexOf(inSlot[0]) : others.length;
    this.#change({ inputs: others.toSpliced(at, 0, { ...moved, input: { ...moved.input, role } }) });
  }

  /** Another draft takes this one's place, which goes to the history if there is anything in it. */
  replace(draft: Partial<ComposeDraft>): void {
    this.#aside("aside");
    this.#writer = undefined;
    this.#change({ prompt: "", inputs: [], ...draft });
  }

  /** Options of one offer at once, such as those of an earlier request. */
  setOptions(offer: Offer, options: OptionValues): void {
    this.#change({ options: { ...this.#draft.options, [optionsKey(offer)]: options } });
  }

  restore(id: string): void {
    const entry = this.#history.find((one) => one.id === id);
    if (!entry) return;
    this.#aside("aside");
    if (entry.kind === "aside") this.#history = this.#history.filter((one) => one !== entry);
    this.#writer = undefined;
    this.#change(entry.draft);
  }

  clear(): void {
    this.replace({});
  }

  /** A draft was sent: it is in the history. What is written stays as it is. */
  sent(draft: ComposeDraft): void {
    this.#aside("sent", draft);
    this.#change({});
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #load(): Promise<void> {
    const { usable, now } = this.#options;
    [this.#offers, this.#usable] = await Promise.all([loadOffers(operationIds, now()), usable()]);
    const known = this.offers().map(offerId);
    const chosen = this.#draft.chosen.filter((id) => known.includes(id));
    if (chosen.length > 0) {
      this.#change({ chosen });
      return;
    }
    const first = this.#first([this.#draft.operation]) ?? this.#first(operationIds);
    this.#change(first ? { operation: first.operation, chosen: [offerId(first)] } : {});
  }

  /** What suits the draft best among operations; `more` are inputs about to be added. */
  #first(
    wanted: readonly OperationId[],
    { more = [], suits = () => true }: { more?: ChosenInput[]; suits?(offer: Offer): boolean } = {},
  ): Offer | undefined {
    const offers = this.#offers.filter((offer) => wanted.includes(offer.operation) && suits(offer));
    const inputs = [...this.#draft.inputs.map(({ input }) => input), ...more];
    return firstOffer(this.#options.choices, this.#usable, wanted, offers, inputs);
  }

  /** Inputs with their present roles fixed, in the order of the slots, so that what is not touched stays where it is. */
  #fixed(): ComposeInput[] {
    const [request] = this.requests();
    if (!request) return [...this.#draft.inputs];
    const { used, left } = inputsOf(request);
    return [...used, ...left].flatMap((input) => {
      const own = this.#draft.inputs.find((one) => one.input.source === input.source);
      return own ? [{ ...own, input }] : [];
    });
  }

  #optionsOf(offer: Offer): OptionValues {
    return this.#draft.options[optionsKey(offer)] ?? this.#options.choices.options(offer);
  }

  #aside(kind: ComposeHistory["kind"], given = this.#draft): void {
    const { prompt, inputs } = given;
    if (prompt.trim() === "" && inputs.length === 0) return;
    const entry = { id: randomUUID(), at: this.#options.now(), kind, draft: given };
    const others = this.#history.filter(({ draft }) => draft.prompt !== prompt || draft.inputs !== inputs);
    this.#history = [entry, ...others].slice(0, maxHistory);
  }

  #change(change: Partial<ComposeDraft>): void {
    this.#draft = { ...this.#draft, ...change };
    this.#revision++;
    this.#changed.fire();
  }
}

function optionsKey(offer: Offer): string {
  return `${offer.operation} ${offerId(offer)}`;
}
