import { noChange } from "lit";
import { Directive, directive, type ElementPart, type PropertyPart } from "lit/directive.js";
import { setCommittedValue } from "lit/directive-helpers.js";

class Settled extends Directive {
  render(value: string): string {
    return value;
  }

  override update(part: PropertyPart, [value]: [string]): unknown {
    const element = part.element as HTMLInputElement;
    // The element is what counts, not what was set last: the user may have changed it since.
    setCommittedValue(part as unknown as ElementPart);
    return element === document.activeElement || element.value === value ? noChange : value;
  }
}

/**
 * The value of a field that tells it only when the user is done (`change`). While the field has the focus what is being typed
 * in it stays, however often the page is drawn meanwhile; afterwards it shows the value again.
 */
export const settled = directive(Settled);
