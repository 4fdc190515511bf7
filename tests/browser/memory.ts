// A long run as fast as it goes: what memory it takes, from when everything that is kept is full.
import { clock, expect, memory, open, setSpeed } from "./page";
import type { Page } from "@playwright/test";

/** The first ten simulated minutes fill what a run keeps. */
const FULL_S = 600;
/** What the scripts' heap may differ by between two looks: what the browser itself keeps. */
const SCRIPTS = 1.5e6;

/** Runs so many simulated seconds beyond the first ten minutes; nothing may have grown since. Says what it took. */
export async function holds(page: Page, slug: string, seconds: number) {
  await open(page, `./#/gallery/${slug}`);
  await setSpeed(page, "1000×");
  const at = async (target: number) => {
    await expect.poll(() => clock(page), { timeout: 1_000_000, intervals: [100] }).toBeGreaterThan(target);
    // The meter publishes every two seconds.
    const root = page.locator("html");
    await root.evaluate((root) => root.removeAttribute("data-memory-bytes"));
    await expect(root).toHaveAttribute("data-memory-bytes", /\d/);
    const { program, scripts } = await memory(page);
    const now = await clock(page);
    console.log(
      `${slug} at ${(now / 60).toFixed(0)} simulated minutes: program ${(program / 1e6).toFixed(2)} MB, scripts ${(scripts / 1e6).toFixed(2)} MB`,
    );
    return { program, scripts, now };
  };
  const first = await at(FULL_S);
  const last = await at(first.now + seconds);
  expect(last.program - first.program, "bytes of the program's memory").toBeLessThanOrEqual(0);
  expect(last.scripts - first.scripts, "bytes of the scripts' heap").toBeLessThan(SCRIPTS);
}
