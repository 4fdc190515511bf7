// A long run as fast as it goes: what memory it takes, from when everything that is kept is full.
import { clock, expect, memory, open, pause, play, setSpeed } from "./page";
import type { Page } from "@playwright/test";

/** The first ten simulated minutes fill what a run keeps. */
const FULL_S = 600;
/** By how much of itself memory may grow after that: a histogram gets a little longer with a latency beyond all before. */
const SHARE = 1 / 8;
/** What a run keeps of its past may always weigh so much, however light it was after ten minutes (`session/checkpoints`). */
const PAST = 4 << 20;

/** Runs so many simulated seconds beyond the first ten minutes; hardly anything may have grown since. Says what it took. */
export async function holds(page: Page, slug: string, seconds: number) {
  await open(page, `./#/gallery/${slug}`);
  await setSpeed(page, "1000×");
  const at = async (target: number) => {
    await expect.poll(() => clock(page), { timeout: 1_000_000, intervals: [50] }).toBeGreaterThan(target);
    // A run that stands has published what it takes.
    await pause(page);
    const { program, scripts } = await memory(page);
    const now = await clock(page);
    await play(page);
    console.log(
      `${slug} at ${(now / 60).toFixed(0)} simulated minutes: program ${(program / 1e6).toFixed(2)} MB, scripts ${(scripts / 1e6).toFixed(2)} MB`,
    );
    return { program, scripts, now };
  };
  const first = await at(FULL_S);
  const last = await at(first.now + seconds);
  expect(first.program).toBeGreaterThan(0);
  expect(last.program, "bytes of the program's memory").toBeLessThan(first.program * (1 + SHARE) + PAST);
  expect(last.scripts, "bytes of the scripts' heap").toBeLessThan(first.scripts * (1 + SHARE));
}
