// The door to every npm script: plain JavaScript for any Node from 20 on, with nothing installed yet.
// It installs what the lock file says where that has not been done, then runs the given script with the
// Node 24 of the dev dependency, which runs TypeScript as it is.
//   node scripts/run.mjs scripts/start.ts --port 8080
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";
const node24 = join(root, "node_modules", "node", "bin", windows ? "node.exe" : "node");

/** The `packages` map of a lock file; empty where there is none. */
function locked(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return {};
  }
}

/** Whether node_modules holds what package-lock.json asks for; packages for other platforms are optional. */
function installed() {
  if (!existsSync(node24)) return false;
  const present = locked("node_modules/.package-lock.json");
  return Object.entries(locked("package-lock.json")).every(
    ([path, wanted]) =>
      path === "" || present[path]?.version === wanted.version || (wanted.optional && !present[path]),
  );
}

function install() {
  console.log("Installing dependencies (npm ci), about half a minute…");
  const npm = process.env.npm_execpath;
  const [command, before] = npm ? [process.execPath, [npm]] : ["npm", []];
  const done = spawnSync(command, [...before, "ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: !npm && windows,
  });
  if (done.status !== 0 || !existsSync(node24)) {
    console.error("The dependencies could not be installed: `npm ci` failed, see its output above.");
    process.exit(1);
  }
}

const [script, ...args] = process.argv.slice(2);
if (!script || !existsSync(join(root, script))) {
  console.error(`usage: node scripts/run.mjs <script> [arguments]; there is no script "${script ?? ""}".`);
  process.exit(2);
}
if (!installed()) install();

const separator = windows ? ";" : ":";
const tools = [dirname(node24), join(root, "node_modules", ".bin")].join(separator);
const child = spawn(node24, [join(root, script), ...args], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: `${tools}${separator}${process.env.PATH ?? ""}` },
});
// Ctrl+C reaches the child by itself; this process only has to outlive it.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
// A signal to npm ends the shell between npm and this process, and nobody else: being left alone is the signal then.
const parent = process.ppid;
if (process.env.npm_execpath) {
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref();
}
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
