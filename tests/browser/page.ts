// What every browser test starts from: `test` with a page that is watched. Whatever a test does, it
// fails if the console shows an error or a warning, a script throws, a request fails, or a request
// goes to another host.
import { test as base, expect } from "@playwright/test";

/** What went wrong in the page, a line each. A test that provokes something takes it out of here. */
export type Complaints = string[];

export const test = base.extend<{ complaints: Complaints }>({
  complaints: [
    async ({ page, baseURL }, use) => {
      const complaints: Complaints = [];
      const home = new URL(baseURL!).origin;
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) {
          complaints.push(`console ${message.type()}: ${message.text()}`);
        }
      });
      page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
      page.on("request", (request) => {
        const url = new URL(request.url());
        if (["http:", "https:", "ws:", "wss:"].includes(url.protocol) && url.origin !== home) {
          complaints.push(`request to another host: ${url.href}`);
        }
      });
      page.on("response", (response) => {
        if (response.status() >= 400) complaints.push(`status ${response.status()}: ${response.url()}`);
      });
      await use(complaints);
      expect(complaints, "what the page complained about").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
