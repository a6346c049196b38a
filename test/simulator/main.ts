import { parseArgs } from "node:util";
import { startSimulator } from "./start.ts";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
const simulator = await startSimulator({ port: Number(values.port) });
console.log(JSON.stringify(simulator.ready));

for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => {
    void simulator.close().then(() => process.exit(0));
  });
