/** Ids that package.json contributes and the code registers: the one typed source; a test holds the two together. */

export const commands = {
  generateImage: "easel.generateImage",
  imageToImage: "easel.imageToImage",
  combineImages: "easel.combineImages",
  editImage: "easel.editImage",
  generateVideo: "easel.generateVideo",
  imageToVideo: "easel.imageToVideo",
  animatePortrait: "easel.animatePortrait",
  editVideo: "easel.editVideo",
  generateSpeech: "easel.generateSpeech",
  transcribe: "easel.transcribe",
  writeAltText: "easel.writeAltText",
  findAsset: "easel.findAsset",
  openStudio: "easel.openStudio",
  useAsReference: "easel.useAsReference",
  showJobs: "easel.showJobs",
  openJob: "easel.jobs.open",
  cancelJob: "easel.jobs.cancel",
  retryJob: "easel.jobs.retry",
  lookAgainAtJob: "easel.jobs.lookAgain",
  sendJobAnew: "easel.jobs.sendAnew",
  dropJob: "easel.jobs.drop",
  copyTaskId: "easel.jobs.copyTaskId",
  showJobFacts: "easel.jobs.showFacts",
  showJobAnswer: "easel.jobs.showAnswer",
  eraseJob: "easel.jobs.erase",
  forgetJob: "easel.jobs.forget",
  forgetPlaced: "easel.forgetPlaced",
  createElement: "easel.createElement",
  manageElements: "easel.manageElements",
  fetchTask: "easel.fetchTask",
  setApiKey: "easel.setApiKey",
  testApiKey: "easel.testApiKey",
  removeApiKey: "easel.removeApiKey",
  showLog: "easel.showLog",
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

/** Settings by what they are for. Base URLs are `machine` scope, so that a repository cannot move a key. */
export const settings = {
  seedreamBaseUrl: "easel.seedream.baseUrl",
  seedreamEndpoints: "easel.seedream.endpoints",
  visualBaseUrl: "easel.visual.baseUrl",
  klingBaseUrl: "easel.kling.baseUrl",
  gatewayBaseUrl: "easel.gateway.baseUrl",
  gatewayAuth: "easel.gateway.auth",
  gatewayKeyLocation: "easel.gateway.keyLocation",
  gatewayNativeUrl: "easel.gateway.nativeUrl",
  gatewayModels: "easel.gateway.models",
  gatewayRoutes: "easel.gateway.routes",
  outputFolder: "easel.output.folder",
  recipes: "easel.recipes",
  stagingKeepDays: "easel.staging.keepDays",
  networkClient: "easel.network.client",
} as const;

/** View types of Easel's own webviews, and the id of its tree view. */
export const views = {
  jobs: "easel.jobs",
  review: "easel.review",
  studio: "easel.studio",
  studioView: "easel.studioView",
  regions: "easel.regions",
  mask: "easel.mask",
} as const;

/** Context keys that `when` clauses of menus look at. */
export const contextKeys = {
  /** What can be done with the keys there are: operations and other abilities, a space around each. */
  possible: "easel.possible",
  /** Something waits or has waited for a decision, and something was placed, in this session: steps of the walkthrough. */
  hasResult: "easel.hasResult",
  hasPlaced: "easel.hasPlaced",
} as const;

/** Id of the walkthrough. */
export const walkthrough = "easel.start";
