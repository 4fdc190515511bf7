// Languages that nobody speaks: in `double` every text is marked and twice as long, in `mirrored` all runs from right to
// left. What is not marked and not part of a scenario did not come from a language's file; what has two marks beside each
// other was put together from pieces; what hangs over has no room for other languages.
import { expect, lessonText, test } from "./page";
import { ENGLISH, type Language, speak } from "./languages";
import type { Locator, Page } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";

const STATIC = new URL("../../static/", import.meta.url);

const PAGES = ["", "#/course", "#/glossary", "#/gallery", "#/gallery/circuit-breaker", "#/gallery/order-placed", "#/gallery/click-feed"];
const WIDTHS = [1440, 390];

const words = (text: string): string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];

/** The keys and the words of the scenario language. */
const TERMS = new Set([...Object.keys(ENGLISH.term.field), ...Object.keys(ENGLISH.term.word)]);

/** What an author wrote into a file: ids and names of all kinds, and sentences. Not the keys and words of the language. */
function written(value: unknown, key = ""): string[] {
  if (typeof value === "string") return TERMS.has(value) && !["title", "label", "text", "shows"].includes(key) ? [] : words(value);
  if (Array.isArray(value)) return value.flatMap((item) => written(item, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([own, inside]) => {
    const named = ["nodes", "operations", "headers"].includes(key) || !TERMS.has(own);
    return [...(named ? words(own) : []), ...written(inside, own)];
  });
}

/** Every word that authors wrote into the files of a folder whose names fit. */
const inFiles = (folder: string, fits: (name: string) => boolean = () => true): string[] =>
  readdirSync(new URL(folder, STATIC), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(json|md)$/.test(name) && fits(name))
    .flatMap((name) => {
      const text = readFileSync(new URL(folder + name, STATIC), "utf8");
      return name.endsWith(".json") ? written(JSON.parse(text)) : words(text);
    });

const titles = (folder: string): string[] =>
  readdirSync(new URL(folder, STATIC))
    .filter((name) => name.endsWith(".json") && name !== "index.json")
    .flatMap((name) => words(JSON.parse(readFileSync(new URL(folder + name, STATIC), "utf8")).title ?? ""));

/** What authors wrote of a page. And the names of files' kinds. */
function authors(address: string): Set<string> {
  const [, kind, slug] = address.split("/");
  const files = {
    gallery: () => (slug ? [...inFiles("gallery/", (name) => name === `${slug}.json`), ...titles("gallery/")] : inFiles("gallery/")),
    lesson: () => [...inFiles(`lessons/${slug}/`), ...inFiles("lessons/", (name) => !name.includes("/"))],
    course: () => inFiles("lessons/"),
    glossary: () => inFiles("lessons/"),
  }[kind];
  // The start page has the course below its figure.
  const opening = () => ["opening/", "lessons/"].flatMap((folder) => inFiles(folder));
  return new Set((files ?? opening)().concat("png", "svg", "csv"));
}

/** Opens a page in a language. The same address again is no visit. */
async function enter(page: Page, language: Language, address: string) {
  await speak(page, language);
  await page.goto("about:blank");
  await page.goto(`./?lang=x-${language}${address}`);
}

async function visit(page: Page, language: Language, address: string, width: number) {
  await page.setViewportSize({ width, height: 900 });
  await enter(page, language, address);
  await expect(page.locator("header.top")).toBeVisible();
  await expect(page.locator(".card, .entries, [data-testid=clock]").first()).toBeVisible();
}

/** Every text of the page, and every name that only a screen reader says. */
const texts = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const walk = document.createTreeWalker(document.getElementById("app")!, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) found.push(walk.currentNode.textContent ?? "");
    for (const element of document.querySelectorAll("#app *")) {
      for (const name of ["aria-label", "title", "aria-valuetext"]) found.push(element.getAttribute(name) ?? "");
    }
    return found.filter((text) => text.trim());
  });

const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** A text without what stands between marks, one within another. */
function unmarked(text: string): string {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, " ");
  return rest === text ? text : unmarked(rest);
}

/** What of these texts comes from no language and from no author. */
function strangers(found: string[], address: string): string[] {
  const known = authors(address);
  return found.flatMap((text) =>
    // Traces have numbers, in short, and runs have digests.
    words(unmarked(text).replace(/[0-9a-f]{4}…[0-9a-f]{2}|\b[0-9a-f]{16}\b/g, " ")).filter((word) => !known.has(word)).map((word) => `${word}: ${text}`),
  );
}

