// How soon the first message moves: on a desk, and on a phone whose line and processor are slow; at the first visit and
// at the second, when the browser has kept what it could. Medians of ROUNDS (five). BESIDE=folder: another built site,
// in turns with this one, so that what else the machine does disturbs both.
import { chromium, test } from "@playwright/test";
import type { BrowserContext } from "@playwright/test";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { host } from "./host.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** How long a visitor stays the first time: the browser may keep the compiled program meanwhile. */
const STAY_MS = 4000;

interface Line {
  name: string;
  viewport: { width: number; height: number };
  /** Megabits in a second, milliseconds there and back, how many times slower the processor is; none: as they are. */
  slow?: { mbits: number; latency: number; processor: number };
  /** What is to be reached at the first visit and at the second on an idle machine, in seconds. */
  goals: [number, number?];
}

const PHONE = { width: 390, height: 844 };
const LINES: Line[] = [
  { name: "desk", viewport: { width: 1280, height: 800 }, goals: [0.7] },
  { name: "phone, 4G", viewport: PHONE, slow: { mbits: 9, latency: 60, processor: 4 }, goals: [2.2] },
  { name: "phone, slow 4G", viewport: PHONE, slow: { mbits: 1.6, latency: 150, processor: 4 }, goals: [4.5, 2] },
];

/** Opens the start page; seconds until a message was seen under way. */
async function visit(context: BrowserContext, address: string, { slow }: Line, stay: number): Promise<number> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  if (slow) {
    const bytes = (slow.mbits * 1e6) / 8;
    const conditions = { offline: false, latency: slow.latency, downloadThroughput: bytes, uploadThroughput: bytes };
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", conditions);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slow.processor });
  }
  await page.goto(address, { waitUntil: "commit" });
  const moved = await page.waitForFunction(() => performance.getEntriesByName("first message")[0]?.startTime, null, {
    polling: 100,
    timeout: 120_000,
  });
  const seconds = Number(await moved.jsonValue()) / 1000;
  await page.waitForTimeout(stay);
  await page.close();
  return seconds;
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

test("how soon the first message moves", async ({ launchOptions }) => {
  test.setTimeout(3_600_000);
  const folders: Record<string, string> = { "this site": fileURLToPath(new URL("../../dist", import.meta.url)) };
  if (process.env.BESIDE) folders["the other"] = process.env.BESIDE;
  const sites = await Promise.all(Object.entries(folders).map(async ([name, folder]) => ({ name, ...(await host(folder)) })));
  console.log(`load of the machine: ${loadavg()[0].toFixed(1)}; seconds, the median of ${ROUNDS} (least to most):`);
  for (const line of LINES) {
    const seen = sites.map(() => ({ first: [] as number[], second: [] as number[] }));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [at, { address }] of sites.entries()) {
        // A browser that has never been here.
        const home = await mkdtemp(join(tmpdir(), "cascade-visit-"));
        const context = await chromium.launchPersistentContext(home, { ...launchOptions, viewport: line.viewport });
        seen[at].first.push(await visit(context, address, line, STAY_MS));
        seen[at].second.push(await visit(context, address, line, 0));
        await context.close();
        await rm(home, { recursive: true, force: true });
      }
    }
    for (const [at, { name }] of sites.entries()) {
      const told = (values: number[], goal?: number) => {
        const [least, most] = [Math.min(...values), Math.max(...values)];
        const wanted = goal ? `, goal ${goal}` : "";
        return `${median(values).toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)}${wanted})`;
      };
      const [first, second] = [told(seen[at].first, line.goals[0]), told(seen[at].second, line.goals[1])];
      console.log(`${line.name.padEnd(16)}${name.padEnd(11)}first visit ${first.padEnd(33)}second ${second}`);
    }
  }
  console.log(`load of the machine at the end: ${loadavg()[0].toFixed(1)}`);
  await Promise.all(sites.map(({ close }) => close()));
});
