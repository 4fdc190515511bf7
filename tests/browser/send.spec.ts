// A run as a link: sent here, opened elsewhere, the same run at the same moment; and whatever else stands in an address
// ends in a sentence.
import AxeBuilder from "@axe-core/playwright";
import { deflateRawSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { clock, expect, open, openStill, pause, stepTo, test } from "./page";
import { speak } from "./languages";
import type { Page } from "@playwright/test";

const scenario = (path: string) => JSON.parse(readFileSync(new URL(`../../static/${path}`, import.meta.url), "utf8"));
const packed = (value: unknown) => `./#/s/1/${deflateRawSync(JSON.stringify(value)).toString("base64url")}`;
const openForm = (value: unknown) => `./#/s/json/${encodeURIComponent(JSON.stringify(value))}`;
const digests = (page: Page) => page.getByTestId("clock").getAttribute("data-digests");

/** Presses "Send", and reads the link. */
async function link(page: Page): Promise<string> {
  await page.getByTestId("send").click();
  const link = await page.getByTestId("link").inputValue();
  expect(link).toMatch(/#\/s\/1\/[\w-]+$/);
  return link;
}

/** Waits until a page that is on its way to its moment is there. */
async function arrives(page: Page, at: number) {
  await expect.poll(() => clock(page), { timeout: 30_000 }).toBeCloseTo(at, 2);
}

for (const address of ["./", "./#/gallery/circuit-breaker", "./#/gallery/blocking-service/non-blocking-service", "./#/lesson/the-log"]) {
  test(`what runs on ${address} opens elsewhere at the same moment`, async ({ page, browser }) => {
    await openStill(page, address);
    await stepTo(page, 2);
    const fault = page.getByTestId("fault 1").and(page.locator(":enabled"));
    if (await fault.count()) await fault.click();
    await stepTo(page, 6);
    const [sent, at, before] = [await link(page), await clock(page), page.url()];
    const there = await (await browser.newContext()).newPage();
    const complaints: string[] = [];
    there.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    there.on("pageerror", (error) => complaints.push(error.message));
    await there.goto(sent);
    await arrives(there, at);
    expect(await digests(there)).toBe(await digests(page));
    expect(page.url(), "sending changes no address").toBe(before);
    // From there on as well; playing changes no address either.
    await page.keyboard.press("Escape");
    await stepTo(page, 8);
    await stepTo(there, 8);
    expect(await digests(there)).toBe(await digests(page));
    expect(there.url()).toBe(sent);
    // Again, and after another page.
    await there.reload();
    await arrives(there, at);
    await there.getByRole("link", { name: "Course" }).click();
    await expect(there.getByRole("heading", { level: 1, name: "Course" })).toBeVisible();
    await there.goBack();
    await arrives(there, at);
    expect(complaints).toEqual([]);
    await there.context().close();
  });
}

test("the dialog copies, says how long the link is, and gives the focus back", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openStill(page);
  await page.getByTestId("send").focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Send this run" });
  await expect(dialog).toBeVisible();
  const sent = await page.getByTestId("link").inputValue();
  await expect(page.getByTestId("length")).toHaveText(`${sent.length.toLocaleString("en")} characters`);
  // Keys of the page rest.
  await page.keyboard.press("ArrowRight");
  expect(await clock(page)).toBe(0);
  await page.keyboard.press("Tab");
  await expect(page.getByTestId("link")).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString() || (document.activeElement as HTMLTextAreaElement).selectionEnd)).toBeTruthy();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(sent);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByTestId("send")).toBeFocused();
});

test("where the browser refuses the clipboard, the link is selected", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
  });
  await openStill(page);
  const sent = await link(page);
  await page.getByTestId("copy link").click();
  await expect(page.getByRole("dialog").getByRole("status")).toContainText("Ctrl+C");
  await expect(page.getByTestId("link")).toBeFocused();
  const chosen = await page.getByTestId("link").evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd));
  expect(chosen).toBe(sent);
});

test("a long link offers the file instead", async ({ page }) => {
  const long = scenario("gallery/retry-storm.json");
  // What deflate cannot shorten.
  long.description = Array.from({ length: 1500 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20000))).join("");
  await page.goto(packed(long));
  await pause(page);
  await link(page);
  await expect(page.getByTestId("long")).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText("too long for a QR code");
  const file = page.waitForEvent("download");
  await page.getByTestId("send-file").click();
  expect((await file).suggestedFilename()).toMatch(/\.cascade\.json$/);
});

