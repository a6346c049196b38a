import type {
  ComposeView,
  DetailView,
  FacetView,
  GalleryQuery,
  GallerySummary,
  InputView,
  ItemView,
  OfferView,
  OptionView,
  RunningView,
  SetupView,
  SlotView,
} from "../../../src/studio/studioViews.ts";

const start = Date.UTC(2026, 10, 22, 9, 30);

const subjects = [
  "Harbour at dawn",
  "Blue door in Chefchaouen",
  "Fox in the snow",
  "雨后的竹林小径",
  "Paper boats on a pond",
  "منارة عند الغروب",
  "Isometric reading room",
  "A very long name that nobody would ever give to a file but that a model made of a prompt once",
];
const operations = ["Text to image", "Image to image", "Image to video", "Speech"];
const vendors = ["Placeholder", "Seedream", "Kling"];
const states = ["waiting", "placed", "placed", "saved", "placed"] as const;

/** The `index`-th thing that came back; some are videos, some sounds. */
export function item(index: number, part: Partial<ItemView> = {}): ItemView {
  const kind = index % 11 === 5 ? "video" : index % 17 === 9 ? "audio" : "image";
  const label = `${subjects[index % subjects.length]}${index >= subjects.length ? ` ${index}` : ""}`;
  const state = states[index % states.length] ?? "placed";
  const operation = kind === "image" ? operations[index % 2] : operations[kind === "video" ? 2 : 3];
  return {
    id: `item-${index}`,
    hash: index.toString(16).padStart(64, "0"),
    kind,
    label,
    detail: `${operation}, ${vendors[index % 3]}, ${state}, ${index} min ago`,
    state,
    at: start - index * 60_000,
    ...(kind !== "audio" && { width: 1600, height: 912 }),
    ...(kind !== "image" && { seconds: kind === "video" ? 2 : 1 }),
    src:
      kind === "video" ? "/media/clip.mp4" : kind === "audio" ? "/media/tone.wav" : `/media/${index % 4}.jpg`,
    ...(kind === "image" && { thumb: `/media/thumb-${index % 40}.jpg` }),
    ...part,
  };
}

/** Those of a query, in its order: enough of it to see that it is asked. */
export function found(items: readonly ItemView[], { text, where, batch, sort }: GalleryQuery): ItemView[] {
  const words = (text ?? "").toLowerCase();
  const fits = (each: ItemView) =>
    each.label.toLowerCase().includes(words) &&
    (batch === undefined || each.batch === batch) &&
    (where?.state ?? [each.state]).includes(each.state) &&
    (where?.kind ?? [each.kind]).includes(each.kind);
  const shown = items.filter(fits);
  return sort === "oldest" ? shown.reverse() : shown;
}

/** What a gallery of these holds. */
export function summary(items: readonly ItemView[], revision = 1): GallerySummary {
  const facet = (values: readonly string[], of: (each: ItemView) => string): FacetView[] =>
    values.map((value) => ({
      value,
      label: (value[0] ?? "").toUpperCase() + value.slice(1),
      count: items.filter((each) => of(each) === value).length,
    }));
  return {
    revision,
    total: items.length,
    waiting: items.filter(({ state }) => state === "waiting").length,
    facets: {
      kind: facet(["image", "video", "audio"], ({ kind }) => kind),
      state: facet(["waiting", "placed", "saved", "discarded", "missing"], ({ state }) => state),
      operation: [
        { value: "text-to-image", label: "Text to image", count: 12 },
        { value: "image-to-video", label: "Image to video", count: 3 },
      ],
      vendor: [
        { value: "placeholder", label: "Placeholder", count: 9 },
        { value: "seedream", label: "Seedream", count: 6 },
      ],
      folder: [
        {
          value: "static/img/a-rather-deep/folder/of-pictures",
          label: "static/img/a-rather-deep/folder/of-pictures",
          count: 8,
        },
      ],
    },
  };
}

const ratios = [
  ["1:1", 2048, 2048],
  ["4:3", 2304, 1728],
  ["3:4", 1728, 2304],
  ["16:9", 2848, 1600],
  ["9:16", 1600, 2848],
  ["21:9", 3136, 1344],
] as const;

