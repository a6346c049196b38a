import type { Account, Session } from "../account.ts";
import { invalid } from "../errors.ts";
import { type Body, integer, requiredText } from "../fields.ts";
import { type Price, units } from "../prices.ts";
import { readPoints } from "./editVideo.ts";

/** A synchronous answer and what it costs. */
export type Answered = { model: string; operation: string; price: Price | undefined; data: Body };

const NOTHING_MORE = { quota: "0", list_price: "0" };

function open(account: Account, seconds: number, faces: string[], parent: Session["parent"]): string {
  const id = `s-${account.ids.next()}`;
  account.sessions.set(id, { openedAt: account.now(), seconds, faces, marked: new Map(), parent });
  return id;
}

/** `POST /v1/videos/identify-face` (contract kling §4.4): the first step of a lip sync. */
export function identifyFace(body: Body, account: Account): Answered {
  const source = account.source(body, { seconds: [2, 60], sides: [512, 2160] });
  if (source.input?.problem !== undefined) throw invalid(source.input.problem);
  const faces = ["0"];
  return {
    model: "identify-face",
    operation: "identify-face",
    price: units(0.05),
    data: {
      session_id: open(account, source.seconds, faces, source.parent),
      final_unit_deduction: "0.05",
      final_balance_deduction: NOTHING_MORE,
      face_data: faces.map((face_id) => ({
        face_id,
        face_image: account.maker.picture(`face ${face_id}`),
        start_time: 0,
        end_time: Math.round(source.seconds * 1000),
      })),
    },
  };
}

const KINDS = ["object_seg", "head_seg", "face_seg", "cloth_seg"];

/** `POST /v1/videos/image-recognize` (contract kling §4.4). */
export function recognizeImage(body: Body, account: Account): Answered {
  const image = account.inputs.requiredImage(body, "image");
  if (image.problem !== undefined) throw invalid(image.problem);
  return {
    model: "image-recognize",
    operation: "image-recognize",
    price: units(0.1),
    data: {
      task_id: account.ids.next(),
      task_status: "succeed",
      task_result: {
        images: KINDS.map((type) => ({ type, is_contain: true, url: account.maker.picture(type) })),
      },
      final_unit_deduction: "0.1",
      final_balance_deduction: NOTHING_MORE,
    },
  };
}

const FPS = 24;
/** Frames of a session that may be marked. */
const MOST_FRAMES = 10;

function free(data: Body): Answered {
  const rest = { final_unit_deduction: "0", final_balance_deduction: NOTHING_MORE };
  return {
    model: "multi-elements",
    operation: "selection",
    price: undefined,
    data: { status: 0, ...data, ...rest },
  };
}

/** `POST /v1/videos/multi-elements/init-selection` (contract kling §4.4). */
export function initSelection(body: Body, account: Account): Answered {
  const source = account.source(body, { seconds: [2, 10.1], sides: [720, 2160] });
  if (source.input?.problem !== undefined) throw invalid(source.input.problem);
  if (source.seconds > 5.1 && source.seconds < 7) throw invalid("Video duration is invalid");
  const facts = source.input?.facts ?? { width: 1280, height: 720 };
  return free({
    session_id: open(account, source.seconds, [], source.parent),
    fps: FPS,
    original_duration: Math.round(source.seconds * 1000),
    width: facts.width,
    height: facts.height,
    total_frame: Math.round(source.seconds * FPS),
    normalized_video: source.url,
  });
}

function selection(sessionId: string, frame: number, objects: number): Answered {
  return free({
    session_id: sessionId,
    res: {
      frame_index: frame,
      rle_mask_list: Array.from({ length: objects }, (_, object_id) => ({
        object_id,
        rle_mask: { size: [720, 1280], counts: "PPYo1" },
      })),
    },
  });
}

/** Marks points of one frame, or takes them back. */
export function changeSelection(adds: boolean): (body: Body, account: Account) => Answered {
  return (body, account) => {
    const id = requiredText(body, "session_id");
    const session = account.session(id);
    const frame = integer(body, "frame_index", 0, Math.round(session.seconds * FPS) - 1);
    if (frame === undefined) throw invalid("frame_index is required");
    const points = readPoints(body);
    const before = session.marked.get(frame) ?? 0;
    const after = before + (adds ? points : -points);
    if (after < 0 || after > 10) throw invalid("the points do not fit those of the frame");
    if (after === 0) session.marked.delete(frame);
    else session.marked.set(frame, after);
    if (session.marked.size > MOST_FRAMES) {
      session.marked.delete(frame);
      throw invalid(`at most ${MOST_FRAMES} frames can be marked`);
    }
    return selection(id, frame, after > 0 ? 1 : 0);
  };
}

/** `POST …/clear-selection`. */
export function clearSelection(body: Body, account: Account): Answered {
  const id = requiredText(body, "session_id");
  account.session(id).marked.clear();
  return free({ session_id: id });
}

/** `POST …/preview-selection`. */
export function previewSelection(body: Body, account: Account): Answered {
  const id = requiredText(body, "session_id");
  const session = account.session(id);
  if (session.marked.size === 0) throw invalid("nothing is selected");
  const video = account.maker.make(
    { kind: "video", size: { width: 1280, height: 720 }, seconds: session.seconds, sound: false },
    0,
    false,
  );
  const url = video.kind === "video" ? video.url : "";
  return free({
    session_id: id,
    res: { video: url, video_cover: account.maker.picture("cover"), tracking_output: url },
  });
}
