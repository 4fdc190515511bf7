// The work of a frame and the simulation's part of it, for every ready scenario and every lesson (its last step, which
// shows both variants and all sliders): at 1×, at its own speed where that is another, and at SPEED, which is as fast as
// it goes unless it is said. FRAMES=slug,slug measures only these.
import { expect, LESSONS, lessonText, open, setSpeed, SLUGS, test } from "./page";
import type { Page } from "@playwright/test";
import { loadavg } from "node:os";

/** What is to be reached, in milliseconds: for a frame, for the simulation in it. */
const FRAME_MS = 16.7;
const SLICE_MS = 8;

/** The meter publishes every two seconds: the second time it has seen three to four seconds. */
const TELLINGS = 2;

const FASTEST = process.env.SPEED ?? "1000×";
const chosen = process.env.FRAMES?.split(",") ?? [...SLUGS, ...LESSONS];

interface Row {
  slug: string;
  speed: string;
  median: number;
  p99: number;
  slice: number;
  longest: number;
  behind: string;
}

/** Opens what is to be measured. */
async function show(page: Page, slug: string) {
  await page.goto("about:blank");
  if (!LESSONS.includes(slug)) return open(page, `./#/gallery/${slug}`);
  await open(page, `./#/lesson/${slug}`);
  for (let left = JSON.parse(lessonText(slug)).steps.length; left > 1; left -= 1) await page.getByTestId("next").press("Enter");
}

async function measure(page: Page, slug: string, speed: string): Promise<Row> {
  const figures = await page.evaluate(async (tellings) => {
    const root = document.documentElement;
    for (let told = 0; told < tellings; told += 1) {
      root.removeAttribute("data-longest-slice-ms");
      while (!root.hasAttribute("data-longest-slice-ms")) await new Promise((later) => setTimeout(later, 50));
    }
    return ["p50-frame-ms", "p99-frame-ms", "p99-slice-ms", "longest-slice-ms"].map((name) => Number(root.getAttribute(`data-${name}`)));
  }, TELLINGS);
  const [median, p99, slice, longest] = figures;
  const said = page.locator(".behind");
  const behind = (await said.count()) ? (await said.textContent())! : "";
  return { slug, speed, median, p99, slice, longest, behind };
}

test("how long frames take", async ({ page }) => {
  const rows: Row[] = [];
  console.log(`load of the machine: ${loadavg()[0].toFixed(1)}; milliseconds:`);
  const said = ["scenario".padEnd(24), "speed".padStart(6), ...["p50", "p99", "slice p99", "longest"].map((each) => each.padStart(10))];
  console.log(said.join(""));
  for (const slug of chosen) {
    await show(page, slug);
    const own = await page.getByTestId("speed").evaluate((select: HTMLSelectElement) => select.selectedOptions[0].label);
    for (const speed of new Set(["1×", own, FASTEST])) {
      await show(page, slug);
      await setSpeed(page, speed);
      const row = await measure(page, slug, speed);
      rows.push(row);
      const figures = [row.median, row.p99, row.slice, row.longest].map((figure) => figure.toFixed(1).padStart(10));
      console.log([slug.padEnd(24), speed.padStart(6), ...figures, "  ", row.behind].join(""));
    }
  }
  const over = rows.filter((row) => row.p99 > FRAME_MS || row.slice > SLICE_MS);
  console.log(`${over.length} of ${rows.length} over: ${over.map((row) => `${row.slug} ${row.speed}`).join(", ")}`);
  console.log(`load of the machine at the end: ${loadavg()[0].toFixed(1)}`);
  expect(rows.length).toBeGreaterThan(0);
});
