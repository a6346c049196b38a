import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../lib/paths.ts";

interface Locked {
  version?: string;
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

/** What this check needs of package-lock.json. */
export interface Lockfile {
  packages: Record<string, Locked>;
}

const systems = [
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
  "aix",
];
const processors = ["arm64", "arm", "ia32", "x64", "ppc64", "riscv64", "s390x", "loong64", "mips64el"];

/** The platform that a package with one platform's binary names itself after. */
function platformOf(name: string): Pick<Locked, "os" | "cpu" | "libc"> {
  const words = name.split(/[/-]/);
  const libc = words.some((word) => word.startsWith("musl"))
    ? ["musl"]
    : words.some((word) => word.startsWith("gnu"))
      ? ["glibc"]
      : undefined;
  return {
    os: systems.filter((each) => words.includes(each)),
    cpu: processors.filter((each) => words.includes(each)),
    ...(libc ? { libc } : {}),
  };
}

/**
 * Entries for other platforms' binaries that a lock file made against a registry without them lacks. `npm ci` refuses
 * a lock file that lacks them, even where it would not install them.
 */
export function missingPlatforms({ packages }: Lockfile): Record<string, Locked> {
  const found = Object.entries(packages).flatMap(([path, locked]) =>
    Object.entries(locked.optionalDependencies ?? {})
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map(([name, version]) => [
        `node_modules/${name}`,
        { version, ...platformOf(name), ...(locked.dev ? { dev: true } : {}), optional: true },
      ]),
  );
  return Object.fromEntries(found);
}

const file = join(root, "package-lock.json");
const read = async (): Promise<Lockfile> => JSON.parse(await readFile(file, "utf8"));

/** Checks that the lock file serves every platform and names no registry. */
export async function checkLockfile(): Promise<string[]> {
  const lock = await read();
  return [
    ...Object.keys(missingPlatforms(lock)).map(
      (path) => `${path} is missing: run node scripts/complete-lock.ts`,
    ),
    ...Object.entries(lock.packages)
      .filter(([, { resolved }]) => resolved?.includes("://"))
      .map(([path]) => `${path} names the registry it came from`),
  ];
}

/** Adds what is missing to package-lock.json, in npm's order. */
export async function completeLockfile(): Promise<void> {
  const lock = await read();
  const all = { ...lock.packages, ...missingPlatforms(lock) };
  const packages = Object.fromEntries(Object.entries(all).sort(([a], [b]) => a.localeCompare(b, "en")));
  await writeFile(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
}
