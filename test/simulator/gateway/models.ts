import { type Dialect, Refusal } from "./errors.ts";
import { type Body, text } from "./fields.ts";
import { IMAGE_MODELS, type ImageModel } from "./imageModels.ts";
import { TEXT_MODELS, type TextModel } from "./textModels.ts";
import { VIDEO_MODELS, type VideoModel } from "./videoModels.ts";

export type Model = TextModel | ImageModel | VideoModel;

const ALL: [RegExp, Model][] = [...IMAGE_MODELS, ...VIDEO_MODELS, ...TEXT_MODELS];
/** A dated id stands for the undated one. */
const DATE = /-\d{4}-\d\d-\d\d$/;

export function findModel(id: string, now: number): Model | undefined {
  const fits = ([pattern]: [RegExp, Model]) => pattern.test(id) || pattern.test(id.replace(DATE, ""));
  const model = ALL.find(fits)?.[1];
  const gone = model !== undefined && "until" in model && now >= (model.until ?? Number.POSITIVE_INFINITY);
  return gone ? undefined : model;
}

/** The model that a body names. Throws a Refusal for none, and for one that nobody knows. */
export function requiredModel(body: Body, now: number, dialect: Dialect): { id: string; model: Model } {
  const id = text(body, "model");
  if (id === undefined || id === "") throw new Refusal("BadRequest.EmptyModel");
  const model = findModel(id, now);
  if (model === undefined)
    throw new Refusal(
      "ModelNotFound",
      dialect === "compat"
        ? `The model \`${id}\` does not exist or you do not have access to it.`
        : undefined,
    );
  return { id, model };
}
