// What a reader does with keys alone: reach a thing, let time pass, press a fault, move a slider.
import { readFileSync } from "node:fs";
import { clock, expect, lessonText } from "./page";
import type { Locator, Page } from "@playwright/test";

/** A row of the page's table of keys (`src/ui/msg/keys/table.rs`); a native test holds the file current. */
export type Row = { id: string; keys: string[]; shown: string; does: string };
export const TABLE: Row[] = JSON.parse(readFileSync(new URL("keys.json", import.meta.url), "utf8"));

/** The keys of a row, by its name: the first one, or the n-th from 0. */
export function key(id: string, at = 0): string {
  const row = TABLE.find((row) => row.id === id);
  if (!row?.keys[at]) throw new Error(`the table of keys has no ${at}th key of ${id}`);
  return row.keys[at];
}

/** A lesson's data. */
export const read = (slug: string): any => JSON.parse(lessonText(slug));

/** Whether a task is done. */
export const isDone = async (box: Locator) => (await box.locator("[role=status]").textContent()) === "done";

/** "5100ms" and "5.1s" in seconds. */
export function seconds(text: string): number {
  const [, value, unit] = /^([\d.]+)(ms|s|m)$/.exec(text)!;
  return Number(value) * { ms: 0.001, s: 1, m: 60 }[unit as "ms" | "s" | "m"];
}

/** "790 ms", "2s", "10 %", "30/s", 0.1 and "none" as numbers that can be compared. */
function figure(text: string): number {
  const [, value, unit] = /^([\d.]+)(ms|s|m|%|\/s)?$/.exec(text.replace(/[\s,]/g, "")) ?? [];
  if (value === undefined) return Number.POSITIVE_INFINITY;
  return Number(value) * ({ ms: 0.001, m: 60, "%": 0.01 }[unit as "ms"] ?? 1);
}

/** Presses Tab until a thing has the focus, forwards or, where it is before, backwards. */
export async function reach(page: Page, wanted: Locator) {
  const where = () =>
    wanted.evaluate((element) => {
      const now = document.activeElement!;
      if (element === now) return 0;
      return now === document.body || now.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING ? 1 : -1;
    });
  const way = (await where()) < 0 ? "Shift+Tab" : "Tab";
  for (let presses = 0; presses < 250; presses += 1) {
    if ((await where()) === 0) return;
    await page.keyboard.press(way);
  }
  throw new Error(`Tab does not reach ${wanted}`);
}

/** Keys that steer time belong to a slider that has the focus: then to the nearest button. */
async function leave(page: Page) {
  for (let presses = 0; presses < 20; presses += 1) {
    const slider = await page.evaluate(() => document.activeElement!.matches("input, [role=slider], [role=img]"));
    if (!slider) return;
    await page.keyboard.press("Shift+Tab");
  }
}

/** Time stands still. */
export async function settle(page: Page) {
  await leave(page);
  const play = page.getByTestId("play");
  // On a button the space bar would press that: an arrow stops time as well.
  if ((await play.getAttribute("aria-label")) === "Pause") await page.keyboard.press(key("step-event"));
  await expect(play).toHaveAttribute("aria-label", "Play");
}

/** Steps to an instant: by seconds as far as they go, then by events. */
export async function passTo(page: Page, target: number) {
  await leave(page);
  for (let steps = 0; steps < 3000; steps += 1) {
    const now = await clock(page);
    if (now >= target) return;
    const whole = Math.floor(target - now + 1e-9);
    for (let each = 0; each < whole; each += 1) await page.keyboard.press(key("step-second"));
    if (whole === 0) await page.keyboard.press(key("step-event"));
  }
  throw new Error(`time does not come to ${target}`);
}

/** What a reader does for deeds: the faults that one button begins or ends are one press of it. */
export function presses(lesson: any, deeds: any[]): any[] {
  const faults = (button: any): string[] => [button.fault].flat().map((fault) => JSON.stringify(fault));
  const done: any[] = [];
  for (let next = 0; next < deeds.length; ) {
    const deed = deeds[next];
    const kind = deed.inject ? "inject" : "heal";
    const same = (fault: string, at: number) => deeds[next + at]?.at === deed.at && JSON.stringify(deeds[next + at][kind]) === fault;
    const is = (button: any) => faults(button).every(same) && (deed.heal || button.for === deed.for);
    const found = deed[kind] ? lesson.faults.filter(is) : [];
    const button = found.sort((a: any, b: any) => faults(b).length - faults(a).length)[0];
    done.push({ ...deed, button });
    next += button ? faults(button).length : 1;
  }
  return done;
}

/** Does one of these: a fault by its digit or its button, a setting by its slider. */
export async function act(page: Page, lesson: any, step: any, deed: any, byDigit: boolean) {
  if (deed.inject ?? deed.heal) {
    const at = lesson.faults.indexOf(deed.button);
    const shown: number[] = step.figure.faults ?? [...lesson.faults.keys()];
    const button = page.getByTestId(`fault ${at + 1}`);
    if (!byDigit) await reach(page, button);
    await page.keyboard.press(byDigit ? key("fault", shown.indexOf(at)) : "Enter");
    await expect(button).toHaveAttribute("aria-pressed", String(!deed.heal));
    return;
  }
  const slider = page.getByTestId(`knob ${deed.set}`);
  await reach(page, slider);
  const text = async () => (await slider.getAttribute("aria-valuetext"))!;
  const shown = async () => figure(await text());
  const wanted = figure(String(deed.to));
  // What is shown is rounded to its last digit.
  const near = async () => {
    const [digits] = /[\d.]+/.exec(await text()) ?? [""];
    const last = 10 ** -(digits.split(".")[1]?.length ?? 0) * (figure(await text()) / Number(digits));
    return Math.abs((await shown()) - wanted) <= Math.min(0.5 * last, 0.025 * wanted) + 1e-9;
  };
  const arrow = (await shown()) < wanted ? "ArrowRight" : "ArrowLeft";
  for (let presses = 0; presses < 130 && !(await near()); presses += 1) await page.keyboard.press(arrow);
  expect(await near(), `a place of ${deed.set} for ${deed.to}`).toBe(true);
}
