/** Why a name that the user typed cannot be a file's name on every platform. */
export type NameProblemCode =
  | "nameEmpty"
  | "nameForbidden"
  | "nameReserved"
  | "nameEnding"
  | "nameDots"
  | "nameTooLong";

/** Why an asset cannot be placed, or was not. Words for each are in `text/placement.ts`. */
export type PlacementProblemCode =
  | NameProblemCode
  | "noAnchor"
  | "documentGone"
  | "anchorLost"
  | "anchorAmbiguous"
  | "notebookCell"
  | "readOnlyDocument"
  | "readOnlyFolder"
  | "noFolder"
  | "folderOutside"
  | "folderSetting"
  | "folderIsFile"
  | "stagedMissing"
  | "changed"
  | "nameTaken"
  | "editRefused"
  | "copyFailed";

/** A code with the arguments of its sentence. */
export interface PlacementProblem {
  code: PlacementProblemCode;
  args?: Record<string, string | number>;
}

/** Tells a problem from the thing that was asked for. */
export function isProblem(value: object): value is PlacementProblem {
  return "code" in value;
}
