/** Voices of Qwen3-TTS by their names on the wire; some speak a dialect (contract §3.6 and the vendor's voice list). */
export const qwenVoices = [
  "Cherry",
  "Serena",
  "Ethan",
  "Chelsie",
  "Momo",
  "Vivian",
  "Moon",
  "Maia",
  "Kai",
  "Nofish",
  "Bella",
  "Jennifer",
  "Ryan",
  "Katerina",
  "Elias",
  "Jada",
  "Dylan",
  "Sunny",
  "Li",
  "Marcus",
  "Roy",
  "Peter",
  "Rocky",
  "Kiki",
  "Eric",
] as const;

/** Voices of CosyVoice 3; there are many more, and cloned ones, which go by their names. */
export const cosyVoices = ["longanyang", "longanhuan"] as const;

/** Languages as Qwen3-TTS names them (contract §3.6). */
export const speechLanguages = [
  "Auto",
  "Chinese",
  "English",
  "German",
  "Italian",
  "Portuguese",
  "Spanish",
  "Japanese",
  "Korean",
  "French",
  "Russian",
] as const;
