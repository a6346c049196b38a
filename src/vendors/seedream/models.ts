import type { Model } from "../../model/catalog.ts";
import { imageModels } from "./images/models.ts";
import { videoModels } from "./video/models.ts";

/** Every model of Volcengine Ark that Easel offers. */
export const models: readonly Model[] = [...imageModels, ...videoModels];
