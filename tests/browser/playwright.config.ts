// The browser tests drive the built site (dist/) in the system's Chromium, served from a sub-path.
import { defineConfig } from "@playwright/test";

const port = 41730;
const site = `http://127.0.0.1:${port}/some/where/cascade/`;

export default defineConfig({
  testDir: ".",
  outputDir: "results",
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
