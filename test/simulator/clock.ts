/** The simulated clock: real time plus an offset that the control side moves forward. */
export type Clock = {
  /** Milliseconds since the epoch, simulated. */
  now(): number;
  advance(ms: number): void;
  reset(): void;
};

export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (ms) => {
      offset += ms;
    },
    reset: () => {
      offset = 0;
    },
  };
}
