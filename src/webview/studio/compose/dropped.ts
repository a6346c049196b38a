/** What a drop or a paste brings: items of the gallery, an input that is being moved, addresses of files, or files themselves. */
export interface Dropped {
  assets: readonly string[];
  input?: string;
  uris: readonly string[];
  files: readonly File[];
}

/** Types under which the grid and the slots put what is dragged. */
export const assetType = "application/x-easel-asset";
export const inputType = "application/x-easel-input";

/** The editor's Explorer and other programs name files in several ways; the first that says something counts. */
const listTypes = ["application/vnd.code.uri-list", "text/uri-list"];

/** Reads what was dropped. Text alone is none of ours. */
export function readDrop(data: DataTransfer): Dropped {
  const asset = data.getData(assetType);
  const input = data.getData(inputType);
  return {
    assets: asset ? asset.split("\n") : [],
    ...(input && { input }),
    uris: asset || input ? [] : addresses(data),
    files: [...data.files],
  };
}

/** Whether something that can be taken is being dragged: while it hovers, only the types are known. */
export function takes(data: DataTransfer): boolean {
  const known = [assetType, inputType, "Files", "resourceurls", "codefiles", ...listTypes];
  return data.types.some((type) => known.includes(type) || known.includes(type.toLowerCase()));
}

function addresses(data: DataTransfer): string[] {
  for (const type of listTypes) {
    const lines = data.getData(type).split(/\r?\n/);
    const found = lines.filter((line) => line && !line.startsWith("#"));
    if (found.length > 0) return found;
  }
  return [...json(data.getData("ResourceURLs"))];
}

function json(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}