/** Whether marks stand beside each other, or something beside a mark. A text that did not fit ends in dots. */
function isGlued(text: string): boolean {
  const whole = text.trim();
  let depth = 0;
  const closes = [...whole].findIndex((sign) => (depth += sign === "⟦" ? 1 : sign === "⟧" ? -1 : 0) === 0);
  return whole.includes("⟦") && !whole.endsWith("…") && (!whole.startsWith("⟦") || closes !== [...whole].length - 1);
}

for (const address of PAGES) {
  test(`every text of "${address || "the start page"}" comes from the language, and has room for twice its length`, async ({
    page,
  }) => {
    for (const width of WIDTHS) {
      await visit(page, "double", address, width);
      const found = await texts(page);
      expect(found.some((text) => text.includes("⟦"))).toBe(true);
      expect(strangers(found, address), `${width} px`).toEqual([]);
      expect(found.filter(isGlued), `${width} px`).toEqual([]);
      expect(await overhang(page), `${width} px`).toBeLessThanOrEqual(0);
    }
  });

  test(`"${address || "the start page"}" runs from right to left`, async ({ page }) => {
    for (const width of WIDTHS) {
      await visit(page, "mirrored", address, width);
      await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
      expect((await texts(page)).filter((text) => text.includes("\u202e")).length).toBeGreaterThan(5);
      expect(await overhang(page), `${width} px`).toBeLessThanOrEqual(0);
      // What is read first stands at the right: the name of the site before its pages.
      const [mark, nav] = await Promise.all([
        page.locator(".wordmark").boundingBox(),
        page.locator("header.top button").last().boundingBox(),
      ]);
      expect(mark!.x).toBeGreaterThan(nav!.x);
    }
  });
}

/** A gallery that has nothing but this scenario; of what is no JSON, itself. */
function galleryOf(scenario: string): string {
  try {
    JSON.parse(scenario);
  } catch {
    return scenario;
  }
  // As written: a key may stand there twice.
  return `{"groups": [{"group": "All", "entries": [{"slug": "one", "shows": [], "scenario": ${scenario}}]}]}`;
}

/** What the page says is wrong, how often it must, and what of that is neither from the language nor in the file. */
async function unmarkedProblems(page: Page, count: number, body: string): Promise<string[]> {
  const shown = page.getByTestId("diagnostics").getByRole("listitem");
  await expect(shown, body).toHaveCount(count);
  // Where it is wrong stands first: a path, in the words of the file.
  const texts = await shown.evaluateAll((items) => items.flatMap((item) => [...item.childNodes].slice(1).map((part) => part.textContent!)));
  const own = new Set(words(body));
  return strangers(texts, "").filter((stranger) => !own.has(stranger.split(":")[0]));
}

test("what is wrong with a scenario is said in its language", async ({ page }) => {
  test.setTimeout(180_000);
  const file = readFileSync(new URL("../scenarios/diagnostics.txt", import.meta.url), "utf8");
  let body = "";
  await page.route("**/gallery.json", (route) => route.fulfill({ body, contentType: "application/json" }));
  for (const each of file.trimEnd().split("\n\n")) {
    const [said, scenario] = [true, false].map((wanted) => each.split("\n").filter((line) => line.startsWith("> ") === wanted));
    body = galleryOf(scenario.join("\n"));
    await enter(page, "double", "#/gallery/one");
    expect(await unmarkedProblems(page, said.length, body), each).toEqual([]);
  }
});

test("what is wrong with a lesson is said in its language", async ({ page }) => {
  const lesson = JSON.parse(lessonText("cascading-failure"));
  const conditions = ["goodput(", "p99 > 9.5", "3", "breaker(gateway) open", "breaker(a→b) ajar", "succes > 3", "p99(nobody) > 3ms"];
  conditions.push("crashed(nobody)", "p99(buyers) over 0s > 1ms", `${"(".repeat(20)}1`, "ledger(lost) > 1 and", "offered(buyers) > 1/s for ever");
  lesson.claims = conditions.map((holds) => ({ text: "It holds.", at: "1s", holds }));
  Object.assign(lesson, { schema: 9, colour: "red" });
  Object.assign(lesson.steps[0].figure, { speed: 0, play: "no", do: [{}] });
  Object.assign(lesson.steps[1].predict, { choices: [], reveal: 5 });
  lesson.about.level = "genius";
  const body = JSON.stringify(lesson);
  await page.route("**/lessons/cascading-failure/lesson.json", (route) => route.fulfill({ body, contentType: "application/json" }));
  await enter(page, "double", "#/lesson/cascading-failure");
  expect(await unmarkedProblems(page, conditions.length + 8, body)).toEqual([]);
});

