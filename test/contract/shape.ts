/** What is fixed of a value: `fixed` names the members whose words and codes carry a meaning, `nested` those whose text is JSON. */
export interface FixedShape {
  fixed: RegExp;
  nested?: string;
}

/** What of a value the contract fixes: members, types, and the words and codes that carry a meaning. */
export function shapeBy(rule: FixedShape, value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => shapeBy(rule, item));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [name, shapeBy(rule, inner, name)]),
    );
  if (rule.fixed.test(key)) return value;
  if (key === rule.nested) return shapeBy(rule, JSON.parse(String(value)) as unknown);
  if (value === null) return null;
  if (typeof value === "string") return value === "" ? "" : /^https?:/.test(value) ? "link" : "text";
  return typeof value;
}