/** One option of every kind of control. */
const options: readonly OptionView[] = [
  {
    key: "size",
    label: "Size",
    detail:
      "A name such as 2K lets the model choose the ratio from the prompt; width and height give exactly that size.",
    level: "basic",
    value: "2848x1600",
    changed: true,
    standard: "2K",
    cost: true,
    control: {
      kind: "size",
      choices: [
        { value: "2K", label: "2K" },
        ...ratios.map(([ratio, width, height]) => ({
          value: `${width}x${height}`,
          label: ratio,
          ratio,
          width,
          height,
        })),
      ],
      free: { minPixels: 3_686_400, maxPixels: 16_777_216, minRatio: 1 / 16, maxRatio: 16 },
    },
  },
  {
    key: "count",
    label: "How Many",
    detail: "How many to make at once.",
    level: "basic",
    value: 2,
    changed: false,
    standard: "1",
    cost: true,
    control: { kind: "number", integer: true, min: 1, max: 15, step: 1, unit: "images", range: "1–15" },
  },
  {
    key: "format",
    label: "Format",
    detail: "",
    level: "basic",
    value: "png",
    changed: false,
    standard: "PNG",
    cost: false,
    control: {
      kind: "choice",
      choices: [
        { value: "png", label: "PNG" },
        { value: "jpeg", label: "JPEG" },
        { value: "webp", label: "WebP" },
      ],
    },
  },
  {
    key: "seed",
    label: "Seed",
    detail: "The same seed and request may give a similar result again.",
    level: "basic",
    changed: false,
    cost: false,
    control: { kind: "seed", min: 0, max: 2_147_483_647 },
  },
  {
    key: "watermark",
    label: "Watermark",
    detail: "An “AI generated” mark in the bottom right corner. Off unless you turn it on.",
    level: "more",
    value: false,
    changed: false,
    standard: "off",
    cost: false,
    control: { kind: "toggle" },
  },
  {
    key: "voice",
    label: "Style",
    detail: "",
    level: "more",
    changed: false,
    cost: false,
    control: {
      kind: "choice",
      choices: ["Automatic", "Horizon", "Waves", "Blobs", "Arches", "Grid"].map((label) => ({
        value: label.toLowerCase(),
        label,
      })),
    },
  },
  {
    key: "strength",
    label: "Strength",
    detail: "How far it may go from the source.",
    level: "more",
    value: 1.4,
    changed: true,
    standard: "0.5",
    cost: false,
    problem: "At most 1.",
    control: { kind: "number", integer: false, min: 0, max: 1, range: "0–1" },
  },
  {
    key: "negative",
    label: "Without",
    detail: "What should not be in it.",
    level: "more",
    changed: false,
    cost: false,
    control: { kind: "text", multiline: true, maxLength: 500 },
  },
];

const offers: readonly OfferView[] = [
  {
    id: "placeholder/placeholder",
    vendor: "Placeholder",
    model: "Placeholder",
    notes: ["offline"],
    cost: "free",
    usable: true,
  },
  {
    id: "seedream/5",
    vendor: "Seedream",
    model: "Seedream 5.0",
    notes: ["up to 10 pictures", "preview"],
    cost: "about ¥0.44",
    usable: true,
  },
  {
    id: "seedream/4",
    vendor: "Seedream",
    model: "Seedream 4.0",
    notes: ["may be switched off on 2027-01-31"],
    cost: "about ¥0.40",
    usable: true,
  },
  {
    id: "kling/image",
    vendor: "Kling",
    model: "Kling Image O1",
    notes: ["up to 4 pictures"],
    cost: "about 2 units",
    usable: false,
  },
];

export function input(index: number, part: Partial<InputView> = {}): InputView {
  return {
    id: `input-${index}`,
    name: ["harbour-sketch.png", "palette.jpg", "门的照片-蓝色.webp"][index % 3] ?? "",
    kind: "image",
    src: `/media/${index % 4}.jpg`,
    facts: "1600 × 912 px, 471 KB",
    roles: [],
    ...part,
  };
}

export function slot(part: Partial<SlotView> = {}): SlotView {
  return {
    role: "reference",
    label: "Reference pictures",
    detail: "1 to 10 · PNG, JPEG, WebP · at most 10 MB each",
    kind: "image",
    min: 1,
    max: 10,
    takes: "bytes",
    inputs: [],
    ...part,
  };
}

