// A person's own systems: kept while one works, there again after the tab was closed, never overwritten, never HTML.
import AxeBuilder from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import { clock, expect, open, openStill, pause, stepTo, test } from "./page";
import type { FileChooser, Page } from "@playwright/test";

const SCENARIO = readFileSync(new URL("../../static/gallery/circuit-breaker.json", import.meta.url), "utf8");
const GALLERY = "./#/gallery/circuit-breaker";
const MINE = "./#/mine";

/** Keeps the gallery's circuit breaker, standing still; gives its address. */
async function keepOne(page: Page) {
  await openStill(page, GALLERY);
  await page.getByTestId("keep").click();
  await expect(page).toHaveURL(/#\/mine\/[0-9a-f]{16}$/);
  await expect.poll(() => stored(page)).toBe(1);
  return page.url();
}

/** How many systems the database has. */
async function stored(page: Page): Promise<number> {
  return (await texts(page)).length;
}

/** The texts that the database has. */
async function texts(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const asked = indexedDB.open("cascade");
        asked.onsuccess = () => {
          const database = asked.result;
          if (!database.objectStoreNames.contains("systems")) {
            database.close();
            return resolve([]);
          }
          const all = database.transaction("systems").objectStore("systems").getAll();
          all.onsuccess = () => (database.close(), resolve(all.result));
        };
      }),
  );
}

/** The first node's setting that has a slider. */
const knob = (page: Page) => page.locator(".knob input").first();

async function change(page: Page) {
  await knob(page).focus();
  await page.keyboard.press("ArrowRight");
}

async function drop(page: Page, name: string, content: string) {
  const data = await page.evaluateHandle(([name, content]) => {
    const data = new DataTransfer();
    data.items.add(new File([content], name, { type: "application/json" }));
    return data;
  }, [name, content] as const);
  await page.dispatchEvent("body", "dragover", { dataTransfer: data });
  await expect(page.getByTestId("drop")).toBeVisible();
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await expect(page.getByTestId("drop")).toHaveCount(0);
}

async function paste(page: Page, text: string) {
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

test("a run that was changed is there again after the tab was closed, at the same moment", async ({ page, context }) => {
  const address = await keepOne(page);
  await stepTo(page, 3);
  await change(page);
  const value = await knob(page).inputValue();
  await stepTo(page, 5);
  const [at, ledger] = [await clock(page), await page.locator("html").getAttribute("data-ledger")];
  // In the middle: nothing had a second to be kept in.
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto(MINE);
  await again.getByTestId("go-on").click();
  await expect(again).toHaveURL(address);
  await expect.poll(() => clock(again)).toBe(at);
  await expect(knob(again)).toHaveValue(value);
  await expect(again.locator("html")).toHaveAttribute("data-ledger", ledger!);
});

test("two tabs with the same system do not overwrite each other", async ({ page, context }) => {
  const address = await keepOne(page);
  const other = await context.newPage();
  await open(other, address);
  await expect(other.getByText("Kept in this browser")).toBeVisible();
  await stepTo(other, 2);
  await expect.poll(async () => JSON.parse((await texts(other))[0]).count).toBe(2);
  await page.bringToFront();
  await stepTo(page, 4);
  await expect(page.getByTestId("notices")).toContainText("Another tab changed this system too");
  await expect(page).not.toHaveURL(address);
  await expect.poll(() => stored(page)).toBe(2);
  const times = (await texts(page)).map((text) => Math.floor(JSON.parse(text).record.now / 1e9)).sort();
  expect(times).toEqual([2, 4]);
});

test("a quota that is reached is said, once, and all goes on", async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await openStill(page, GALLERY);
  await page.getByTestId("keep").click();
  await expect(page.getByRole("alert").filter({ hasText: "no room left" })).toBeVisible();
  await page.getByTestId("dismiss").click();
  await change(page);
  await stepTo(page, 2);
  await page.waitForTimeout(1500);
  await expect(page.getByTestId("notices")).toHaveCount(0);
  await page.goto(MINE);
  await expect(page.getByTestId("kept")).toHaveCount(1);
});

test("where storage is refused, systems last for the visit", async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("not here", "SecurityError");
    };
    Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("not here", "SecurityError"); } });
  });
  await page.goto(MINE);
  await expect(page.getByRole("alert")).toContainText("doesn't let Cascade keep anything");
  await drop(page, "mine.cascade.json", SCENARIO);
  await expect(page.getByTestId("stage A")).toBeVisible();
  await page.getByRole("link", { name: "My systems" }).first().click();
  await expect(page.getByTestId("kept")).toHaveCount(1);
  await page.getByTestId("go-on").click();
  await expect(page.getByTestId("stage A")).toBeVisible();
});

