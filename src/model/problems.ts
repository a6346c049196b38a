/** What Kling's own rules find wrong, see below. */
const klingProblemCodes = {
  promptTooLong: ["limit", "actual", "unit"],
  shotsFormat: [],
  shotsTooMany: ["limit", "actual"],
  shotTooLong: ["limit", "actual", "unit"],
  shotsLength: ["limit", "actual", "unit"],
  soundNeedsPro: [],
  voicesNeedSound: [],
  voicesOrElements: [],
  tooManyElements: ["limit", "actual"],
  tooManyVoices: ["limit", "actual"],
  cameraStill: [],
  trajectoryFormat: ["limit", "actual"],
  masksAndPaths: ["actual", "count"],
  masksOrCamera: [],
  referencesNeeded: [],
  tooManyReferences: ["limit", "actual"],
  soundWithVideo: [],
  shotsWithVideo: [],
  elementNeedsVideo: [],
  effectGone: ["actual"],
  effectNeedsTwo: ["actual"],
  effectForm: ["actual"],
  soundEndNeeded: [],
  soundEndsEarlier: ["limit", "actual", "unit"],
  soundTooShort: ["limit", "actual", "unit"],
  seriesOrCount: [],
  tooManySubjects: ["limit", "actual"],
  noSubject: [],
  expandTooFar: ["limit", "actual"],
  expandNothing: [],
} as const satisfies Record<string, readonly string[]>;

export type KlingProblemCode = keyof typeof klingProblemCodes;

/** What the rules of the models behind an AI gateway find wrong, see below. */
const gatewayProblemCodes = {
  pictureTransparent: ["name"],
  sequenceNeeded: ["limit", "actual"],
  tooManyMedia: ["limit", "actual"],
  voicesTooMany: ["limit", "actual"],
  durationWithVideo: ["limit", "actual", "unit"],
  shotsNeedExtension: [],
  audioNeedsSound: [],
} as const satisfies Record<string, readonly string[]>;

export type GatewayProblemCode = keyof typeof gatewayProblemCodes;

/** What Volcengine Visual's own rules find wrong, see below. */
const visualProblemCodes = {
  filesOrLinks: [],
  cameraOnly720: [],
  labelNeedsProducer: [],
  labelNeedsPropagator: [],
} as const satisfies Record<string, readonly string[]>;

export type VisualProblemCode = keyof typeof visualProblemCodes;

/**
 * Every reason not to send a request that the core knows, with the names of its arguments; `text/problems.ts` has the words.
 * A vendor's own rules (`ModelOperation.check`) add their codes here. In arguments `limit` and `actual` are in `unit`:
 * `B`, `px` (a side), `px2` (width × height), `ratio` (width / height), `s`, `files`, `characters`, or empty for a plain number.
 * `name` is the input's file name, `role` an input role, `option` an option's key; lists are joined by `, `.
 */
export const problemCodes = {
  promptRequired: [],
  promptNotTaken: [],

  optionUnknown: ["option"],
  optionMissing: ["option"],
  optionType: ["option", "expected"],
  optionChoice: ["option", "actual", "values"],
  optionTooSmall: ["option", "limit", "actual", "unit"],
  optionTooLarge: ["option", "limit", "actual", "unit"],
  optionTooLong: ["option", "limit", "actual", "unit"],
  optionStep: ["option", "limit", "actual", "unit"],
  optionInvalid: ["option"],

  sizeFormat: ["option", "actual"],
  sizePreset: ["option", "actual", "values"],
  sizeMinSide: ["option", "limit", "actual", "unit"],
  sizeMaxSide: ["option", "limit", "actual", "unit"],
  sizeMinPixels: ["option", "limit", "actual", "unit"],
  sizeMaxPixels: ["option", "limit", "actual", "unit"],
  sizeMinRatio: ["option", "limit", "actual", "unit"],
  sizeMaxRatio: ["option", "limit", "actual", "unit"],

  inputRole: ["role"],
  inputTooFew: ["role", "limit", "actual", "unit"],
  inputTooMany: ["role", "limit", "actual", "unit"],
  inputLink: ["role"],
  inputNeedsLink: ["name", "role"],
  inputType: ["name", "actual", "values"],
  inputMaxBytes: ["name", "limit", "actual", "unit"],
  inputMinSide: ["name", "limit", "actual", "unit"],
  inputMaxSide: ["name", "limit", "actual", "unit"],
  inputMinPixels: ["name", "limit", "actual", "unit"],
  inputMaxPixels: ["name", "limit", "actual", "unit"],
  inputMinRatio: ["name", "limit", "actual", "unit"],
  inputMaxRatio: ["name", "limit", "actual", "unit"],
  inputMinSeconds: ["name", "limit", "actual", "unit"],
  inputMaxSeconds: ["name", "limit", "actual", "unit"],

  referencesMissing: [],
  audioAlone: [],
  audioTooLong: ["limit", "actual", "unit"],
  bodyTooLarge: ["limit", "actual", "unit"],

  groupTooLarge: ["limit", "actual", "references", "count"],
  transparentNeedsPng: ["name", "actual"],
  transparentNeedsAlpha: ["name"],

  ...klingProblemCodes,
  ...gatewayProblemCodes,
  ...visualProblemCodes,
} as const satisfies Record<string, readonly string[]>;

/** Code of a {@link Problem}. */
export type ProblemCode = keyof typeof problemCodes;
