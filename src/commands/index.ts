import * as vscode from "vscode";
import type { Services } from "../app.ts";
import { type CommandId, commands } from "../contributions.ts";
import { SecretStoreError } from "../secrets/credentials.ts";
import { secretStoreText } from "../text/credentials.ts";
import { animatePortrait } from "./animatePortrait.ts";
import { combineImages } from "./combineImages.ts";
import { createElement } from "./createElement.ts";
import { editImage } from "./editImage.ts";
import { editVideo } from "./editVideo.ts";
import { fetchTask } from "./fetchTask.ts";
import { findAsset } from "./findAsset.ts";
import { forgetPlaced } from "./forgetPlaced.ts";
import { generateImage } from "./generateImage.ts";
import { generateSpeech } from "./generateSpeech.ts";
import { generateVideo } from "./generateVideo.ts";
import { imageToImage } from "./imageToImage.ts";
import { imageToVideo } from "./imageToVideo.ts";
import {
  cancelJob,
  copyTaskId,
  dropJob,
  eraseJob,
  forgetJob,
  lookAgainAtJob,
  openJob,
  retryJob,
  sendJobAnew,
  showJobAnswer,
  showJobFacts,
} from "./jobActions.ts";
import { manageElements } from "./manageElements.ts";
import { openStudio } from "./openStudio.ts";
import { removeApiKey } from "./removeApiKey.ts";
import { setApiKey } from "./setApiKey.ts";
import { showJobs } from "./showJobs.ts";
import { showLog } from "./showLog.ts";
import { testApiKey } from "./testApiKey.ts";
import { transcribe } from "./transcribe.ts";
import { useAsReference } from "./useAsReference.ts";
import { writeAltText } from "./writeAltText.ts";

type Command = (services: Services, args: readonly unknown[]) => Promise<void> | void;

const byId: Record<CommandId, Command> = {
  [commands.generateImage]: generateImage,
  [commands.imageToImage]: imageToImage,
  [commands.combineImages]: combineImages,
  [commands.editImage]: editImage,
  [commands.generateVideo]: generateVideo,
  [commands.imageToVideo]: imageToVideo,
  [commands.animatePortrait]: animatePortrait,
  [commands.editVideo]: editVideo,
  [commands.generateSpeech]: generateSpeech,
  [commands.transcribe]: transcribe,
  [commands.writeAltText]: writeAltText,
  [commands.findAsset]: findAsset,
  [commands.openStudio]: openStudio,
  [commands.useAsReference]: useAsReference,
  [commands.showJobs]: showJobs,
  [commands.openJob]: openJob,
  [commands.cancelJob]: cancelJob,
  [commands.retryJob]: retryJob,
  [commands.lookAgainAtJob]: lookAgainAtJob,
  [commands.sendJobAnew]: sendJobAnew,
  [commands.dropJob]: dropJob,
  [commands.copyTaskId]: copyTaskId,
  [commands.showJobFacts]: showJobFacts,
  [commands.showJobAnswer]: showJobAnswer,
  [commands.eraseJob]: eraseJob,
  [commands.forgetJob]: forgetJob,
  [commands.createElement]: createElement,
  [commands.manageElements]: manageElements,
  [commands.forgetPlaced]: forgetPlaced,
  [commands.fetchTask]: fetchTask,
  [commands.setApiKey]: setApiKey,
  [commands.testApiKey]: testApiKey,
  [commands.removeApiKey]: removeApiKey,
  [commands.showLog]: showLog,
};

/** Runs a command of the palette or a menu. */
export async function runCommand(services: Services, id: CommandId, args: readonly unknown[]): Promise<void> {
  try {
    await byId[id](services, args);
  } catch (error) {
    if (!(error instanceof SecretStoreError)) throw error;
    vscode.window.showErrorMessage(secretStoreText(error.act));
  }
}
