import { parseArgs } from "node:util";
import { startSimulator } from "./start.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
const simulator = await startSimulator({ port: Number(values.port) });

for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => {
    void simulator.close().then(() => process.exit(0));
  });

// Whoever reads this line may stop the process at once, so the signals are heard before.
console.log(JSON.stringify(simulator.ready));
