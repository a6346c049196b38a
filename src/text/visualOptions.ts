import { l10n } from "vscode";
import type { OptionText } from "./optionText.ts";

/** Words of the options that only Volcengine Visual has, by the `text` key of their meta. */
export const visualOptionTexts: Readonly<Record<string, () => OptionText>> = {
  pictureSize: () => ({
    label: l10n.t("Size"),
    description: l10n.t(
      "Width and height in pixels, or an area by name where the model then chooses the ratio. Super-resolution doubles both sides.",
    ),
  }),
  scale: () => ({
    label: l10n.t("Influence of the Prompt"),
    description: l10n.t("The higher, the more the words count; each model has its own scale."),
  }),
  promptExpansion: () => ({
    label: l10n.t("Prompt Expansion"),
    description: l10n.t(
      "A language model of the vendor’s adds to the prompt. Good for short prompts; turn it off for long ones.",
    ),
  }),
  promptSeed: () => ({
    label: l10n.t("Seed of the Expansion"),
    description: l10n.t("The same seed expands the same prompt in the same way. -1 leaves it to chance."),
    values: { "-1": l10n.t("Random") },
  }),
  superResolution: () => ({
    label: l10n.t("Super-Resolution"),
    description: l10n.t("A second step that doubles width and height."),
  }),
  steps: () => ({
    label: l10n.t("Steps"),
    description: l10n.t("How often the picture is gone over. More takes longer and may be finer."),
  }),
  strength: () => ({
    label: l10n.t("Strength of the Change"),
    description: l10n.t("0 to 1: the higher, the further the result may go from the picture."),
  }),
  rephrase: () => ({
    label: l10n.t("Rephrase the Prompt"),
    description: l10n.t("The vendor writes the prompt anew before drawing."),
  }),
  predictTags: () => ({
    label: l10n.t("Guess the Style"),
    description: l10n.t("The vendor takes words for the style from the prompt."),
  }),
  onlyOne: () => ({
    label: l10n.t("One Image Only"),
    description: l10n.t(
      "Off, the model may make several images that belong together, as many as the prompt asks for. Each is billed.",
    ),
  }),
  narrowest: () => ({
    label: l10n.t("Narrowest Ratio"),
    description: l10n.t("The smallest width to height the model may choose where the size is an area."),
  }),
  widest: () => ({
    label: l10n.t("Widest Ratio"),
    description: l10n.t("The largest width to height the model may choose where the size is an area."),
  }),
  styleTemplate: () => ({
    label: l10n.t("Style"),
    description: l10n.t("What the picture is turned into."),
    values: {
      felt_3d_polaroid: l10n.t("Felt figure in a polaroid"),
      my_world: l10n.t("World of blocks"),
      plastic_bubble_figure: l10n.t("Plastic toy in a blister"),
      furry_dream_doll: l10n.t("Furry doll"),
      micro_landscape_mini_world: l10n.t("Miniature landscape"),
      acrylic_ornaments: l10n.t("Acrylic ornament"),
      angel_figurine: l10n.t("Angel figurine"),
      glass_ball: l10n.t("Glass ball"),
      claw_machine_style: l10n.t("Claw machine"),
      graduation_photo: l10n.t("Graduation photo"),
    },
  }),
  smoothing: () => ({
    label: l10n.t("Skin Smoothing"),
    description: l10n.t("0 leaves the skin as it is; 1 smooths it most."),
  }),
  skinTone: () => ({
    label: l10n.t("Even Skin Tone"),
    description: l10n.t("0 leaves the tone of the skin as it is; 1 makes it most even."),
  }),
  whitening: () => ({
    label: l10n.t("Skin Brightening"),
    description: l10n.t("0 leaves the skin as it is; 1 brightens it most."),
  }),
  faceDetail: () => ({
    label: l10n.t("Sharpness of the Face"),
    description: l10n.t("0 to 1: how much the face is sharpened."),
  }),
  generation: () => ({
    label: l10n.t("Way of Making"),
    description: l10n.t(
      "Creative follows the prompt; the others stay closer to the picture. Automatic is creative with a prompt.",
    ),
    values: {
      auto: l10n.t("Automatic"),
      creative: l10n.t("Creative"),
      reference: l10n.t("Whole picture as reference"),
      reference_char: l10n.t("Person as reference"),
    },
  }),
  growUp: () => ({ label: l10n.t("Expand Up"), description: partOfHeight() }),
  growDown: () => ({ label: l10n.t("Expand Down"), description: partOfHeight() }),
  growLeft: () => ({ label: l10n.t("Expand Left"), description: partOfWidth() }),
  growRight: () => ({ label: l10n.t("Expand Right"), description: partOfWidth() }),
  maxWidth: () => ({
    label: l10n.t("Largest Width"),
    description: l10n.t("A wider result is made smaller to this."),
  }),
  maxHeight: () => ({
    label: l10n.t("Largest Height"),
    description: l10n.t("A taller result is made smaller to this."),
  }),
  upscaleResolution: () => ({
    label: l10n.t("Resolution"),
    description: l10n.t("How large the picture becomes. Larger takes longer."),
    values: { "4k": "4K", "8k": "8K" },
  }),
  detail: () => ({
    label: l10n.t("Invented Detail"),
    description: l10n.t("0 to 100: the higher, the more detail is added that was not there."),
  }),
  hdr: () => ({ label: "HDR", description: l10n.t("Brings out what is very dark or very bright.") }),
  whiteBalance: () => ({
    label: l10n.t("White Balance"),
    description: l10n.t("Takes a colour cast out of the picture."),
  }),
  clipResolution: () => ({
    label: l10n.t("Resolution"),
    description: l10n.t("How fine the video is. More costs more and takes longer."),
  }),
  cameraTemplate: () => ({
    label: l10n.t("Camera Move"),
    description: l10n.t("A ready-made move of the camera, at 720p only."),
    values: {
      none: l10n.t("None"),
      hitchcock_dolly_in: l10n.t("Dolly zoom in"),
      hitchcock_dolly_out: l10n.t("Dolly zoom out"),
      robo_arm: l10n.t("Robot arm"),
      dynamic_orbit: l10n.t("Fast orbit"),
      central_orbit: l10n.t("Orbit around the middle"),
      crane_push: l10n.t("Crane shot inwards"),
      quick_pull_back: l10n.t("Fast pull back"),
      counterclockwise_swivel: l10n.t("Swivel counterclockwise"),
      clockwise_swivel: l10n.t("Swivel clockwise"),
      handheld: l10n.t("Handheld"),
      rapid_push_pull: l10n.t("Fast push and pull"),
    },
  }),
  cameraStrength: () => ({
    label: l10n.t("Strength of the Move"),
    description: l10n.t("How far the camera moves; only with a camera move."),
    values: { weak: l10n.t("Weak"), medium: l10n.t("Medium"), strong: l10n.t("Strong") },
  }),
  cutFirstSecond: () => ({
    label: l10n.t("Cut the First Second"),
    description: l10n.t("The first second, in which the picture turns into the clip’s pose, is left out."),
  }),
  subject: () => ({
    label: l10n.t("Who Speaks"),
    description: l10n.t(
      "Which of the people in the picture, as the vendor finds them: 1 to 5. They are looked for first, which is a call of its own. 0 leaves it to the model.",
    ),
    values: { "0": l10n.t("Chosen by the model") },
  }),
  fast: () => ({
    label: l10n.t("Fast Mode"),
    description: l10n.t("Takes less time and less care with what the prompt says."),
  }),
  avatarId: () => ({
    label: l10n.t("Avatar"),
    description: l10n.t(
      "Id of the avatar from the vendor’s console. The one given is the vendor’s own, for trying.",
    ),
  }),
  fromLanguage: () => ({
    label: l10n.t("From Language"),
    description: l10n.t("The language spoken in the video, as a code such as zh."),
  }),
  toLanguage: () => ({
    label: l10n.t("To Language"),
    description: l10n.t("The language it is translated to, as a code such as en."),
  }),
  logo: () => ({
    label: l10n.t("Logo Overlay"),
    description: l10n.t("Writes a visible mark onto the result. Off unless you turn it on."),
  }),
  logoPosition: () => ({
    label: l10n.t("Place of the Overlay"),
    description: l10n.t("In which corner it stands."),
    values: {
      bottomRight: l10n.t("Bottom right"),
      bottomLeft: l10n.t("Bottom left"),
      topLeft: l10n.t("Top left"),
      topRight: l10n.t("Top right"),
    },
  }),
  logoLanguage: () => ({
    label: l10n.t("Language of the Overlay"),
    description: l10n.t("Of the vendor’s own text, where you give none."),
    values: { zh: l10n.t("Chinese"), en: l10n.t("English") },
  }),
  logoOpacity: () => ({
    label: l10n.t("Opacity of the Overlay"),
    description: l10n.t("0 cannot be seen; 1 hides what is behind it."),
  }),
  logoText: () => ({
    label: l10n.t("Text of the Overlay"),
    description: l10n.t("Your own words. Empty for the vendor’s “Generated by AI”."),
  }),
  labelProducerId: () => ({
    label: l10n.t("Hidden Label: Content Id"),
    description: l10n.t(
      "A hidden label in the file says that it was generated. Your id of this content; needed for any label.",
    ),
  }),
  labelProducer: () => ({
    label: l10n.t("Hidden Label: Producer"),
    description: l10n.t("Name or code of who makes the content."),
  }),
  labelPropagator: () => ({
    label: l10n.t("Hidden Label: Publisher"),
    description: l10n.t("Name or code of who spreads the content; needed for videos."),
  }),
  labelPropagateId: () => ({
    label: l10n.t("Hidden Label: Publishing Id"),
    description: l10n.t("The publisher’s id of this content."),
  }),
};

function partOfHeight(): string {
  return l10n.t("How much is added on this side, as a part of the picture’s height: 0 to 1.");
}

function partOfWidth(): string {
  return l10n.t("How much is added on this side, as a part of the picture’s width: 0 to 1.");
}
