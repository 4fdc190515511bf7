// Languages that nobody speaks, made of the English texts: they prove that every text comes from the language's file, and
// that the page has room for others.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

const texts = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../static/texts/${name}.json`, import.meta.url), "utf8"));

export const ENGLISH = { ...texts("en"), ...texts("about") };

/** Twice as long and marked, or from right to left. */
export type Language = "double" | "mirrored";

/** Numbers with their units, and lists, are no longer in any language. */
const AS_LONG = ["unit", "list"];

/** The letters of a message: what stands in no braces. Braces between apostrophes are rare: such a text stays as it is. */
function letters(message: string): string {
  if (message.includes("'{") || message.includes("'}")) return "";
  let depth = 0;
  return [...message].filter((sign) => {
    depth += sign === "{" ? 1 : 0;
    const outside = depth === 0;
    depth -= sign === "}" ? 1 : 0;
    return outside;
  }).join("");
}

const change: Record<Language, (message: string, group: string) => string> = {
  double: (message, group) => (AS_LONG.includes(group) ? `⟦${message}⟧` : `⟦${message}·${letters(message)}⟧`),
  // Overridden to run from right to left: as long as it was, and none of it where it was.
  mirrored: (message) => `\u202e${message}\u202c`,
};

function inside(value: any, language: Language, group: string): any {
  if (typeof value === "string") return change[language](value, group);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inside(inner, language, group)]));
}

/** The file of such a language. */
function file(language: Language): string {
  const groups = Object.entries(ENGLISH).map(([group, value]) => [group, inside(value, language, group)]);
  const direction = language === "mirrored" ? "rtl" : "ltr";
  const facts = { ...ENGLISH.language, tag: `x-${language}`, direction };
  return JSON.stringify({ ...Object.fromEntries(groups), language: facts });
}

/** From here on the site has such a language: `?lang=x-double`, `?lang=x-mirrored`. */
export async function speak(page: Page, language: Language) {
  const body = file(language);
  await page.route(`**/texts/x-${language}.json`, (route) => route.fulfill({ body, contentType: "application/json" }));
}
