/** Arguments of a problem, read as words. */
export interface ProblemArgs {
  name: string;
  role: string;
  option: string;
  limit: string;
  actual: string;
  /** As they came. */
  raw: Readonly<Record<string, string | number>>;
}
