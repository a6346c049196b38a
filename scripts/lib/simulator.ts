import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Settings } from "../host/settings.ts";
import { Failure } from "./log.ts";
import { root } from "./paths.ts";
import { exited } from "./process.ts";

/** The JSON line that the simulator prints when ready: where each simulated vendor is and what it accepts. */
export interface SimulatorReady {
  seedream: { baseUrl: string; apiKey: string };
  visual: { baseUrl: string; accessKeyId: string; secretAccessKey: string };
  kling: { baseUrl: string; accessKey: string; secretKey: string; apiKey: string };
  animo: { endpoint: string; apiKey: string };
  gateway: { baseUrl: string; nativeUrl: string; apiKey: string };
  control: { baseUrl: string };
}

/** A simulator in a process of its own. */
export interface Simulator {
  ready: SimulatorReady;
  close(): Promise<void>;
}

/** Starts the simulator and resolves when it is ready. A port of 0 takes any. */
export async function startSimulator(port = 0): Promise<Simulator> {
  const child = spawn(process.execPath, [join(root, "test/simulator/main.ts"), "--port", String(port)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kill = () => child.kill();
  process.once("exit", kill);
  const ready = await new Promise<SimulatorReady>((done, fail) => {
    const lines = createInterface(child.stdout);
    lines.on("line", (line) => {
      if (line.startsWith("{")) done(JSON.parse(line));
    });
    child.once("error", fail);
    child.once("exit", (code) =>
      fail(new Failure(`The simulator ended with code ${code} before it was ready.`)),
    );
  });
  return {
    ready,
    close: async () => {
      process.off("exit", kill);
      child.kill();
      await exited(child);
    },
  };
}

/** The machine settings that point Easel at the simulator. */
export function simulatorSettings({ seedream, visual, kling, gateway }: Partial<SimulatorReady>): Settings {
  const addresses = {
    "easel.seedream.baseUrl": seedream?.baseUrl,
    "easel.visual.baseUrl": visual?.baseUrl,
    "easel.kling.baseUrl": kling?.baseUrl,
    "easel.gateway.baseUrl": gateway?.baseUrl,
    "easel.gateway.nativeUrl": gateway?.nativeUrl,
  };
  return Object.fromEntries(Object.entries(addresses).filter(([, address]) => address !== undefined));
}
