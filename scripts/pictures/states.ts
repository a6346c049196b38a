import type { Page } from "playwright-core";
import { situations as reviews } from "../../test/e2e/support/reviewFixtures.ts";
import { situations as studios } from "../../test/e2e/support/studioSituations.ts";
import type { Language, Shown, Stage } from "./show.ts";
import { showMask, showRegions, showReview, showStudio } from "./show.ts";

/** A designed state: how it is shown, and what a reader is told of it. */
export interface State {
  /** Name of its picture. */
  name: string;
  size: { width: number; height: number };
  /** Pixels of the picture for one of the page's; 1 unless a zoom is shown. */
  density?: number;
  words: Record<Language, string>;
  show(stage: Stage): Promise<Shown>;
}

/** States that belong together, under a title. */
interface Chapter {
  title: Record<Language, string>;
  states: readonly State[];
}

type Words = readonly [en: string, chinese: string];
type Look = Partial<Pick<State, "name" | "size" | "density">>;

const panel = { width: 1100, height: 720 };
const beside = { width: 960, height: 640 };
const sideBar = { width: 300, height: 720 };

const worded = ([en, chinese]: Words): Record<Language, string> => ({ en, "zh-cn": chinese });

/** Waits until a clip can be played: until then its own controls turn a wheel. */
async function playable(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const video = document.querySelector("video");
    video.addEventListener("canplay", resolve, { once: true });
    video.preload = "auto";
    if (video.readyState >= video.HAVE_FUTURE_DATA) resolve();
  })`);
  // The wheel fades, and nothing says when it is gone.
  await page.waitForTimeout(1500);
}

function studio(situation: string, words: Words, look: Look = {}): State {
  const shown = studios[situation];
  if (!shown) throw new Error(`There is no situation of the Studio named ${situation}.`);
  const narrow = look.size === sideBar;
  return {
    name: `studio-${situation}`,
    size: panel,
    words: worded(words),
    show: (stage) => showStudio(stage, narrow ? { ...shown, place: "sidebar" } : shown),
    ...look,
  };
}

function review(
  situation: string,
  words: Words,
  look: Look = {},
  act?: Parameters<typeof showReview>[2],
): State {
  if (!(situation in reviews)) throw new Error(`There is no situation of the review named ${situation}.`);
  return {
    name: `review-${situation}`,
    size: beside,
    words: worded(words),
    show: (stage) => showReview(stage, reviews[situation], act),
    ...look,
  };
}

export const chapters: readonly Chapter[] = [
  {
    title: { en: "Asking", "zh-cn": "提出请求" },
    states: [
      studio("usual", [
        "A prompt, its model and options on the left; what has been made on the right.",
        "左侧是提示词、模型与选项，右侧是已生成的内容。",
      ]),
      studio("models", [
        "Which models can do it, what each costs, and which still needs a key. Several can be asked at once.",
        "哪些模型可以做、各需多少费用、哪些还缺密钥；可以同时选择多个。",
      ]),
      studio("improving", [
        "An improved prompt, with what it adds and takes away.",
        "改进后的提示词，标出增加与删去的部分。",
      ]),
      studio("history", [
        "Earlier prompts of this session, and drafts set aside.",
        "本次会话中用过的提示词，以及搁置的草稿。",
      ]),
      studio("dropping", [
        "A picture is dragged over the Studio: everything that takes it says so.",
        "图片被拖到工作室上方：可以接收的位置会标示出来。",
      ]),
      studio("busy", [
        "Two models at once, references in order, what stands in the way; jobs as they run and one that failed.",
        "同时使用两个模型，参考图有先后次序，并说明还缺什么；任务正在运行，其中一个失败。",
      ]),
    ],
  },
  {
    title: { en: "Finding and choosing", "zh-cn": "查找与挑选" },
    states: [
      studio("empty", ["Nothing has been made yet.", "还没有任何内容。"]),
      studio("filtered", ["The gallery, narrowed down.", "筛选后的素材库。"]),
      studio("nothing", ["A search without a result.", "没有结果的搜索。"]),
      studio("selected", [
        "Two chosen, and what can be done with both.",
        "选中两项，以及可以对它们做的操作。",
      ]),
      studio("discarded", ["Discarded, and how to take that back.", "丢弃之后，以及如何撤销。"]),
      studio("compare", ["Two side by side, moved and zoomed together.", "两张并排，一同移动与缩放。"]),
      studio("slider", ["The same two under a slider.", "同样两张用滑块比较。"]),
    ],
  },
  {
    title: { en: "One result, large", "zh-cn": "大图查看" },
    states: [
      studio("waiting", [
        "A picture that waits for a decision: its alt text, its name, the exact line, and where it goes.",
        "等待处理的图片：替代文本、文件名、将要插入的确切一行与位置。",
      ]),
      studio("placed", [
        "A picture that has landed: a link to it can be inserted once more.",
        "已放置的图片：可以再次插入指向它的链接。",
      ]),
      studio("video", [
        "A clip, frame by frame; a frame becomes the next clip’s first, its last, a reference or the poster.",
        "逐帧查看短片；一帧可以用作下一段的首帧、尾帧、参考图或封面。",
      ]),
      studio("sound", ["A sound with its waveform.", "带波形的声音。"]),
      studio("text", ["A transcript.", "一份转写文本。"]),
    ],
  },
  {
    title: { en: "Setup", "zh-cn": "设置" },
    states: [
      studio("first", [
        "Without any key: Placeholder is ready to try.",
        "还没有密钥：可以先用 Placeholder 试用。",
      ]),
      studio("setup", ["With keys: one accepted, one refused.", "已有密钥：一个被接受，一个被拒绝。"]),
      studio("untrusted", ["In a workspace that is not trusted.", "在不受信任的工作区中。"]),
    ],
  },
  {
    title: { en: "The review sheet", "zh-cn": "审阅面板" },
    states: [
      review("one", [
        "One result, with the exact line that will be inserted.",
        "一个结果，以及将要插入的确切一行。",
      ]),
      review("linked", [
        "A result that can also be used by the vendor’s link, while that lives.",
        "也可以直接使用服务商链接（在有效期内）的结果。",
      ]),
      review("four", [
        "Four results in different states, and what Easel had to change.",
        "状态各异的四个结果，以及 Easel 不得不改动的地方。",
      ]),
      review(
        "four",
        ["The same four in a grid.", "同样四个结果的网格视图。"],
        { name: "review-grid" },
        (page) => page.locator(".modes button").last().click(),
      ),
      review("streaming", [
        "Results as they come; one of four was refused.",
        "结果陆续到来；四张中有一张被拒绝。",
      ]),
      review("waiting", ["Before the first result is there.", "第一个结果到来之前。"]),
      review("failed", [
        "What went wrong, whether it cost anything, and what to do next.",
        "出了什么问题、是否产生费用、接下来怎么做。",
      ]),
      review("cancelled", ["Cancelled.", "已取消。"]),
      review("gone", ["A job that is no longer there.", "任务已不在。"]),
      review("icon", ["A picture with transparency.", "带透明背景的图片。"]),
      review("layers", ["A picture taken apart into layers.", "拆成图层的图片。"]),
      review("sound", ["A sound.", "声音。"]),
      review("transcript", ["A transcript to read and copy.", "可阅读、可复制的转写文本。"]),
      review("video", ["A clip with its frames.", "短片与它的各帧。"], {}, async (page) => {
        await page.locator('.frame:last-child canvas:not([width="0"])').waitFor();
        await playable(page);
      }),
      review("unplayable", ["A clip that the editor cannot play.", "编辑器无法播放的短片。"]),
      review("words", [
        "A long prompt, right-to-left alt text and a long file name.",
        "很长的提示词、从右到左书写的替代文本和很长的文件名。",
      ]),
    ],
  },
  {
    title: { en: "Masks and regions", "zh-cn": "蒙版与区域" },
    states: [
      {
        name: "mask-empty",
        size: beside,
        words: { en: "The mask painter, before the first stroke.", "zh-cn": "涂抹蒙版，落笔之前。" },
        show: (stage) => showMask(stage, false),
      },
      {
        name: "mask-painted",
        size: beside,
        words: { en: "What will be painted anew.", "zh-cn": "将被重新绘制的部分。" },
        show: (stage) => showMask(stage, true),
      },
      {
        name: "regions-empty",
        size: beside,
        words: { en: "The region picker, before the first mark.", "zh-cn": "标出区域，标记之前。" },
        show: (stage) => showRegions(stage, false),
      },
      {
        name: "regions-marked",
        size: beside,
        words: {
          en: "A point and two boxes that the prompt can speak of.",
          "zh-cn": "一个点和两个框，提示词中可以提到它们。",
        },
        show: (stage) => showRegions(stage, true),
      },
    ],
  },
  {
    title: { en: "In the side bar, and zoomed", "zh-cn": "侧边栏与放大显示" },
    states: [
      studio("usual", ["Asking in the side bar, 300 pixels wide.", "在 300 像素宽的侧边栏中提出请求。"], {
        name: "narrow-compose",
        size: sideBar,
      }),
      studio("selected", ["The gallery in the side bar.", "侧边栏中的素材库。"], {
        name: "narrow-gallery",
        size: sideBar,
      }),
      studio("waiting", ["A result in the side bar.", "侧边栏中的一个结果。"], {
        name: "narrow-result",
        size: sideBar,
      }),
      studio("setup", ["Setup in the side bar.", "侧边栏中的设置。"], {
        name: "narrow-setup",
        size: sideBar,
      }),
      review("one", ["The review sheet in a narrow group.", "窄编辑器组中的审阅面板。"], {
        name: "narrow-review",
        size: sideBar,
      }),
      studio("waiting", ["A result at 200 % zoom.", "放大到 200% 时的一个结果。"], {
        name: "zoomed-result",
        size: { width: 640, height: 420 },
        density: 2,
      }),
    ],
  },
];
