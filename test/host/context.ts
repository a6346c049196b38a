import type { SimulatorReady } from "../../scripts/lib/simulator.ts";

/** What the runner hands to the host suite. */
export interface HostContext {
  /** The opened workspace folders, absolute; fresh copies that tests may change. */
  folders: string[];
  simulator: SimulatorReady;
  /** Only the tests whose title matches, as mocha's option of the same name. */
  grep?: string;
  /** What the runner wants in front of each line that is meant for the terminal. */
  mark?: string;
}

/** Through the environment: it reaches the extension host of a server and of a desktop alike. */
export const context: HostContext = JSON.parse(process.env.EASEL_HOST_CONTEXT ?? "{}");