/** Compose with a prompt and one model, ready to be sent. */
export function compose(part: Partial<ComposeView> = {}): ComposeView {
  return {
    revision: 1,
    prompt: { text: "A harbour at dawn, fishing boats, soft light", own: false, rule: "required" },
    operations: [
      {
        id: "text-to-image",
        label: "Text to Image",
        detail: "A picture from words alone.",
        output: "image",
        can: true,
      },
      {
        id: "images-to-image",
        label: "Combine Images",
        detail: "One picture from several and words.",
        output: "image",
        can: true,
      },
      {
        id: "image-to-video",
        label: "Image to Video",
        detail: "A clip that begins with a picture.",
        output: "video",
        can: true,
      },
      { id: "speech", label: "Speech", detail: "Words read aloud.", output: "audio", can: false },
      { id: "transcript", label: "Transcript", detail: "Speech as text.", output: "text", can: false },
    ],
    operation: "text-to-image",
    offers,
    chosen: ["seedream/5"],
    forms: [
      {
        offer: "seedream/5",
        title: "Seedream · Seedream 5.0",
        options: options.filter(({ problem }) => !problem),
        problems: [],
        cost: "about ¥0.44",
      },
    ],
    slots: [],
    left: [],
    ready: true,
    cost: "about ¥0.44",
    place: "README.md, line 12",
    history: [
      {
        id: "h1",
        prompt: "A harbour at dawn, fishing boats, soft light",
        operation: "Text to Image",
        at: start,
        kind: "sent",
      },
      {
        id: "h2",
        prompt: "雨后的竹林小径，晨雾，远处有灯笼",
        operation: "Text to Image",
        at: start - 600_000,
        kind: "aside",
      },
    ],
    improve: { enabled: true },
    ...part,
  };
}

/** Compose with things given to it, several models, and something wrong. */
export const busyCompose = compose({
  operation: "images-to-image",
  prompt: { text: "", own: false, rule: "required", problem: "Describe what to make first." },
  chosen: ["seedream/5", "kling/image"],
  forms: [
    {
      offer: "seedream/5",
      title: "Seedream · Seedream 5.0",
      options,
      problems: [
        { text: "Describe what to make first.", field: "prompt" },
        { text: "Strength: at most 1.", field: "strength" },
      ],
      cost: "about ¥0.44",
    },
    {
      offer: "kling/image",
      title: "Kling · Kling Image O1",
      options: options.slice(1, 3),
      problems: [{ text: "Describe what to make first.", field: "prompt" }],
      cost: "about 2 units",
    },
  ],
  slots: [
    slot({
      inputs: [
        input(0, { roles: [{ role: "source", label: "Source" }] }),
        input(1),
        input(2, { problem: "Smaller than 14 px on one side.", facts: "12 × 12 px, 1 KB" }),
      ],
    }),
    slot({ role: "mask", label: "Mask", detail: "1 picture of the source’s size", min: 0, max: 1 }),
  ],
  left: [input(3, { name: "narration.mp3", kind: "audio", facts: "0:12, 190 KB" })],
  ready: false,
  cost: "about ¥0.44 + 2 units",
});

/** Jobs on their way: one alone, two of one press, one that failed. */
export const running: readonly RunningView[] = [
  {
    jobId: "job-1",
    batch: "batch-1",
    prompt: "A harbour at dawn, fishing boats, soft light",
    operation: "Text to Image",
    maker: "Seedream 5.0",
    created: start,
    age: "12 s",
    running: true,
    stage: "2 of 4 pictures are here…",
    fraction: 0.5,
    expected: 4,
    pictures: [
      { item: "item-0", index: 0, kind: "image", src: "/media/0.jpg" },
      { item: "item-1", index: 1, kind: "image", src: "/media/1.jpg" },
    ],
    canCancel: true,
    failures: [],
    cost: "about ¥0.88",
  },
  {
    jobId: "job-2",
    batch: "batch-1",
    prompt: "A harbour at dawn, fishing boats, soft light",
    operation: "Text to Image",
    maker: "Kling Image O1",
    created: start,
    age: "12 s",
    running: true,
    stage: "Waiting in the vendor’s queue…",
    expected: 1,
    pictures: [],
    canCancel: true,
    failures: [],
    cost: "about 2 units",
  },
  {
    jobId: "job-3",
    prompt: "A fox runs through deep snow towards the camera, one long take",
    operation: "Image to Video",
    maker: "Kling 3.0",
    created: start - 400_000,
    age: "7 min",
    running: false,
    stage: "Failed",
    pictures: [],
    canCancel: false,
    failures: [
      {
        title: "Kling refused the picture",
        detail: "The vendor’s content policy does not allow this input.",
        next: "Use another picture. Nothing was charged.",
        steps: [{ id: "edit", label: "Edit and Try Again" }],
      },
    ],
    cost: "about 5 units",
  },
];

