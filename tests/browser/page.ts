// What every browser test starts from: `test` with a page that is watched, and the words of the tests.
//
// Whatever a test does, it fails if the console shows an error or a warning, a script throws, a request
// fails, or a request goes to another host. Tests wait for simulated time, never for wall time: they pause
// and step, so that what they read is the same on every machine.
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";

/** What went wrong in the page, a line each. A test that provokes something takes it out of here. */
export type Complaints = string[];

export const test = base.extend<{ complaints: Complaints }>({
  complaints: [
    async ({ page, baseURL }, use) => {
      const complaints: Complaints = [];
      const home = new URL(baseURL!).origin;
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) {
          complaints.push(`console ${message.type()}: ${message.text()}`);
        }
      });
      page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (["http:", "https:", "ws:", "wss:"].includes(url.protocol) && url.origin !== home) {
          complaints.push(`request to another host: ${url.href}`);
        }
      });
      page.on("response", (response) => {
        if (response.status() >= 400) complaints.push(`status ${response.status()}: ${response.url()}`);
      });
      await use(complaints);
      expect(complaints, "what the page complained about").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Where the site's build puts the lessons' data. */
const FOLDER = new URL("../../static/pages/lessons/", import.meta.url);

/** The names of the lessons' folders. */
export const LESSONS = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** A lesson's data, as text. */
export function lessonText(slug: string): string {
  return readFileSync(new URL(`${slug}/lesson.json`, FOLDER), "utf8");
}

/** The pages that run something: the opening page and the lessons. */
export const OPENING = "./";
export const PAGES = [OPENING, ...LESSONS.map((slug) => `./#/lesson/${slug}`)];

/** Opens a page and waits until its clock is there: of a lesson, not that of the page before it. */
export async function open(page: Page, address = OPENING) {
  await page.goto(address);
  if (address.includes("#/lesson/")) await expect(page.locator(".count")).toBeVisible();
  await expect(page.getByTestId("clock")).toBeVisible();
}

/** Opens a page and stops it at time zero. */
export async function openStill(page: Page, address = OPENING) {
  await open(page, address);
  await pause(page);
  await page.getByTestId("restart").click();
  await expect.poll(() => clock(page)).toBe(0);
}

export async function pause(page: Page) {
  const play = page.getByTestId("play");
  if ((await play.getAttribute("aria-label")) === "Pause") await play.click();
  await expect(play).toHaveAttribute("aria-label", "Play");
}

export async function play(page: Page) {
  const play = page.getByTestId("play");
  if ((await play.getAttribute("aria-label")) === "Play") await play.click();
  await expect(play).toHaveAttribute("aria-label", "Pause");
}

/** The simulated time that the clock shows, in seconds. */
export async function clock(page: Page): Promise<number> {
  return seconds(await page.getByTestId("clock").innerText());
}

/** Seconds of a text such as `01:02.500`. */
export function seconds(text: string): number {
  return text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

/**
 * Steps a paused page to the first event at or after an instant: by whole seconds as far as they go, then by
 * single events; or by events only, which reach the same one from wherever they start.
 */
export async function stepTo(page: Page, target: number, by: "second" | "event" = "second") {
  const reached = await page.evaluate(async ([target, by]) => {
    const part = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`)!;
    const now = () => part("clock").textContent!.split(":").reduce((sum, each) => sum * 60 + Number(each), 0);
    for (let steps = 0; now() < target && steps < 5000; steps += 1) {
      part(by === "second" && now() + 1 <= target ? "step-second" : "step").click();
      await new Promise((written) => setTimeout(written));
    }
    return now();
  }, [target, by] as const);
  expect(reached, "the simulated time that stepping reaches").toBeGreaterThanOrEqual(target);
}

/** Everything that the page says in words about the run: the clock, the summaries, the tables of the charts. */
export async function facts(page: Page): Promise<string> {
  const text = await page.evaluate(async () => {
    for (const closed of document.querySelectorAll<HTMLElement>(".chart > details:not([class]):not([open]) > summary")) closed.click();
    // A table is written when its turn comes, on a busy machine not at once.
    const written = () => [...document.querySelectorAll(".chart > details[open]:not([class])")].every((open) => open.querySelector("tr"));
    for (let waits = 0; waits < 200 && !written(); waits += 1) await new Promise((later) => setTimeout(later, 10));
    const parts = document.querySelectorAll<HTMLElement>("[data-testid=clock],[data-testid^=summary],table tr");
    return [...parts].map((part) => [...part.querySelectorAll("td,li,p")].map((cell) => cell.textContent).join(" | ") || part.textContent).join("\n");
  });
  expect(text.split("\n").length, "facts on the page").toBeGreaterThan(10);
  return text;
}

/** Waits until so many frames have been painted; by ten everything that changed has been. */
export async function frames(page: Page, count = 10) {
  await page.evaluate(async (count) => {
    for (let at = 0; at <= count; at += 1) await new Promise(requestAnimationFrame);
  }, count);
}

/** The picture of a canvas. */
export async function picture(canvas: Locator): Promise<string> {
  return canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
}

/** How many of its workers a service of a variant has, and how many of them are blocked. */
export async function workers(page: Page, variant: "A" | "B", service: string) {
  const text = await sentence(page, variant, service);
  const found = /(\d+) of (\d+) workers? (blocked|busy)/.exec(text);
  expect(found, `workers in “${text}”`).not.toBeNull();
  return { blocked: found![3] === "blocked" ? Number(found![1]) : 0, all: Number(found![2]) };
}

/** What a variant's summary says about a node. */
export async function sentence(page: Page, variant: "A" | "B", node: string): Promise<string> {
  const line = page.getByTestId(`summary ${variant}`).getByRole("listitem").filter({ hasText: `${node}:` });
  return (await line.textContent()) ?? "";
}

/** A number per second of a variant: `good`, `failed` or `offered` answers of its clients. */
export async function rate(page: Page, variant: "A" | "B", which: "good" | "failed" | "offered"): Promise<number> {
  const text =
    which === "offered" ? await sentence(page, variant, "Shoppers") : await page.getByTestId(`${which} ${variant}`).textContent();
  const found = /([\d.,]+)\s*(k?)\/s/.exec(text ?? "");
  expect(found, `a rate in “${text}”`).not.toBeNull();
  return Number(found![1].replace(",", "")) * (found![2] ? 1000 : 1);
}

const GALLERY: { entries: { slug: string }[] }[] = JSON.parse(
  readFileSync(new URL("../../static/gallery/index.json", import.meta.url), "utf8"),
);

/** The names of the ready scenarios. */
export const SLUGS = GALLERY.flatMap((group) => group.entries.map((entry) => entry.slug));

/** Sets the speed of playback, such as `1000×`. */
export async function setSpeed(page: Page, speed: string) {
  await page.getByTestId("speed").selectOption(speed);
}

/** The bytes of the program's memory and, once nothing unused is left, of the scripts' heap. */
export async function memory(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  await session.detach();
  const scripts = metrics.find((metric) => metric.name === "JSHeapUsedSize")!.value;
  const program = Number(await page.locator("html").getAttribute("data-memory-bytes"));
  return { program, scripts };
}

/** Throws unless every message that came into being is accounted for, in every variant. */
export async function balance(page: Page) {
  const ledgers = await page.locator("html").getAttribute("data-ledger");
  for (const ledger of ledgers?.split(";").filter(Boolean) ?? []) {
    const [created, ...ends] = ledger.split(" ").map(Number);
    expect(ends.reduce((sum, each) => sum + each), `the ends of ${created} messages: ${ledger}`).toBe(created);
  }
  return ledgers;
}
