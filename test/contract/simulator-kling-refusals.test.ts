import assert from "node:assert/strict";
import type { Body } from "./control.ts";
import { FIXTURE_TIME } from "./kling-client.ts";
import { IMAGE, MP3, MP4, OMNI, PNG, picture, TEXT, useKling, V3 } from "./simulator-kling-client.ts";

describe("simulator: what Kling does not take", () => {
  const { kling, refused } = useKling();

  describe("refuses", () => {
    const shots = (...durations: string[]) => ({
      multi_shot: true,
      shot_type: "customize",
      prompt: undefined,
      multi_prompt: durations.map((duration, at) => ({ index: at + 1, prompt: "x", duration })),
    });
    const config = (more: Body) => ({
      model_name: "kling-v1-6",
      camera_control: { type: "simple", config: { zoom: 5, ...more } },
    });
    const V26 = { model_name: "kling-v2-6" };
    const OMNI3 = { model_name: "kling-v3-omni", aspect_ratio: "1:1" };
    const element = { element_id: 321922438904313 };
    const images = (count: number) => Array.from({ length: count }, () => ({ image_url: PNG }));
    const cases: [string, string, Body, RegExp][] = [
      ["no prompt", TEXT, { prompt: "" }, /prompt is required/],
      ["a prompt too long", TEXT, { prompt: "x".repeat(2501) }, /2500/],
      ["a duration that is no text", TEXT, { duration: 5 }, /duration must be a string/],
      ["a duration of another model", TEXT, { ...V26, duration: "7" }, /duration/],
      ["16 seconds", TEXT, { duration: "16" }, /duration/],
      ["4k of an older model", TEXT, { ...V26, mode: "4k" }, /mode/],
      [
        "a mode where there is none",
        TEXT,
        { model_name: "kling-v2-master", mode: "std" },
        /not supported with mode/,
      ],
      ["sound of an older model", TEXT, { model_name: "kling-v2-5-turbo", sound: "on" }, /sound/],
      ["sound in std on 2.6", TEXT, { ...V26, sound: "on", mode: "std" }, /sound in std mode/],
      ["cfg_scale on 2.x", TEXT, { ...V26, cfg_scale: 0.5 }, /cfg_scale/],
      ["cfg_scale above 1", TEXT, { cfg_scale: 1.1 }, /cfg_scale/],
      ["another ratio", TEXT, { aspect_ratio: "4:3" }, /aspect_ratio/],
      ["a model of image2video", TEXT, { model_name: "kling-v2-1" }, /model_name/],
      ["shots on 2.6", TEXT, { ...V26, ...shots("5") }, /multi shot/],
      ["shots without a type", TEXT, { multi_shot: true }, /shot_type is required/],
      ["shots that do not add up", TEXT, shots("3", "3"), /sum/],
      ["seven shots", TEXT, shots("1", "1", "1", "1", "1", "1", "1"), /multi_prompt/],
      ["a shot of no time", TEXT, shots("0", "5"), /at least 1/],
      ["voices without sound", TEXT, { voice_list: [{ voice_id: "829824295735410756" }] }, /sound on/],
      ["an unknown voice", TEXT, { sound: "on", voice_list: [{ voice_id: "1" }] }, /voice not found/],
      ["a camera on v3", TEXT, { camera_control: { type: "down_back" } }, /camera control/],
      ["two axes", TEXT, config({ pan: 1 }), /exactly one/],
      ["an axis beyond 10", TEXT, config({ zoom: 11 }), /zoom/],
      [
        "a config for a preset move",
        TEXT,
        { model_name: "kling-v1-6", camera_control: { type: "down_back", config: {} } },
        /only for type simple/,
      ],
      ["a callback that is no address", TEXT, { callback_url: "here" }, /callback_url/],
      ["a watermark that is no switch", TEXT, { watermark_info: { enabled: "no" } }, /enabled/],
      ["no picture", IMAGE, {}, /at least one of image/],
      ["a data URI", IMAGE, { image: `data:image/png;base64,${picture(400, 400)}` }, /not in a valid base64/],
      ["base64 cut short", IMAGE, { image: picture(400, 400).slice(0, -1) }, /not in a valid base64/],
      ["an end frame alone", IMAGE, { image_tail: PNG }, /image_tail only/],
      [
        "an end frame in std on 2.6",
        IMAGE,
        { ...V26, image: PNG, image_tail: PNG, mode: "std" },
        /image_tail in std mode/,
      ],
      [
        "an end frame with sound on 2.6",
        IMAGE,
        { ...V26, image: PNG, image_tail: PNG, mode: "pro", sound: "on" },
        /image_tail and sound/,
      ],
      [
        "masks and an end frame",
        IMAGE,
        { model_name: "kling-v1", image: PNG, image_tail: PNG, static_mask: PNG },
        /at the same time/,
      ],
      [
        "a path of one point",
        IMAGE,
        {
          model_name: "kling-v1",
          image: PNG,
          dynamic_masks: [{ mask: PNG, trajectories: [{ x: 1, y: 1 }] }],
        },
        /trajectories/,
      ],
      ["elements on 2.6", IMAGE, { ...V26, image: PNG, element_list: [element] }, /element_list/],
      [
        "elements and voices",
        IMAGE,
        {
          image: PNG,
          sound: "on",
          element_list: [element],
          voice_list: [{ voice_id: "829824295735410756" }],
        },
        /at the same time/,
      ],
      ["an element id as text", IMAGE, { image: PNG, element_list: [{ element_id: "160" }] }, /int64/],
      [
        "an element nobody has",
        IMAGE,
        { image: PNG, element_list: [{ element_id: 161 }] },
        /element not found/,
      ],
      [
        "the rounded id of an element",
        IMAGE,
        { image: PNG, element_list: [{ element_id: 829836802793406600 }] },
        /element not found/,
      ],
      ["a mention of nothing", IMAGE, { image: PNG, prompt: "<<<element_1>>>" }, /refers to/],
      [
        "an end frame before a first",
        OMNI,
        { ...OMNI3, image_list: [{ image_url: PNG, type: "end_frame" }] },
        /first_frame/,
      ],
      ["eight references", OMNI, { ...OMNI3, image_list: images(8) }, /image_list/],
      [
        "five references and a video",
        OMNI,
        { ...OMNI3, image_list: images(5), video_list: [{ video_url: MP4 }] },
        /cannot exceed 4/,
      ],
      ["the wrong list key", OMNI, { ...OMNI3, image_list: [{ image: PNG }] }, /image_url is required/],
      [
        "a video that is a file",
        OMNI,
        { ...OMNI3, video_list: [{ video_url: picture(300, 300) }] },
        /not a valid url/,
      ],
      ["two videos", OMNI, { ...OMNI3, video_list: [{ video_url: MP4 }, { video_url: MP4 }] }, /video_list/],
      [
        "sound with a video",
        OMNI,
        { ...OMNI3, sound: "on", video_list: [{ video_url: MP4 }] },
        /sound must be off/,
      ],
      ["no ratio", OMNI, { model_name: "kling-v3-omni" }, /aspect_ratio is required/],
      [
        "7 seconds of text on O1",
        OMNI,
        { model_name: "kling-video-o1", aspect_ratio: "1:1", duration: "7" },
        /duration/,
      ],
      ["4k on O1", OMNI, { model_name: "kling-video-o1", aspect_ratio: "1:1", mode: "4k" }, /mode/],
      [
        "no video",
        "/v1/videos/motion-control",
        { image_url: PNG, character_orientation: "image", mode: "std" },
        /video_url/,
      ],
      [
        "no mode",
        "/v1/videos/motion-control",
        { image_url: PNG, video_url: MP4, character_orientation: "image" },
        /mode/,
      ],
      ["a video nobody made", "/v1/videos/video-extend", { video_id: "1" }, /Video not found/],
      ["both sources", "/v1/videos/identify-face", { video_id: "1", video_url: MP4 }, /exactly one/],
      ["an unknown session", "/v1/videos/advanced-lip-sync", { session_id: "s-0" }, /Session not found/],
      [
        "one picture for two",
        "/v1/videos/effects",
        { effect_scene: "hug_pro", input: { image: PNG } },
        /input.images/,
      ],
      [
        "a scene that is gone",
        "/v1/videos/effects",
        { effect_scene: "hug", input: { image: PNG } },
        /effect_scene/,
      ],
      [
        "two sounds",
        "/v1/videos/avatar/image2video",
        { image: PNG, audio_id: "1", sound_file: MP3 },
        /exactly one/,
      ],
      [
        "five pictures",
        "/v1/videos/multi-image2video",
        { model_name: "kling-v1-6", image_list: new Array(5).fill({ image: PNG }) },
        /image_list/,
      ],
      [
        "a negative prompt with a picture",
        "/v1/images/generations",
        { image: PNG, negative_prompt: "x" },
        /negative_prompt/,
      ],
      ["ten pictures", "/v1/images/generations", { n: 10 }, /n must be/],
      ["4k", "/v1/images/generations", { resolution: "4k" }, /resolution/],
      ["elements as text", "/v1/images/generations", { element_list: "[]" }, /element_list/],
      [
        "a subject on v3",
        "/v1/images/generations",
        { image: PNG, image_reference: "subject" },
        /image_reference/,
      ],
      [
        "a series of O1",
        "/v1/images/omni-image",
        { model_name: "kling-image-o1", result_type: "series" },
        /series/,
      ],
      ["4k of O1", "/v1/images/omni-image", { model_name: "kling-image-o1", resolution: "4k" }, /resolution/],
      [
        "a series of one",
        "/v1/images/omni-image",
        { model_name: "kling-v3-omni", result_type: "series", series_amount: 1 },
        /series_amount/,
      ],
      [
        "no subject",
        "/v1/images/multi-image2image",
        { model_name: "kling-v2-1", subject_image_list: [] },
        /subject_image_list/,
      ],
      [
        "more than three times the area",
        "/v1/images/editing/expand",
        {
          image: PNG,
          up_expansion_ratio: 1,
          down_expansion_ratio: 1,
          left_expansion_ratio: 0.1,
          right_expansion_ratio: 0,
        },
        /3 times/,
      ],
      [
        "a side left out",
        "/v1/images/editing/expand",
        { image: PNG, up_expansion_ratio: 1 },
        /down_expansion_ratio is required/,
      ],
      [
        "no garment",
        "/v1/images/kolors-virtual-try-on",
        { model_name: undefined, human_image: PNG },
        /cloth_image/,
      ],
      [
        "a name too long",
        "/v1/general/advanced-custom-elements",
        { element_name: "x".repeat(21) },
        /element_name/,
      ],
      [
        "no picture but the front",
        "/v1/general/advanced-custom-elements",
        {
          element_name: "x",
          element_description: "y",
          reference_type: "image_refer",
          element_image_list: { frontal_image: PNG },
        },
        /refer_images/,
      ],
      [
        "an unknown tag",
        "/v1/general/advanced-custom-elements",
        {
          element_name: "x",
          element_description: "y",
          reference_type: "image_refer",
          tag_list: [{ tag_id: "o_1" }],
        },
        /tag_id/,
      ],
      ["a preset", "/v1/general/delete-elements", { element_id: "160" }, /only custom/],
      [
        "an id as number",
        "/v1/general/delete-advanced-elements",
        { element_id: 321922438904313 },
        /must be a string/,
      ],
      ["a duration as text", "/v1/audio/text-to-audio", { duration: "5" }, /duration must be a number/],
      ["2 seconds", "/v1/audio/text-to-audio", { duration: 2 }, /between 3 and 10/],
      ["neither source", "/v1/audio/video-to-audio", {}, /exactly one/],
      [
        "a fast voice",
        "/v1/audio/tts",
        { text: "x", voice_id: "oversea_male1", voice_language: "en", voice_speed: 3 },
        /voice_speed/,
      ],
      [
        "another language",
        "/v1/audio/tts",
        { text: "x", voice_id: "oversea_male1", voice_language: "fr" },
        /voice_language/,
      ],
    ];
    for (const [name, path, body, message] of cases)
      it(`${path}: ${name}`, async () => {
        const answer = await refused(path, { ...V3, ...body }, 1201, message);
        assert.equal(answer.status, 400);
        assert.deepEqual(await kling.charges(), []);
      });

    it("bodies, methods, paths and models of no kind", async () => {
      await refused(TEXT, "{", 1200, /Invalid request/);
      await refused("/v1/videos/nothing", {}, 1203, /does not exist/);
      assert.equal((await kling.call("PUT", TEXT, {})).body.code, 1202);
      await refused("/text-to-video/kling-9", { prompt: "x" }, 1203, /does not exist/);
    });
    it("kling-v1 once it is gone", async () => {
      await kling.create(TEXT, { prompt: "x" });
      await kling.advance(Date.UTC(2026, 8, 1) - FIXTURE_TIME);
      await refused(TEXT, { prompt: "x" }, 1203, /model/);
    });
  });
});
