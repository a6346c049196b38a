import { encodePicture, type Picture } from "../simulator/media/picture.ts";
import type { Body } from "./control.ts";

export const PNG = "https://example.com/a.png";
export const MP4 = "https://example.com/a.mp4";
export const MP3 = "https://example.com/a.mp3";

/** Plain base64 of a picture made for the purpose. */
export function file(picture: Partial<Picture> = {}): string {
  const whole: Picture = { width: 640, height: 480, format: "png", seed: "input", index: 0, ...picture };
  return encodePicture(whole).toString("base64");
}

/** How a product is reached: the action that answers at once or takes a task, and what comes of it. */
type Sample = { action: string; body: Body; operation: string; amount: number; unit: string };

const SUBMIT = "CVSync2AsyncSubmitTask";
const TASK = "CVSubmitTask";
const prompt = "a paper boat";
const one = { image_urls: [PNG] };
const two = { image_urls: [PNG, PNG] };

const image = (action: string, operation: string, body: Body): Sample => ({
  action,
  operation,
  body,
  amount: 1,
  unit: "image",
});
const call = (action: string, operation: string, body: Body): Sample => ({
  ...image(action, operation, body),
  unit: "call",
});
const video = (operation: string, body: Body, seconds = 5, action = SUBMIT): Sample => ({
  action,
  operation,
  body,
  amount: seconds,
  unit: "second",
});

/** The least that each product takes, by `req_key`, and what it is charged. */
export const BODIES: Readonly<Record<string, Sample>> = {
  jimeng_high_aes_general_v21_L: image("CVProcess", "text-to-image", { prompt }),
  high_aes_general_v30l_zt2i: image(SUBMIT, "text-to-image", { prompt }),
  jimeng_t2i_v30: image(SUBMIT, "text-to-image", { prompt }),
  jimeng_t2i_v31: image(SUBMIT, "text-to-image", { prompt }),
  jimeng_t2i_v40: image(SUBMIT, "text-to-image", { prompt }),
  jimeng_seedream46_cvtob: image(SUBMIT, "text-to-image", { prompt }),
  jimeng_i2i_v30: image(SUBMIT, "image-to-image", { ...one, prompt }),
  "seededit_v3.0": image(SUBMIT, "image-to-image", { ...one, prompt }),
  "byteedit_v2.0": image("CVProcess", "image-to-image", { ...one, prompt }),
  seed3l_single_ip: image(SUBMIT, "image-to-image", { ...one, prompt }),
  i2i_portrait_photo: image(TASK, "portrait", { image_input: PNG }),
  i2i_multi_style_zx2x: image(SUBMIT, "style", { image_input1: PNG, template_id: "my_world" }),
  img2img_comic_style_monet: image("CVProcess", "style", one),
  jimeng_image2image_dream_inpaint: call(SUBMIT, "inpaint", { ...two, prompt }),
  jimeng_img2img_seed3_painting_edit: call(SUBMIT, "outpaint", { ...one, top: 0.5 }),
  jimeng_i2i_seed3_tilesr_cvtob: call(SUBMIT, "upscale", one),
  jimeng_i2i_extract_tiled_images: image(SUBMIT, "cut-out", { ...one, edit_prompt: prompt }),
  i2i_material_extraction: image(SUBMIT, "cut-out", { ...one, image_edit_prompt: prompt }),
  high_aes_general_v21_L: image("CVProcess", "text-to-image", { prompt, ddim_steps: 25, scale: 3.5 }),
  high_aes_general_v20_L: image("CVProcess", "text-to-image", { prompt }),
  high_aes_general_v14: image("HighAesSmartDrawing", "text-to-image", { prompt }),
  high_aes: image("HighAesSmartDrawing", "text-to-image", { prompt }),
  high_aes_t2i: image("CVProcess", "text-to-image", { prompt }),
  high_aes_ip_v20: image("CVProcess", "image-to-image", { ...one, prompt }),
  i2i_inpainting: image("Img2ImgInpainting", "inpaint", two),
  i2i_inpainting_edit: image("Img2ImgInpaintingEdit", "inpaint", { ...two, custom_prompt: prompt }),
  i2i_outpainting: image("Img2ImgOutpainting", "outpaint", one),
  lens_vida_nnsr: call("OverResolutionV2", "upscale", one),
  lens_nnsr2_pic_common: call("CVProcess", "upscale", { ...one, model_quality: "MQ" }),
  lens_lqir: call("EnhancePhotoV2", "upscale", { ...one, enable_hdr: true }),
  face_swap3_6: image("FaceSwap", "image-to-image", { ...two, source_similarity: "1" }),
  faceswap_ai: image("FaceswapAI", "image-to-image", two),
  img2img_photoverse_executive_ID_photo: image("HighAesSmartDrawingV2", "portrait", {
    ...one,
    beautify_info: { whitening: 0.5, dermabrasion: 1 },
  }),
  dressing_diffusionV2: image(TASK, "try-on", {
    model: { url: PNG },
    garment: { data: [{ type: "full", url: PNG }] },
  }),
  jimeng_vgfm_t2v_l20: video("text-to-video", { prompt }),
  jimeng_vgfm_i2v_l20: video("image-to-video", one),
  jimeng_t2v_v30: video("text-to-video", { prompt }),
  jimeng_t2v_v30_1080p: video("text-to-video", { prompt, frames: 241 }, 10),
  jimeng_i2v_first_v30: video("image-to-video", one),
  jimeng_i2v_first_v30_1080: video("image-to-video", one),
  jimeng_i2v_first_tail_v30: video("frames-to-video", two),
  jimeng_i2v_first_tail_v30_1080: video("frames-to-video", two),
  jimeng_i2v_recamera_v30: video("image-to-video", { ...one, template_id: "robo_arm" }),
  jimeng_ti2v_v30_pro: video("text-to-video", { prompt }),
  jimeng_dream_actor_m1_gen_video_cv: video("motion-control", { image_url: PNG, video_url: MP4 }, 6),
  jimeng_dreamactor_m20_gen_video: video("motion-control", { ...one, video_url: MP4 }, 6),
  jimeng_realman_avatar_picture_create_role_omni: call(TASK, "avatar", { image_url: PNG }),
  jimeng_realman_avatar_picture_create_role_omni_v15: call(TASK, "avatar", { image_url: PNG }),
  jimeng_realman_avatar_object_detection: call("CVProcess", "avatar", { image_url: PNG }),
  jimeng_realman_avatar_picture_omni_v2: video("avatar", { image_url: PNG, audio_url: MP3 }, 6, TASK),
  jimeng_realman_avatar_picture_omni_v15: video("avatar", { image_url: PNG, audio_url: MP3 }, 6, TASK),
  realman_avatar_creation_task: video("avatar", { resource_id: "r-1", audio_url: MP3 }, 6, TASK),
  video_translate_v2_cvtob: video(
    "edit-video",
    { video_url: MP4, src_language: "zh", target_language: "en" },
    6,
  ),
};
