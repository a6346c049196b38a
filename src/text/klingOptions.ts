import { l10n } from "vscode";
import type { OptionText } from "./optionText.ts";

/** Words of the options that only Kling has, by the `text` key of their meta. */
export const klingOptionTexts: Readonly<Record<string, () => OptionText>> = {
  videoMode: () => ({
    label: l10n.t("Resolution"),
    description: l10n.t("How fine the video is. More costs more and takes longer."),
    values: {
      std: "720p",
      pro: "1080p",
      "4k": "4K",
    },
  }),
  frameRatio: () => ({
    label: l10n.t("Ratio"),
    description: l10n.t("Width to height. Automatic leaves it to the model."),
    values: {
      auto: l10n.t("Automatic"),
    },
  }),
  shots: () => ({
    label: l10n.t("Shots"),
    description: l10n.t(
      "One continuous shot, cuts chosen by the model, or shots written in the prompt as “shot 1, 3, words; shot 2, 2, words;” with the seconds of each.",
    ),
    values: {
      off: l10n.t("One shot"),
      auto: l10n.t("Chosen by the model"),
      written: l10n.t("Written in the prompt"),
    },
  }),
  negativePrompt: () => ({
    label: l10n.t("Negative Prompt"),
    description: l10n.t("What should not be seen."),
  }),
  cfgScale: () => ({
    label: l10n.t("Closeness to the Prompt"),
    description: l10n.t("0 leaves the model free; 1 holds it close to the prompt."),
  }),
  elements: () => ({
    label: l10n.t("Elements"),
    description: l10n.t(
      "Names or ids from the vendor’s library, separated by commas. In the prompt write @name, or @element_1 for the first of them.",
    ),
  }),
  voices: () => ({
    label: l10n.t("Voices"),
    description: l10n.t(
      "Up to two names or ids from the vendor’s library, separated by commas. Needs sound; in the prompt write @voice_1 for the first.",
    ),
  }),
  camera: () => ({
    label: l10n.t("Camera Move"),
    description: l10n.t("A ready-made move, or one axis along which the camera moves."),
    values: {
      none: l10n.t("None"),
      down_back: l10n.t("Down and back"),
      forward_up: l10n.t("Forward and up"),
      right_turn_forward: l10n.t("Turn right and forward"),
      left_turn_forward: l10n.t("Turn left and forward"),
      horizontal: l10n.t("Sideways"),
      vertical: l10n.t("Up or down"),
      pan: l10n.t("Pan"),
      tilt: l10n.t("Tilt"),
      roll: l10n.t("Roll"),
      zoom: l10n.t("Zoom"),
    },
  }),
  cameraAmount: () => ({
    label: l10n.t("Amount of the Move"),
    description: l10n.t(
      "How far the camera moves along its axis, -10 to 10. Ready-made moves do not use it.",
    ),
  }),
  trajectories: () => ({
    label: l10n.t("Paths of the Masks"),
    description: l10n.t(
      "A line for each mask that moves: points as x,y in pixels from the bottom left, separated by spaces. One mask more than lines: the first stays still.",
    ),
  }),
  keepSound: () => ({
    label: l10n.t("Keep Original Sound"),
    description: l10n.t("The sound of the video that goes in is kept."),
  }),
  orientation: () => ({
    label: l10n.t("Person Faces"),
    description: l10n.t("As in the picture: up to 10 seconds. As in the video: up to 30 seconds."),
    values: {
      image: l10n.t("As in the picture"),
      video: l10n.t("As in the video"),
    },
  }),
  effect: () => ({
    label: l10n.t("Effect"),
    description: l10n.t("What happens between the two pictures."),
    values: {
      hug_pro: l10n.t("Hug"),
      kiss_pro: l10n.t("Kiss"),
      heart_gesture_pro: l10n.t("Heart gesture"),
      fight_pro: l10n.t("Fight"),
      cheers_2026: l10n.t("Cheers 2026"),
      eternal_kiss: l10n.t("Eternal kiss"),
      snow_night_kiss: l10n.t("Kiss on a snowy night"),
      smooth_transition: l10n.t("Smooth transition"),
      finger_swipe: l10n.t("Finger swipe"),
      french_elegance: l10n.t("French elegance"),
      studio_look: l10n.t("Studio look"),
      switch_to_silk: l10n.t("Switch to silk"),
      toss_run: l10n.t("Toss and run"),
      daily_ootd: l10n.t("Outfit of the day"),
      pet_skateboard: l10n.t("Pet on a skateboard"),
    },
  }),
  effectName: () => ({
    label: l10n.t("Effect"),
    description: l10n.t("The effect’s name as Kling’s own list has it, such as squish."),
  }),
  face: () => ({
    label: l10n.t("Face"),
    description: l10n.t("Which of the faces found in the video speaks, counted as the vendor finds them."),
  }),
  soundFrom: () => ({
    label: l10n.t("Sound From"),
    description: l10n.t("Where in the sound to begin."),
  }),
  soundTo: () => ({
    label: l10n.t("Sound Until"),
    description: l10n.t("Where in the sound to end; 0 for its end. Has to be given for a sound by link."),
  }),
  soundAt: () => ({
    label: l10n.t("Starts in the Video At"),
    description: l10n.t("When in the video the sound begins."),
  }),
  soundVolume: () => ({
    label: l10n.t("Volume of the Sound"),
    description: l10n.t("0 is silent, 1 as it is, 2 twice as loud."),
  }),
  originalVolume: () => ({
    label: l10n.t("Volume of the Video"),
    description: l10n.t("How loud the video’s own sound stays: 0 is silent, 1 as it is, 2 twice as loud."),
  }),
  imageReference: () => ({
    label: l10n.t("Reference For"),
    description: l10n.t("What is taken from the picture."),
    values: {
      none: l10n.t("Everything"),
      subject: l10n.t("The subject"),
      face: l10n.t("The face"),
    },
  }),
  imageFidelity: () => ({
    label: l10n.t("Likeness to the Picture"),
    description: l10n.t("0 to 1: how close the result stays to the picture."),
  }),
  humanFidelity: () => ({
    label: l10n.t("Likeness of the Face"),
    description: l10n.t("0 to 1: how close the face stays to the one in the picture."),
  }),
  series: () => ({
    label: l10n.t("Series"),
    description: l10n.t("Images that belong together, such as a storyboard. Each is billed."),
    values: {
      off: l10n.t("No series"),
      auto: l10n.t("As many as fit"),
      "2": l10n.t("2 images"),
      "3": l10n.t("3 images"),
      "4": l10n.t("4 images"),
      "5": l10n.t("5 images"),
      "6": l10n.t("6 images"),
      "7": l10n.t("7 images"),
      "8": l10n.t("8 images"),
      "9": l10n.t("9 images"),
    },
  }),
  lastPictures: () => ({
    label: l10n.t("Last Pictures"),
    description: l10n.t("What the last pictures are used as; all others are subjects."),
    values: {
      subjects: l10n.t("Subjects too"),
      scene: l10n.t("The last is the scene"),
      style: l10n.t("The last is the style"),
      sceneAndStyle: l10n.t("Scene, then style"),
    },
  }),
  expandUp: () => ({
    label: l10n.t("Expand Up"),
    description: l10n.t(
      "How much is added on this side, as a part of the picture’s height: 0 to 2. The whole can be three times the old area.",
    ),
  }),
  expandDown: () => ({
    label: l10n.t("Expand Down"),
    description: l10n.t(
      "How much is added on this side, as a part of the picture’s height: 0 to 2. The whole can be three times the old area.",
    ),
  }),
  expandLeft: () => ({
    label: l10n.t("Expand Left"),
    description: l10n.t(
      "How much is added on this side, as a part of the picture’s width: 0 to 2. The whole can be three times the old area.",
    ),
  }),
  expandRight: () => ({
    label: l10n.t("Expand Right"),
    description: l10n.t(
      "How much is added on this side, as a part of the picture’s width: 0 to 2. The whole can be three times the old area.",
    ),
  }),
  music: () => ({
    label: l10n.t("Music"),
    description: l10n.t("What music to add. Empty for none of your own choosing."),
  }),
  asmr: () => ({
    label: l10n.t("ASMR"),
    description: l10n.t("Emphasizes small, close noises."),
  }),
  libraryName: () => ({
    label: l10n.t("Name"),
    description: l10n.t("What it is called in the library, at most 20 characters. In prompts write @name."),
  }),
  elementTag: () => ({
    label: l10n.t("Tag"),
    description: l10n.t("What kind of thing it is."),
    values: {
      none: l10n.t("None"),
      o_102: l10n.t("Character"),
      o_103: l10n.t("Animal"),
      o_104: l10n.t("Item"),
      o_105: l10n.t("Costume"),
      o_106: l10n.t("Scene"),
      o_107: l10n.t("Effect"),
      o_108: l10n.t("Others"),
    },
  }),
  elementVoice: () => ({
    label: l10n.t("Voice"),
    description: l10n.t("Id of a voice from the library that speaks for it. Empty for none."),
  }),
};
