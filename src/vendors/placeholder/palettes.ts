import type { Color } from "./scene.ts";

/** Colours that go together: background from top to bottom, four tones from near the background to far, an accent, and the label's. */
export interface Palette {
  background: readonly [Color, Color];
  tones: readonly [Color, Color, Color, Color];
  accent: Color;
  plate: Color;
  ink: Color;
}

export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

function light(background: Palette["background"], tones: Palette["tones"], accent: Color): Palette {
  return { background, tones, accent, plate: "#ffffff", ink: mix(tones[3], "#1a1a22", 0.45) };
}

function dark(background: Palette["background"], tones: Palette["tones"], accent: Color): Palette {
  return { background, tones, accent, plate: mix(background[0], "#000000", 0.3), ink: "#f4f1ea" };
}

export const palettes: Readonly<Record<Theme, readonly [Palette, ...Palette[]]>> = {
  light: [
    light(["#fdf3ea", "#f8ddcf"], ["#f2c4b0", "#e09d88", "#b06d72", "#634f6b"], "#f4b860"),
    light(["#eff7f6", "#d3e8e7"], ["#a9d2d0", "#76b0b6", "#468493", "#2b566e"], "#f6c577"),
    light(["#f5f6ee", "#e1e8d5"], ["#c0d0b1", "#96b08f", "#678a70", "#425f51"], "#eeae6b"),
    light(["#f5f2fb", "#e3dbf3"], ["#c8bbe6", "#a493d0", "#7c6bb0", "#534786"], "#ffc4a3"),
    light(["#fbf7ef", "#f1e6d3"], ["#e4d0af", "#cbad86", "#9b7e62", "#645247"], "#db7b5c"),
    light(["#f0f6fd", "#d6e6f8"], ["#b0cdef", "#80a9de", "#5080c0", "#33558c"], "#ffd58a"),
    light(["#fcf2f3", "#f4dadd"], ["#e9bcc3", "#d293a0", "#a4687c", "#664863"], "#f2c98f"),
  ],
  dark: [
    dark(["#151c30", "#26345a"], ["#33497c", "#4868a6", "#6f93cc", "#adc7ea"], "#f3d58f"),
    dark(["#21161b", "#40262e"], ["#61333a", "#914a47", "#c66f57", "#efb084"], "#ffdca8"),
    dark(["#101e1c", "#1e3832"], ["#2a5146", "#40755f", "#689f83", "#aed3b0"], "#f1e0a4"),
    dark(["#1d1729", "#352847"], ["#513b69", "#775795", "#a582be", "#d9bde2"], "#ffbd9f"),
  ],
};

/** A colour between two: 0 is the first, 1 the second. */
export function mix(one: Color, other: Color, share: number): Color {
  const [a, b] = [channels(one), channels(other)];
  const mixed = a.map((value, index) => Math.round(value + ((b[index] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Red, green and blue, each from 0 to 255. */
export function channels(color: Color): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
