import type { Form } from "../markup/types.ts";

/**
 * Where in a style sheet an offset stands: in a declaration's value, in a rule's body, or outside of any rule. Comments and strings
 * before it are passed over.
 */
export function styleSheetForm(before: string): Extract<Form, "value" | "declaration" | "rule"> {
  const code = before
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(?<!:)\/\/[^\n]*/g, "")
    .replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, "x");
  let depth = 0;
  let statement = 0;
  for (let i = 0; i < code.length; i++) {
    const character = code[i];
    if (character === "{" && code[i - 1] !== "#") depth++;
    else if (character === "}") depth = Math.max(0, depth - 1);
    else if (character !== ";") continue;
    statement = i + 1;
  }
  const current = code.slice(statement).trimStart();
  if (depth > 0 && /^[\w-]+\s*:/.test(current)) return "value";
  // Variables of Sass and Less, and custom properties, may stand outside of any rule.
  if (/^(?:[$@]|--)[\w-]+\s*:/.test(current)) return "value";
  return depth > 0 && !isGroup(code) ? "declaration" : "rule";
}

/** Directly inside `@media` and the like there are rules, not declarations. */
function isGroup(code: string): boolean {
  let depth = 0;
  for (let i = code.length - 1; i >= 0; i--) {
    if (code[i] === "}") depth++;
    else if (code[i] === "{" && --depth < 0) {
      const prelude = code.slice(0, i).split(/[{};]/).at(-1)?.trim() ?? "";
      return /^@(?:media|supports|layer|container|scope)\b/.test(prelude) && !code.slice(0, i).includes("{");
    }
  }
  return false;
}
