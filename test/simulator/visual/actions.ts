import type { Call, Desk, Reply } from "./desk.ts";
import type { Way } from "./product.ts";

type Action = {
  version: string;
  /** Makes a task, or looks at one: faults of tasks are played within. */
  ofTasks?: true;
  answer(desk: Desk, call: Call): Reply | Promise<Reply>;
};

const VERSION = "2022-08-31";

const atOnce = (way: Way): Action => ({
  version: VERSION,
  answer: (desk, call) => desk.process(way, call),
});
const submit = (way: Way): Action => ({
  version: VERSION,
  ofTasks: true,
  answer: (desk, call) => desk.submit(way, call),
});
const query = (way: Way): Action => ({
  version: VERSION,
  ofTasks: true,
  answer: (desk, call) => desk.query(way, call),
});

/** Actions of a product of their own whose fields are known (contract volcengine-visual §3, §6.1). */
const OWN: Way[] = [
  "HighAesSmartDrawing",
  "HighAesSmartDrawingV2",
  "Img2ImgInpainting",
  "Img2ImgInpaintingEdit",
  "Img2ImgOutpainting",
  "OverResolutionV2",
  "EnhancePhotoV2",
  "FaceSwap",
  "FaceswapAI",
];

/** Every action by name (contract volcengine-visual §3). */
const ACTIONS: Readonly<Record<string, Action>> = {
  CVProcess: atOnce("process"),
  CVSync2AsyncSubmitTask: submit("sync2async"),
  CVSync2AsyncGetResult: query("sync2async"),
  CVSubmitTask: submit("task"),
  CVGetResult: query("task"),
  CVCancelTask: { version: "2024-06-06", ofTasks: true, answer: (desk, call) => desk.cancel(call) },
  ...Object.fromEntries(OWN.map((name) => [name, atOnce(name)])),
};

/** The action of a name and version, if there is one. */
export function actionOf(name: string, version: string): Action | undefined {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  return action?.version === version ? action : undefined;
}