test("a file that is dropped opens; one that is no system says what is wrong, and the page goes on", async ({ page }) => {
  await open(page);
  await drop(page, "photo.png", "\u0089PNG\r\n");
  await expect(page.getByTestId("notices")).toContainText("“photo.png” couldn't be opened");
  await drop(page, "shop.json", SCENARIO.replace('"workers"', '"wrokers"'));
  await expect(page.getByTestId("notices")).toContainText("wrokers");
  await expect(page.getByTestId("notices")).not.toContainText("photo.png");
  await drop(page, "large.json", " ".repeat(2 << 20));
  await expect(page.getByTestId("notices")).toContainText("larger than 1 MiB");
  const before = await clock(page);
  await expect.poll(() => clock(page)).toBeGreaterThan(before);
  await drop(page, "<img src=x onerror=alert(1)>.json", JSON.stringify({ ...JSON.parse(SCENARIO), title: "<b>Bold</b>" }));
  await expect(page.getByRole("heading", { level: 1, name: "<b>Bold</b>" })).toBeVisible();
  await page.goto(MINE);
  await expect(page.getByRole("link", { name: "<b>Bold</b>" }).last()).toBeVisible();
});

test("a system that was pasted opens, and text in a field stays there", async ({ page }) => {
  await page.goto("./#/gallery");
  await page.getByTestId("seek").evaluate((field, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, SCENARIO);
  await expect(page.locator(".card")).not.toHaveCount(0);
  await paste(page, "{ no");
  await expect(page.getByTestId("notices")).toContainText("What you pasted couldn't be opened");
  await paste(page, SCENARIO);
  await expect(page).toHaveURL(/#\/mine\//);
  await expect(page.getByTestId("stage A")).toBeVisible();
});

test("a file is chosen by a key, saved, and opens again", async ({ page }) => {
  const asked: FileChooser[] = [];
  page.on("filechooser", (chooser) => asked.push(chooser));
  await page.goto(MINE);
  await expect(page.getByTestId("none")).toBeVisible();
  await page.keyboard.press("o");
  await expect.poll(() => asked.length).toBe(1);
  const file = (name: string, text: string) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  await asked[0].setFiles([file("a.json", SCENARIO), file("b.json", SCENARIO)]);
  await expect(page.getByTestId("kept")).toHaveCount(2);
  const saved = page.waitForEvent("download");
  await page.getByTestId("save").first().click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe("Circuit-breaker.cascade.json");
  expect(JSON.parse(readFileSync(await download.path(), "utf8"))).toEqual(JSON.parse(SCENARIO));
});

test("systems are renamed, duplicated, deleted and brought back, by keys", async ({ page }) => {
  await keepOne(page);
  await page.goto(MINE);
  const name = () => page.getByTestId("kept").getByRole("heading").allInnerTexts();
  await page.getByTestId("rename").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Name of the system" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("注文 shop");
  await page.keyboard.press("Enter");
  expect(await name()).toEqual(["注文 shop"]);
  await expect(page.getByTestId("rename")).toBeFocused();
  await page.getByTestId("duplicate").press("Enter");
  await expect(page.getByTestId("kept")).toHaveCount(2);
  expect(await name()).toEqual(["Copy of 注文 shop", "注文 shop"]);
  await page.getByTestId("delete").first().press("Enter");
  await expect(page.getByRole("button", { name: "Undo" })).toBeFocused();
  await expect(page.getByTestId("deleted")).toContainText("“Copy of 注文 shop” was deleted");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("kept")).toHaveCount(2);
  await page.getByTestId("delete").first().press("Enter");
  await page.getByRole("link", { name: "Gallery" }).click();
  await expect.poll(() => stored(page)).toBe(1);
  await page.goto(MINE);
  await expect(page.getByTestId("kept")).toHaveCount(1);
  expect(await name()).toEqual(["注文 shop"]);
});

test("axe finds nothing, and nothing is wider than the screen", async ({ page }) => {
  await keepOne(page);
  await page.goto(MINE);
  await expect(page.getByTestId("kept")).toHaveCount(1);
  await paste(page, "{ no");
  await page.getByTestId("duplicate").click();
  await page.getByTestId("delete").first().click();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
      await page.setViewportSize(size);
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
      expect(found, `${colorScheme} ${size.width}`).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, `${colorScheme} ${size.width}`).toBe(0);
      await page.screenshot({ path: `results/mine-${colorScheme}-${size.width}.png` });
    }
  }
});

test("a kept run goes on being kept while it plays and the tab is hidden", async ({ page }) => {
  await keepOne(page);
  await page.getByTestId("play").click();
  await expect.poll(() => clock(page)).toBeGreaterThan(0.5);
  await pause(page);
  const at = await clock(page);
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  await expect.poll(async () => JSON.parse((await texts(page))[0]).record.now / 1e9).toBeCloseTo(at, 2);
});
