import * as vscode from "vscode";

/** What a step answers when the user pressed the back button. */
export const back = Symbol("back");
export type Back = typeof back;

/** The frame around one step. `step` and `total` are shown as "2/3" in the title. */
export interface StepFrame {
  title: string;
  step?: number;
  total?: number;
  canGoBack?: boolean;
}

/** Steps that wait for an answer now. */
let asking = 0;
const answered = new vscode.EventEmitter<void>();
/** From one step to the next takes less than this (ms). */
const betweenMs = 400;

/** Resolves once no step has waited for an answer for a moment: what takes the focus then takes no key that was meant for a step. */
export async function whenAnswered(): Promise<void> {
  while (asking > 0) {
    await new Promise<void>((resolve) => {
      const listening = answered.event(() => {
        listening.dispose();
        setTimeout(resolve, betweenMs);
      });
    });
  }
}

/** What a step answers: its value, {@link back}, or `undefined` when it was cancelled. */
export type StepResult<T> = Promise<T | Back | undefined>;

export interface TextStep {
  value?: string;
  placeholder?: string;
  prompt?: string;
  password?: boolean;
  /** Words for what is wrong with the text so far; `undefined` if nothing is. Empty text may be refused on Enter only. */
  validate?(text: string): string | undefined;
  /** Words shown when Enter is pressed with empty text; absent if that is fine. */
  required?: string;
}

/** A button beside a text step's title, with an id of its own. */
export interface TextButton extends vscode.QuickInputButton {
  id: string;
}

/** What a text step answers when one of its own buttons was pressed: which one, and the text so far. */
export interface Pressed {
  button: string;
  text: string;
}

/** Asks for a line of text, validated while it is typed. */
export function askText(frame: StepFrame, step: TextStep): StepResult<string> {
  return askTextOr(frame, step, []) as StepResult<string>;
}

/** Asks for a line of text beside buttons, which answer at once with the text as it is then. */
export function askTextOr(
  frame: StepFrame,
  step: TextStep,
  buttons: readonly TextButton[],
): StepResult<string | Pressed> {
  const box = vscode.window.createInputBox();
  applyFrame(box, frame);
  box.value = step.value ?? "";
  box.placeholder = step.placeholder;
  box.prompt = step.prompt;
  box.password = step.password ?? false;
  const problem = (text: string) => (text.trim() === "" ? undefined : step.validate?.(text));
  box.validationMessage = problem(box.value);
  return show<string | Pressed>(box, frame, buttons, (resolve) => [
    box.onDidTriggerButton((button) => {
      const own = buttons.find((each) => each === button);
      if (own) resolve({ button: own.id, text: box.value });
    }),
    box.onDidChangeValue((text) => {
      box.validationMessage = problem(text);
    }),
    box.onDidAccept(() => {
      const refused = box.value.trim() === "" ? step.required : problem(box.value);
      if (refused) box.validationMessage = refused;
      else resolve(box.value);
    }),
  ]);
}

/** One choice of a pick, with the value it stands for. */
export interface PickItem<T> extends vscode.QuickPickItem {
  value?: T;
}

export interface PickStep<T> {
  items: readonly PickItem<T>[];
  placeholder?: string;
  /** The choice that Enter takes at once. */
  active?: PickItem<T> | undefined;
  /** Buttons on items answer through this; return the items to show from then on. */
  onItemButton?(item: PickItem<T>, button: vscode.QuickInputButton): readonly PickItem<T>[];
}

/** Asks for one of several choices. */
export function pickOne<T>(frame: StepFrame, step: PickStep<T>): StepResult<T> {
  const pick = vscode.window.createQuickPick<PickItem<T>>();
  applyFrame(pick, frame);
  pick.items = step.items;
  pick.placeholder = step.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  if (step.active) pick.activeItems = [step.active];
  return show<T>(pick, frame, [], (resolve) => [
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item?.value !== undefined) resolve(item.value);
    }),
    pick.onDidTriggerItemButton(({ item, button }) => {
      if (!step.onItemButton) return;
      const index = pick.items.indexOf(item);
      pick.items = step.onItemButton(item, button);
      const active = pick.items[index];
      if (active) pick.activeItems = [active];
    }),
  ]);
}

function applyFrame(input: vscode.QuickInput, frame: StepFrame): void {
  input.title = frame.title;
  input.step = frame.step;
  input.totalSteps = frame.total;
  input.ignoreFocusOut = true;
}

function show<T>(
  input: vscode.InputBox | vscode.QuickPick<PickItem<T>>,
  frame: StepFrame,
  buttons: readonly vscode.QuickInputButton[],
  listen: (resolve: (value: T) => void) => vscode.Disposable[],
): StepResult<T> {
  input.buttons = [...(frame.canGoBack ? [vscode.QuickInputButtons.Back] : []), ...buttons];
  const subscriptions: vscode.Disposable[] = [input];
  asking++;
  return new Promise<T | Back | undefined>((resolve) => {
    subscriptions.push(
      ...listen(resolve),
      input.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) resolve(back);
      }),
      input.onDidHide(() => resolve(undefined)),
    );
    input.show();
  }).finally(() => {
    for (const subscription of subscriptions) subscription.dispose();
    asking--;
    answered.fire();
  });
}
