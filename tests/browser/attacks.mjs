// Opens every page of a site whose texts attack their readers, and uses it: node attacks.mjs SITE
// Whatever runs, is fetched or makes a page unreadable is a fault; prints each on a line of its own.
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { chromium } from "playwright-core";

const site = resolve(process.argv[2]);
const faults = new Set();
const pages = readdirSync(site, { recursive: true }).map(String).filter((file) => file.endsWith(".html")).sort();
const read = (page) => readFileSync(join(site, page), "utf8");

const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:standard", "html-validate:a11y"] }));
let validated = 0;
for (const page of pages) {
  if (read(page).length > 2_000_000) continue;
  const report = await validator.validateString(read(page), page);
  validated += 1;
  for (const { messages } of report.results) {
    for (const message of messages.slice(0, 3)) faults.add(`${page}:${message.line}:${message.column}: ${message.message} (${message.ruleId})`);
  }
}

const browser = await chromium.launch({
  executablePath: process.env.SIDELETTER_TEST_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let links = 0;
// Once with the pages' own policy, and once without: nothing may hang on the policy alone.
for (const bypassCSP of [false, true]) {
  const context = await browser.newContext({ bypassCSP });
  for (const page of pages) {
    const tab = await context.newPage();
    const fault = (what) => faults.add(`${page}${bypassCSP ? " without its policy" : ""}: ${what}`);
    tab.on("request", (request) => {
      if (!request.url().startsWith("file:")) fault(`asks for ${request.url().slice(0, 100)}`);
    });
    tab.on("dialog", async (dialog) => { fault(`a dialog: ${dialog.message()}`); await dialog.dismiss(); });
    tab.on("console", (message) => { if (message.type() === "error") fault(message.text()); });
    tab.on("pageerror", (error) => fault(String(error)));
    const address = pathToFileURL(join(site, page)).href;
    await tab.goto(address);
    const seen = await tab.evaluate(() => {
      document.querySelectorAll("details").forEach((one) => { one.open = true; });
      const all = [...document.querySelectorAll("body *")];
      for (const one of all) {
        for (const name of ["mouseover", "focus", "pointerenter", "toggle"]) one.dispatchEvent(new Event(name));
      }
      const handlers = all.flatMap((one) => [...one.attributes].filter((held) => /^on/i.test(held.name) || held.name === "style").map((held) => `${one.localName} ${held.name}`));
      const foreign = all.filter((one) => /^(script|iframe|object|embed|img|image|style|base|form|meta|math|audio|video|foreignobject|animate|set)$/i.test(one.localName)).map((one) => one.localName);
      const leads = [...document.querySelectorAll("[href], [src], [action], [xlink\\:href]")].map((one) => one.href?.baseVal ?? one.href ?? one.src ?? "");
      return { pwned: window.pwned, handlers, foreign, leads, text: document.body.innerText, url: document.URL };
    });
    if (seen.pwned !== undefined) fault(`ran ${seen.pwned}`);
    if (seen.url !== address) fault(`leads away to ${seen.url}`);
    for (const what of [...seen.handlers, ...seen.foreign]) fault(`holds ${what}`);
    for (const lead of seen.leads) {
      links += 1;
      const own = lead.startsWith("#") || lead.startsWith(pathToFileURL(site).href);
      if (!own && !/^(https?|tel):/.test(lead)) fault(`leads to ${lead.slice(0, 80)}`);
    }
    if (seen.text.trim().length < 40) fault("nothing to read");
    if (page.includes("agreements/") && !seen.text.includes("Here the letter ends.")) fault("its end is not to be read");
    const clicked = await tab.evaluate(() => {
      for (const one of document.querySelectorAll("main a[href^='j' i], main a[href^='v' i], main a[href^='d' i]")) one.click();
      return window.pwned;
    });
    if (clicked !== undefined) fault(`ran ${clicked} when clicked`);
    await tab.close();
  }
  await context.close();
}
await browser.close();
console.log(`${pages.length} pages opened, ${validated} validated, ${links} links`);
if (faults.size > 0) {
  console.log([...faults].join("\n"));
  process.exitCode = 1;
}