test("the open form takes what a script writes", async ({ page }) => {
  const own = { ...scenario("gallery/retry-storm.json"), seed: 4711, title: "Group 7" };
  await page.goto(openForm(own));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Group 7");
  await expect(page.getByTestId("seed")).toHaveValue("4711");
  await expect.poll(() => clock(page)).toBeGreaterThan(0.2);
});

const wrong: Record<string, [string, RegExp]> = {
  "a newer encoding": ["./#/s/2/abc", /newer version \(encoding 2\)/],
  "half a link": [packed(scenario("gallery/retry-storm.json")).slice(0, 400), /end of this link is missing/],
  "no number": ["./#/s/one/abc", /number of an encoding/],
  "another kind of JSON": [openForm([1, 2]), /not a recorded run/],
  "a mistake in the scenario": [openForm({ ...scenario("gallery/retry-storm.json"), sede: 1 }), /sede/],
  "a bomb": [`./#/s/1/${deflateRawSync(Buffer.alloc(64 << 20, 32)).toString("base64url")}`, /too large/],
};
for (const [name, [address, says]] of Object.entries(wrong)) {
  test(`${name} is explained`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByTestId("diagnostics")).toContainText(says);
    await expect(page).toHaveTitle(/can't be opened/);
    await page.getByTestId("diagnostics").getByRole("link").click();
    await expect.poll(() => clock(page)).toBeGreaterThan(0.2);
  });
}

test("two hundred damaged links end in a sentence or a run", async ({ page }) => {
  test.setTimeout(180_000);
  const whole = packed({ record: 1, now: 3e9, playing: false, variants: [{ label: "A", scenario: scenario("gallery/retry-storm.json") }] });
  const signs = "ABCxyz019-_%.~/#";
  let seed = 18;
  const below = (bound: number) => (seed = (seed * 48271) % 2147483647) % bound;
  await page.goto("./#/s/1/");
  let sentences = 0;
  for (let number = 0; number < 200; number += 1) {
    const at = 8 + below(whole.length - 8);
    const damaged = [
      whole.slice(0, at),
      whole.slice(0, at) + signs[below(signs.length)] + whole.slice(at + 1),
      whole.slice(0, at) + whole.slice(at + 1 + below(9)),
      whole.slice(0, at) + whole.slice(8 + below(at)),
    ][number % 4];
    await page.goto(damaged);
    await expect(page.getByTestId("diagnostics").or(page.getByTestId("clock")).first(), damaged).toBeVisible();
    sentences += await page.getByTestId("diagnostics").count();
    expect(await page.locator(".stopped").count(), damaged).toBe(0);
  }
  expect(sentences).toBeGreaterThan(100);
});

test("text from a stranger stays text", async ({ page }) => {
  const script = `<img src=x onerror="window.intruder=1"><script>window.intruder=1</script>`;
  const own = scenario("gallery/retry-storm.json");
  Object.assign(own, { title: script, description: script });
  for (const node of Object.values<any>(own.nodes)) node.label = "<b>x</b>";
  const buttons = [{ label: script, faults: [{ crash: { node: Object.keys(own.nodes).at(-1) } }] }];
  await page.goto(packed({ record: 1, title: script, buttons, variants: [{ label: script, scenario: own }] }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(script);
  await expect(page.getByTestId("fault 1")).toContainText(script);
  await expect(page.getByTestId("clock")).toBeVisible();
  await page.goto(openForm({ [script]: script }));
  await expect(page.getByTestId("diagnostics")).toBeVisible();
  expect(await page.locator("main img, main script, main b").count()).toBe(0);
  expect(await page.evaluate(() => "intruder" in window)).toBe(false);
});

for (const width of [1440, 390]) {
  test(`the dialog is faultless at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await openStill(page);
    await link(page);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`))).toEqual([]);
    const dialog = page.getByRole("dialog");
    expect(await dialog.evaluate((own) => own.scrollWidth - own.clientWidth)).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const code = (await page.getByTestId("code").boundingBox())!;
    expect(code.width).toBeCloseTo(code.height, 0);
    expect(code.width).toBeGreaterThan(250);
  });

  for (const language of ["double", "mirrored"] as const) {
    test(`the dialog has room for a ${language} language at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await speak(page, language);
      await page.goto(`./?lang=x-${language}#/`);
      await page.getByTestId("send").click();
      const dialog = page.getByRole("dialog");
      await expect(dialog).toBeVisible();
      expect(await dialog.evaluate((own) => own.scrollWidth - own.clientWidth)).toBeLessThanOrEqual(0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    });
  }
}
