// Somebody who presses whatever is there: random actions by keyboard and pointer, the same ones for the same seed.
//
// The actions are the same, the page is not quite: how far a run is when a button is pressed depends on the machine.
import { balance, clock, expect, LESSONS, memory, SLUGS } from "./page";
import type { Page } from "@playwright/test";

/** Everything that can be pressed, turned, chosen or written to. */
const CONTROLS = "button, a[href], select, input, textarea, summary, canvas, [role=img], [role=slider], [role=button], [tabindex]";

const KEYS = [
  "Space", "Tab", "Tab", "Shift+Tab", "Enter", "Escape", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown",
  "Shift+ArrowLeft", "Shift+ArrowRight", "Home", "End", "PageUp", "PageDown", "r", "?", "1", "2", "3", "4", "9", "Delete",
  "+", "-", "[", "]", "c", "t", "x", "/", "a",
];

/** What somebody writes into a field. */
const TEXTS = ["", "7", "0", "-1", "1e300", "999999999999999999999", "circuit", "½ ∑ 漢字", "<b>", " ".repeat(200)];

/** Most bytes of the program's memory, whatever was pressed: what a session keeps of its past, several times over. */
const MOST_PROGRAM = 512 << 20;
const MOST_SCRIPTS = 96 << 20;

/** Chance from a seed (mulberry32): numbers from 0 to 1. */
function chance(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The seed that SEED names, or a new one. */
export const seed = () => Number(process.env.SEED ?? Math.floor(Math.random() * 1e6));

/** Does so many random things to the page; then it must live, and every message be accounted for. */
export async function clickAbout(page: Page, seed: number, actions: number) {
  console.log(`${actions} actions with SEED=${seed}`);
  const random = chance(seed);
  const below = (end: number) => Math.floor(random() * end);
  const among = <T>(all: readonly T[]) => all[below(all.length)];
  const route = () =>
    among([
      "#/", `#/lesson/${among(LESSONS)}`, `#/gallery/${among(SLUGS)}`, `#/gallery/${among(SLUGS)}`,
      `#/gallery/${among(SLUGS)}/${among(SLUGS)}`, "#/gallery", "#/model", "#/no/such/page",
    ]);
  // The page's own chance too.
  await page.addInitScript((seed) => {
    crypto.getRandomValues = <T>(array: T) => {
      for (const at of (array as Uint8Array).keys()) (array as Uint8Array)[at] = (seed = (seed * 69069 + 1) >>> 0) >>> 24;
      return array;
    };
  }, seed);
  page.on("download", (download) => download.cancel());
  await page.goto("./" + route());
  const done: string[] = [];
  for (let action = 0; action < actions; action += 1) {
    const did = await act();
    done.push(`${action}: ${did}`);
    const stopped = await page.evaluate(() => document.querySelector<HTMLTextAreaElement>(".stopped textarea")?.value);
    expect(stopped, `the program after\n${done.slice(-25).join("\n")}\n`).toBeUndefined();
    if (action % 50 === 49) await balance(page);
  }
  await recovers();

  /** One action, in words. */
  async function act(): Promise<string> {
    const kind = random();
    if (kind < 0.04) {
      const to = route();
      await page.evaluate((to) => void (location.hash = to), to);
      return `goes to ${to}`;
    }
    if (kind < 0.06) {
      const [width, height] = [360 + below(1241), 400 + below(700)];
      await page.setViewportSize({ width, height });
      return `${width} × ${height} pixels`;
    }
    if (kind < 0.09) {
      const by = below(2000) - 1000;
      await page.mouse.wheel(0, by);
      return `wheel ${by}`;
    }
    if (kind < 0.1) {
      const reducedMotion = among(["reduce", "no-preference"] as const);
      await page.emulateMedia({ reducedMotion, colorScheme: among(["dark", "light"] as const) });
      return `motion: ${reducedMotion}`;
    }
    if (kind < 0.35) {
      const key = among(KEYS);
      await page.keyboard.press(key);
      return `key ${key}`;
    }
    return pointer(kind < 0.45 ? "canvas, [role=img], [data-testid=timeline]" : CONTROLS);
  }

  /** Something with one of the visible controls. */
  async function pointer(wanted: string): Promise<string> {
    const [pick, value] = [random(), random()];
    const target = await page.evaluate(
      ([wanted, pick, value]) => {
        const here = (link: Element) => !(link instanceof HTMLAnchorElement) || link.origin === location.origin;
        const all = [...document.querySelectorAll<HTMLElement>(wanted)].filter((each) => each.checkVisibility() && here(each));
        const found = all[Math.floor(pick * all.length)];
        if (!found) return null;
        found.scrollIntoView({ block: "center", behavior: "instant" });
        const { x, y, width, height } = found.getBoundingClientRect();
        const name = `${found.tagName} ${found.dataset.testid ?? found.getAttribute("aria-label") ?? found.textContent?.slice(0, 30)}`;
        if (found instanceof HTMLSelectElement) {
          // The list of a select is no part of the page: chosen without it.
          found.selectedIndex = Math.floor(value * found.options.length);
          found.dispatchEvent(new Event("change", { bubbles: true }));
          return { x, y, width, height, name: `${name} = ${found.value}`, kind: "chosen" };
        }
        const writes = found instanceof HTMLTextAreaElement || (found instanceof HTMLInputElement && !["range", "checkbox", "radio"].includes(found.type));
        const drags = (found instanceof HTMLInputElement && found.type === "range") || found instanceof HTMLCanvasElement;
        return { x, y, width, height, name, kind: writes ? "writes" : drags ? "drags" : "pressed" };
      },
      [wanted, pick, value] as const,
    );
    if (!target) return "nothing to press";
    const place = () => [target.x + random() * target.width, target.y + random() * target.height] as const;
    const from = place();
    if (target.kind === "chosen") return target.name;
    if (target.kind === "drags" && random() < 0.6) {
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(...place(), { steps: 4 });
      await page.mouse.up();
      return `drags on ${target.name}`;
    }
    await page.mouse.click(...from, { clickCount: random() < 0.1 ? 2 : 1 });
    if (target.kind !== "writes") return `presses ${target.name}`;
    const text = among(TEXTS);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(text);
    await page.keyboard.press("Enter");
    return `writes “${text.slice(0, 30)}” to ${target.name}`;
  }

  /** Whatever happened: time passes again, nothing is lost, and memory has its bounds. */
  async function recovers() {
    const last = `after\n${done.slice(-25).join("\n")}\n`;
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 1280, height: 800 });
    if (!(await page.getByTestId("clock").isVisible())) {
      await page.evaluate(() => void (location.hash = "#/gallery/circuit-breaker"));
      await expect(page.getByTestId("clock"), last).toBeVisible();
    }
    // A run may have come to its bounds: that is said, and it can begin anew.
    if (await page.getByTestId("halted").count()) await page.getByTestId("restart").click();
    await page.getByTestId("speed").selectOption("1×");
    // On the way to another moment it does not pass by itself: pausing ends that.
    await page.evaluate(() => {
      const press = () => document.querySelector<HTMLElement>("[data-testid=play]")!;
      if (press().getAttribute("aria-label") === "Play") press().click();
    });
    const before = await clock(page);
    await expect.poll(() => clock(page), last).not.toBe(before);
    // The meter publishes every two seconds.
    await page.waitForTimeout(2_500);
    await expect.poll(() => balance(page), last).toMatch(/^\d/);
    console.log(`ledgers: ${await balance(page)}`);
    const { program, scripts } = await memory(page);
    console.log(`memory: program ${(program / 1e6).toFixed(1)} MB, scripts ${(scripts / 1e6).toFixed(1)} MB`);
    expect(program, last).toBeLessThan(MOST_PROGRAM);
    expect(scripts, last).toBeLessThan(MOST_SCRIPTS);
  }
}
