// The browser tests drive the built site (dist/) in the system's Chromium, served from a sub-path.
//
//     npx playwright test                   all of them; PORT=… where another run goes on beside this one
//     npx playwright test clicks.spec       one file; SEED=… repeats a run of clicks that was printed
//     npx playwright test visual --update-snapshots
//     npx playwright test --config bench.config.ts
import { defineConfig } from "@playwright/test";

const port = Number(process.env.PORT ?? 41730);
const site = `http://127.0.0.1:${port}/some/where/cascade/`;

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: "results",
  snapshotPathTemplate: "visual/{arg}{ext}",
  reporter: "list",
  workers: 1,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 30_000,
  use: {
    baseURL: site,
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: "node serve.mjs",
    env: { PORT: String(port) },
    url: site,
    reuseExistingServer: false,
  },
});
