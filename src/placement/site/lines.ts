/** A line of a text by where it starts and ends; `end` stands before the line break. */
export interface Line {
  start: number;
  end: number;
  text: string;
}

/** The line that holds an offset. Line breaks are `\n` or `\r\n`. */
export function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const newline = text.indexOf("\n", offset);
  const stop = newline < 0 ? text.length : newline;
  const end = Math.max(start, text[stop - 1] === "\r" ? stop - 1 : stop);
  return { start, end, text: text.slice(start, end) };
}

/** The line above or below another; undefined at the edges of the text. */
export function nextLine(text: string, line: Line): Line | undefined {
  const newline = text.indexOf("\n", line.end);
  return newline < 0 ? undefined : lineAt(text, newline + 1);
}

export function previousLine(text: string, line: Line): Line | undefined {
  return line.start === 0 ? undefined : lineAt(text, line.start - 1);
}

export function isBlank(line: Line | undefined): boolean {
  return line === undefined || line.text.trim() === "";
}

/** The white space a line starts with. */
export function indentOf(line: Line): string {
  return /^[ \t]*/.exec(line.text)?.[0] ?? "";
}