/** An item with all there is to know of it; one that waits has a job, one that has landed a place for a link. */
export function detailOf(shown: ItemView): DetailView {
  const waiting = shown.state === "waiting" || shown.state === "discarded";
  return {
    item: shown,
    ...(waiting && {
      jobId: "job-1",
      assetId: "asset-0",
      prompt: "A harbour at dawn, fishing boats, soft light",
    }),
    operation: "Text to image",
    vendor: "Seedream",
    model: "Seedream 5.0",
    facts: [
      { label: "Model", value: "Seedream 5.0" },
      { label: "Size", value: "1600 × 912 px, 471 KB" },
      { label: "Seed", value: "1927340417", copy: true },
      { label: "File", value: "static/img/a-rather-deep/folder/of-pictures/harbour-at-dawn.jpg", copy: true },
    ],
    media: { type: "image/jpeg", bytes: 482_133, playable: true },
    alt: "A harbour at dawn",
    actions: [
      ...(waiting ? [] : [{ id: "insertLink", label: "Insert a Link", icon: "insert" }]),
      { id: "useAsReference", label: "Use as Reference", icon: "references", key: "R" },
      { id: "editAgain", label: "Edit Again", icon: "edit", key: "E" },
      { id: "sameSeed", label: "Same Seed", icon: "lock" },
      { id: "copyPrompt", label: "Copy Prompt", icon: "copy" },
      { id: "copyMarkup", label: "Copy Markup", icon: "markdown" },
      { id: "reveal", label: "Reveal in the Explorer", icon: "folder-opened" },
      { id: "discard", label: "Discard", icon: "trash", key: "Delete", danger: true },
    ],
    roles: [{ role: "reference", label: "Reference pictures" }],
    frameUses:
      shown.kind === "video"
        ? [
            { use: "firstFrame", label: "As first frame" },
            { use: "lastFrame", label: "As last frame" },
            { use: "reference", label: "As reference" },
            { use: "poster", label: "As poster" },
          ]
        : [],
    ...(!waiting && { place: "README.md, line 12" }),
  };
}

/** Setup; `first`: nothing has a key yet. */
export function setup(first: boolean): SetupView {
  return {
    first,
    trusted: true,
    vendors: [
      {
        id: "placeholder",
        name: "Placeholder",
        makes: "Images, video, speech",
        needsKey: false,
        hasKey: false,
        address: "",
        test: { state: "none", text: "" },
      },
      {
        id: "seedream",
        name: "Seedream",
        makes: "Images, video",
        needsKey: true,
        hasKey: !first,
        address: "ark.cn-beijing.volces.com",
        test: first
          ? { state: "none", text: "" }
          : { state: "accepted", text: "The key was accepted just now." },
      },
      {
        id: "kling",
        name: "Kling",
        makes: "Images, video, sound",
        needsKey: true,
        hasKey: !first,
        address: "api-beijing.klingai.com",
        test: first
          ? { state: "none", text: "" }
          : { state: "rejected", text: "The key was not accepted: it has expired." },
      },
      {
        id: "gateway",
        name: "Alibaba AI Gateway",
        makes: "Images, video, speech, transcripts",
        needsKey: true,
        hasKey: false,
        address: "",
        problem: "No address is set.",
        test: { state: "none", text: "" },
      },
    ],
    outputFolder: "assets (blog: static/img)",
    recipes: false,
    placed: 0,
    privacy: [
      "Prompts and files go to the vendor you chose and nowhere else.",
      "Keys are kept in the editor’s secret store and are never shown again.",
      "Prompts are forgotten when a job is closed, unless you turn recipes on.",
      "Nothing is collected, counted or tracked.",
    ],
    ...(!first && { placed: 31 }),
  };
}
