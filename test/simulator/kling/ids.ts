/** The vendor's ids: texts of 18 digits, and element ids that no JavaScript number can hold. */
export type Ids = { next(): string; element(): bigint; reset(): void };

const FIRST = 893605946402811985n;
const FIRST_ELEMENT = 829836802793406601n;

export function createIds(): Ids {
  let count = 0n;
  let elements = 0n;
  return {
    next: () => String(FIRST + 97n * count++),
    element: () => FIRST_ELEMENT + 1010n * elements++,
    reset: () => {
      count = 0n;
      elements = 0n;
    },
  };
}