/** Scenarios of which every node and every link is inspected: services, queues, a log, a link with policies. */
const INSPECTED = ["circuit-breaker", "order-placed", "click-feed"];

/** Opens everything inside these that can be opened. */
async function unfold(within: Locator) {
  const closed = within.locator("details:not([open]) > summary:visible");
  for (let left = 60; left > 0; left -= 1) {
    if (!(await closed.count())) {
      // What was opened last shows what is inside a moment later.
      await within.page().evaluate(() => new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later))));
      if (!(await closed.count())) break;
    }
    await closed.first().click();
  }
  await expect(closed).toHaveCount(0);
}

for (const language of ["double", "mirrored"] as const) {
  for (const slug of INSPECTED) {
    test(`every part of "${slug}" is inspected in the language "${language}"`, async ({ page }) => {
      test.setTimeout(180_000);
      for (const width of WIDTHS) {
        await visit(page, language, `#/gallery/${slug}`, width);
        await page.getByTestId("step-second").click();
        const parts = page.getByTestId("parts A").getByRole("button");
        const count = await parts.count();
        expect(count).toBeGreaterThan(3);
        for (let at = 0; at < count; at += 1) {
          await parts.nth(at).focus();
          await page.keyboard.press("Enter");
          await expect(page.getByTestId("inspector")).toBeVisible();
          const inspector = page.getByTestId("inspector");
          await unfold(inspector);
          const shown = await inspector.evaluate((panel) => {
            const found = [panel.innerText];
            for (const text of panel.querySelectorAll("option, .about")) found.push(text.textContent ?? "");
            for (const named of panel.querySelectorAll("[aria-label]")) found.push(named.getAttribute("aria-label")!);
            return found.flatMap((text) => text.split("\n"));
          });
          if (language === "double") {
            // What is written in a scenario is in a field, and so it is no text of the page.
            expect(strangers(shown, `#/gallery/${slug}`), `part ${at} at ${width} px`).toEqual([]);
          } else {
            expect(shown.filter((text) => text.includes("\u202e")).length).toBeGreaterThan(5);
          }
          expect(await overhang(page), `part ${at} at ${width} px`).toBeLessThanOrEqual(0);
          expect(await inspector.evaluate((panel) => panel.scrollWidth - panel.clientWidth), `part ${at} at ${width} px`).toBeLessThanOrEqual(0);
          await page.keyboard.press("Escape");
        }
      }
    });
  }

  test(`charts to choose from, and traces, in the language "${language}"`, async ({ page }) => {
    test.setTimeout(90_000);
    const address = "#/gallery/circuit-breaker";
    for (const width of WIDTHS) {
      await visit(page, language, address, width);
      const play = page.getByTestId("play");
      if ((await play.getAttribute("aria-label"))!.includes("Pause")) await play.click();
      for (let seconds = 0; seconds < 4; seconds += 1) await page.getByTestId("step-second").click();
      await page.getByTestId("choose charts").click();
      await page.getByTestId("choose heatmap").check();
      await page.getByTestId("traces").locator("summary").first().click();
      await page.getByTestId("trace 1").click();
      await expect(page.getByTestId("waterfall")).toBeVisible();
      await unfold(page.locator(".charts, .traces"));
      const found = await texts(page);
      if (language === "double") expect(strangers(found, address), `${width} px`).toEqual([]);
      expect(await overhang(page), `${width} px`).toBeLessThanOrEqual(0);
    }
  });

  for (const address of ["#/lesson/the-circuit-breaker", "#/lesson/the-circuit-breaker/teacher"]) {
    test(`"${address}" in the language "${language}"`, async ({ page }) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await enter(page, language, address);
        // Not the heading of the page that waits for the program.
        await expect(page.locator("main:not(.loading) h1")).toBeVisible();
        if (!address.endsWith("teacher")) {
          const next = page.getByTestId("next");
          for (let steps = 0; steps < 20 && (await next.isEnabled()); steps += 1) {
            if (language === "double") expect(strangers(await texts(page), address), `step ${steps} at ${width} px`).toEqual([]);
            expect(await overhang(page), `step ${steps} at ${width} px`).toBeLessThanOrEqual(0);
            await next.click();
          }
        }
        const found = await texts(page);
        expect(found.filter((text) => /[⟦\u202e]/.test(text)).length).toBeGreaterThan(5);
        if (language === "double") expect(strangers(found, address), `${width} px`).toEqual([]);
        expect(await overhang(page), `${width} px`).toBeLessThanOrEqual(0);
      }
    });
  }
}
