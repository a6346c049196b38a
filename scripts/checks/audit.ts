import { execFile } from "node:child_process";
import { progress } from "../lib/log.ts";
import { root } from "../lib/paths.ts";

interface Advisory {
  title?: string;
  url?: string;
}

/** What this check needs of npm's answer; an advisory service that cannot be asked has no `vulnerabilities` in it. */
interface Answer {
  vulnerabilities?: Record<string, { name: string; severity: string; via?: readonly (string | Advisory)[] }>;
}

/** What npm said of the packages, one line a vulnerable one; undefined where it could not ask. */
export function auditLines(answer: string): string[] | undefined {
  const { vulnerabilities } = parsed(answer);
  if (vulnerabilities === undefined) return undefined;
  return Object.values(vulnerabilities).map(({ name, severity, via = [] }) => {
    const advisories = via.flatMap((each) => (typeof each === "string" ? [] : [`${each.title} ${each.url}`]));
    return `${name} has a known vulnerability (${severity}): ${advisories.join("; ") || via.join(", ")}`;
  });
}

function parsed(text: string): Answer {
  try {
    return (JSON.parse(text) as Answer | null) ?? {};
  } catch {
    return {};
  }
}

/** Where to look: the folder of a lockfile, and the registry to ask where it is not npm's own choice. */
interface AuditOptions {
  folder?: string;
  registry?: string;
}

/** Known vulnerabilities of what ships. Where npm's advisory service cannot be reached nothing is known, which is said and no fault. */
export async function checkAudit({ folder = root, registry }: AuditOptions = {}): Promise<string[]> {
  const args = ["audit", "--omit=dev", "--json", ...(registry === undefined ? [] : ["--registry", registry])];
  const options = { cwd: folder, shell: process.platform === "win32", timeout: 60_000 };
  // npm ends with an error where it found something, and where it could not look: its words tell which.
  const answer = await new Promise<string>((resolve) =>
    execFile("npm", args, options, (_error, stdout) => resolve(stdout)),
  );
  const lines = auditLines(answer);
  if (lines === undefined)
    progress("npm's advisory service cannot be reached from here: nothing was audited.");
  return lines ?? [];
}
