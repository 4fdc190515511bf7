// What is measured rather than tested (`*.bench.ts`): it takes minutes, prints tables, and says little on a busy
// machine. `cargo xtask bench` runs it last; alone, with the site built:
//
//     npx playwright test --config bench.config.ts
import { defineConfig } from "@playwright/test";
import config from "./playwright.config";

export default defineConfig({ ...config, testMatch: "*.bench.ts", timeout: 1_200_000 });
