import type { z } from "zod";
import type {
  CheckedRequest,
  InputFacts,
  InputLimits,
  InputSlot,
  ModelOperation,
  Problem,
} from "./catalog.ts";
import { optionFields } from "./options.ts";
import type { ProblemCode } from "./problems.ts";
import type { InputRole } from "./request.ts";
import { sizeProblems } from "./size.ts";

type Args = Record<string, string | number>;

/**
 * Reasons not to send a request, in the order a form shows them: prompt, options, inputs, then the model's own rules; empty if
 * there are none. `links` are the roles of inputs given as public links: they count, but nothing is known of their bytes.
 * A problem's `field` is `prompt`, an option's key, or an input's role.
 */
export function checkRequest(profile: ModelOperation, request: CheckedRequest): Problem[] {
  const links = request.links ?? [];
  const found = [
    ...promptProblems(profile.prompt, request.prompt),
    ...optionProblems(profile.options, request.options),
    ...profile.inputs.flatMap((slot) => slotProblems(slot, request.inputs, links)),
    ...strayInputs(profile.inputs, [...request.inputs.map(({ role }) => role), ...links]),
  ];
  const { prompt, options, inputs } = request;
  const own = profile.check?.({ prompt, options, inputs, links });
  return [...found, ...(own ?? [])];
}

function problem(code: ProblemCode, field: string, args: Args = {}): Problem {
  return Object.keys(args).length ? { code, args, field } : { code, field };
}

function promptProblems(rule: ModelOperation["prompt"], prompt: string): Problem[] {
  const given = prompt.trim() !== "";
  if (rule === "required" && !given) return [problem("promptRequired", "prompt")];
  return rule === "none" && given ? [problem("promptNotTaken", "prompt")] : [];
}

function optionProblems(schema: ModelOperation["options"], options: CheckedRequest["options"]): Problem[] {
  const fields = optionFields(schema);
  const unknown = Object.keys(options).filter((key) => !fields.some((field) => field.key === key));
  const parsed = schema.safeParse(options, { reportInput: true });
  const issues = parsed.error?.issues ?? [];
  const sizes = fields.flatMap((field) => {
    const value = options[field.key] ?? field.default;
    return field.kind === "size" && typeof value === "string"
      ? sizeProblems(field.size, value, field.key)
      : [];
  });
  return [
    ...unknown.map((option) => problem("optionUnknown", option, { option })),
    ...issues.map((issue) =>
      issueProblem(issue, fields.find(({ key }) => key === issue.path[0])?.unit ?? ""),
    ),
    ...sizes,
  ];
}

/** What a schema said against a value, in Easel's codes. */
function issueProblem(issue: z.core.$ZodIssue, unit: string): Problem {
  const option = String(issue.path[0] ?? "");
  const actual = shown(issue.input);
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return problem("optionMissing", option, { option });
      return problem("optionType", option, { option, expected: issue.expected });
    case "invalid_value":
      return problem("optionChoice", option, { option, actual, values: issue.values.map(String).join(", ") });
    case "too_small":
      return problem("optionTooSmall", option, { option, limit: Number(issue.minimum), actual, unit });
    case "too_big": {
      const limit = Number(issue.maximum);
      if (issue.origin !== "string")
        return problem("optionTooLarge", option, { option, limit, actual, unit });
      const length = String(issue.input).length;
      return problem("optionTooLong", option, { option, limit, actual: length, unit: "characters" });
    }
    case "not_multiple_of":
      return problem("optionStep", option, { option, limit: issue.divisor, actual, unit });
    default:
      return problem("optionInvalid", option, { option });
  }
}

function shown(value: unknown): string | number {
  return typeof value === "number" ? value : String(value);
}

function slotProblems(
  slot: InputSlot,
  inputs: readonly InputFacts[],
  links: readonly InputRole[],
): Problem[] {
  const { role } = slot;
  const files = inputs.filter((input) => input.role === role);
  const linked = links.filter((link) => link === role).length;
  const count = { role, actual: files.length + linked, unit: "files" };
  const found: Problem[] = [];
  if (count.actual < slot.min) found.push(problem("inputTooFew", role, { ...count, limit: slot.min }));
  if (count.actual > slot.max) found.push(problem("inputTooMany", role, { ...count, limit: slot.max }));
  if (linked && slot.takes === "bytes") found.push(problem("inputLink", role, { role }));
  for (const input of files) {
    if (slot.takes === "link") found.push(problem("inputNeedsLink", role, { name: input.name, role }));
    else found.push(...fileProblems(slot.limits, input));
  }
  return found;
}

function strayInputs(slots: readonly InputSlot[], roles: readonly InputRole[]): Problem[] {
  const stray = roles.filter((role) => !slots.some((slot) => slot.role === role));
  return [...new Set(stray)].map((role) => problem("inputRole", role, { role }));
}

interface Bound {
  code: ProblemCode;
  limit: keyof InputLimits;
  unit: string;
  value: (facts: InputFacts) => number | undefined;
}

const shortSide = ({ width, height }: InputFacts) => width && height && Math.min(width, height);
const longSide = ({ width, height }: InputFacts) => width && height && Math.max(width, height);
const pixels = ({ width, height }: InputFacts) => width && height && width * height;
const ratio = ({ width, height }: InputFacts) => width && height && width / height;
const seconds = (facts: InputFacts) => facts.seconds;

/** What is held against each limit. A fact that is not known is not held against a file: the vendor judges. */
const bounds: readonly Bound[] = [
  { code: "inputMaxBytes", limit: "maxBytes", unit: "B", value: ({ bytes }) => bytes },
  { code: "inputMinSide", limit: "minSide", unit: "px", value: shortSide },
  { code: "inputMaxSide", limit: "maxSide", unit: "px", value: longSide },
  { code: "inputMinPixels", limit: "minPixels", unit: "px2", value: pixels },
  { code: "inputMaxPixels", limit: "maxPixels", unit: "px2", value: pixels },
  { code: "inputMinRatio", limit: "minRatio", unit: "ratio", value: ratio },
  { code: "inputMaxRatio", limit: "maxRatio", unit: "ratio", value: ratio },
  { code: "inputMinSeconds", limit: "minSeconds", unit: "s", value: seconds },
  { code: "inputMaxSeconds", limit: "maxSeconds", unit: "s", value: seconds },
];

function fileProblems(limits: InputLimits, input: InputFacts): Problem[] {
  const { name, role, type } = input;
  if (!limits.types.includes(type)) {
    return [problem("inputType", role, { name, actual: type, values: limits.types.join(", ") })];
  }
  return bounds.flatMap((bound) => {
    const limit = limits[bound.limit];
    const actual = bound.value(input);
    if (typeof limit !== "number" || actual === undefined) return [];
    const kept = bound.limit.startsWith("min") ? actual >= limit : actual <= limit;
    return kept ? [] : [problem(bound.code, role, { name, limit, actual, unit: bound.unit })];
  });
}
