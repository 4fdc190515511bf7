// A long run as fast as it goes: what memory it takes, from when everything that is kept is full.
import { clock, expect, memory, open, pause, play, setSpeed } from "./page";
import type { Page } from "@playwright/test";

/** The first ten simulated minutes fill what a run keeps. */
const FULL_S = 600;
/**
 * By how much of itself the program's memory may grow after that, and by how many bytes besides: it never gives back what
 * it once had, and a histogram gets longer when a latency comes that was not there before. It is for no hole: after ten
 * minutes checkpoints leave a quarter of their room free, and they all find their places in it.
 */
const SHARE = 1 / 64;
const HOLES = 1 << 18;
/** By how much the scripts' heap may: what looking at the page leaves in it. */
const SCRIPTS = 1 << 20;
/** At so many parts of the way it is looked, the last one at its end. */
const LOOKS = 4;

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
  expect(first.program).toBeGreaterThan(0);
  let last = first;
  for (let look = 1; look <= LOOKS; look += 1) last = await at(first.now + (seconds * look) / LOOKS);
  expect(last.program, "bytes of the program's memory").toBeLessThan(first.program * (1 + SHARE) + HOLES);
  expect(last.scripts, "bytes of the scripts' heap").toBeLessThan(first.scripts + SCRIPTS);
}
