/** What an option is called, what it does, and what its values are called where they are not their own names. */
export interface OptionText {
  label: string;
  description?: string;
  values?: Readonly<Record<string, string>>;
}
