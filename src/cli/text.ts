import { EN, type Text } from "./text-en.ts";
import { KO } from "./text-ko.ts";

export type { Text } from "./text-en.ts";

export const TEXTS: Record<"en" | "ko", Text> = { en: EN, ko: KO };
