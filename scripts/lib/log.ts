/** One line of progress, on stderr so that a script's own output stays clean. */
export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A failure whose message is all that the person at the terminal needs; no stack is printed. */
export class Failure extends Error {}

/** Runs a script's main function: a Failure prints its sentence, anything else its stack; both exit 1. */
export async function main(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    process.stderr.write(
      `${error instanceof Failure ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}
