import type { Adoption } from "../../contract.ts";
import { readHandle } from "./handle.ts";
import { isVideoOperation } from "./operations.ts";
import { videoProfiles } from "./profiles.ts";
import { getTask } from "./task.ts";

/** A clip's task is known by its id alone, and tells its model and whether it is a draft (contract §3.4). */
export const adoption: Adoption = {
  needs: "id",
  isTask: (operation) => isVideoOperation(operation),
  async find({ id, model }, context) {
    const { value: task } = await getTask(id, context);
    const profile = videoProfiles.find(({ ids }) => ids.cn === task.model || ids.intl === task.model);
    const handle = readHandle({
      task: id,
      step: task.draft === true ? "draft" : "clip",
      ...(profile ? { model: profile.id } : {}),
      ...(task.resolution ? { resolution: task.resolution } : {}),
      ...(task.generate_audio === undefined ? {} : { sound: task.generate_audio }),
      flex: task.service_tier === "flex",
    });
    return { operation: "text-to-video", model: profile?.id ?? model, handle };
  },
};
