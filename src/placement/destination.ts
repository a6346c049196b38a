import { posix } from "node:path";
import { runInNewContext } from "node:vm";

/** What the variables of `markdown.copyFiles.destination` stand for. Paths are URI paths, with `/`. */
export interface DestinationContext {
  documentPath: string;
  /** The workspace folder that holds the document. */
  workspacePath: string;
  /** Name of the file to place, with its extension. */
  fileName: string;
  /** Milliseconds since the epoch. */
  now: number;
}

const variable =
  /\\\$|\$\{(?<name>\w+)(?:\/(?<pattern>(?:\\\/|[^}/])+)\/(?<replacement>(?:\\\/|[^}/])*)\/)?\}/g;

/**
 * The path that a value of the editor's `markdown.copyFiles.destination` names, absolute and normal, with its last segment being the
 * file. As the editor reads it: a leading `/` is the workspace folder, a trailing `/` stands for `/${fileName}`, anything else is
 * relative to the document. Other than there, a last segment without an extension is a folder: a media file always has one.
 */
export function destinationPath(pattern: string, context: DestinationContext): string {
  const rooted = pattern.startsWith("/") ? `\${documentWorkspaceFolder}${pattern}` : pattern;
  const path = expand(rooted, variables(context));
  const absolute = posix.resolve(posix.dirname(context.documentPath), path);
  const isFolder = path === "" || path.endsWith("/") || posix.extname(absolute) === "";
  return isFolder ? posix.join(absolute, context.fileName) : absolute;
}

function variables({
  documentPath,
  workspacePath,
  fileName,
  now,
}: DestinationContext): Record<string, string> {
  const folder = posix.dirname(documentPath);
  const extension = posix.extname(documentPath);
  return {
    documentDirName: folder,
    documentRelativeDirName: posix.relative(workspacePath, folder),
    documentFileName: posix.basename(documentPath),
    documentBaseName: posix.basename(documentPath, extension),
    documentExtName: extension.replace(".", ""),
    documentFilePath: documentPath,
    documentRelativeFilePath: posix.relative(workspacePath, documentPath),
    documentWorkspaceFolder: workspacePath,
    fileName,
    fileExtName: posix.extname(fileName).replace(".", ""),
    unixTime: String(now),
    // A colon cannot be in a file's name on every platform.
    isoTime: new Date(now).toISOString().replaceAll(":", "-"),
  };
}

function expand(pattern: string, values: Record<string, string>): string {
  return pattern.replace(variable, (whole, ...rest) => {
    if (whole === "\\$") return "$";
    const groups: { name?: string; pattern?: string; replacement?: string } = rest.at(-1);
    const value = Object.hasOwn(values, groups.name ?? "") ? values[groups.name ?? ""] : undefined;
    if (value === undefined) return whole;
    if (!groups.pattern) return value;
    try {
      const unescaped = (text: string) => text.replaceAll("\\/", "/");
      return replaced(value, unescaped(groups.pattern), unescaped(groups.replacement ?? ""));
    } catch {
      return value;
    }
  });
}

/** Longest time one pattern may take, in milliseconds: a repository's setting can hold one that would never end. */
const patternMs = 200;

/** Throws for a pattern that is none, or that takes too long. */
function replaced(value: string, pattern: string, replacement: string): string {
  const scope = { value, pattern, replacement };
  return String(
    runInNewContext("value.replace(new RegExp(pattern), replacement)", scope, { timeout: patternMs }),
  );
}

/**
 * A folder setting as a path inside the workspace folder: normal, with `/`. Undefined for one that would lead out of it: an absolute
 * path, a home folder, another scheme, or too many `..`.
 */
export function folderInside(setting: string): string | undefined {
  const value = setting.trim().replaceAll("\\", "/");
  if (/^(?:\/|~|[a-z][a-z0-9+.-]*:)/i.test(value)) return undefined;
  const path = posix.normalize(value);
  return path === ".." || path.startsWith("../") ? undefined : path;
}
