// Checks a built site in a real browser and with an independent validator: node check.mjs SITE
// Prints every fault on a line of its own; exits with 1 where there is any.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { chromium } from "playwright-core";

const site = resolve(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const faults = [];
const counts = {};
const fault = (what) => faults.push(what);
const count = (what, number = 1) => { counts[what] = (counts[what] ?? 0) + number; };

const files = readdirSync(site, { recursive: true }).map(String);
const pages = files.filter((file) => file.endsWith(".html")).sort();
// Every kind of page, in both languages; of months the fullest.
const size = (page) => readFileSync(join(site, page)).length;
const largest = (folder) => pages.filter((page) => page.startsWith(folder)).sort((a, b) => size(b) - size(a))[0];
const kinds = ["index.html", "search.html", "calendar/index.html", largest("calendar/2"), largest("parties/"), largest("agreements/")];
const every = [...kinds, ...kinds.map((page) => `es/${page}`)];
const url = (page) => pathToFileURL(join(site, page)).href;

// Every link leads to a file of the site, and to a place in it.
const ids = new Map(pages.map((page) => {
  const text = readFileSync(join(site, page), "utf8");
  return [page, new Set([...text.matchAll(/\sid="([^"]*)"/g)].map((found) => found[1]))];
}));
for (const page of pages) {
  const text = readFileSync(join(site, page), "utf8");
  for (const [, raw] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
    const link = raw.replaceAll("&amp;", "&");
    if (/^[a-z]+:/i.test(link)) continue;
    const [path, place] = link.split("#");
    const target = path === "" ? page : relative(site, resolve(site, dirname(page), decodeURI(path)));
    count("links");
    if (!files.includes(target)) fault(`${page}: no file for ${link}`);
    else if (place && target.endsWith(".html") && !ids.get(target).has(decodeURIComponent(place))) fault(`${page}: no place for ${link}`);
  }
}

// An independent validator of HTML.
const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:standard", "html-validate:a11y"] }));
for (const page of pages) {
  const report = await validator.validateString(readFileSync(join(site, page), "utf8"), page);
  count("validated pages");
  for (const result of report.results) {
    for (const message of result.messages) fault(`${page}:${message.line}:${message.column}: ${message.message} (${message.ruleId})`);
  }
}

const browser = await chromium.launch({
  executablePath: process.env.SIDELETTER_TEST_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// Opens a page in a context of its own; whatever it asks of another place, and whatever its own policy forbids, is a fault.
async function open(page, options, use, asked = []) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  tab.on("request", (request) => {
    asked.push(request.url());
    if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) fault(`${page}: asks for ${request.url()}`);
  });
  tab.on("console", (message) => {
    if (message.type() === "error" && !/ERR_FILE_NOT_FOUND/.test(message.text())) fault(`${page}: ${message.text()}`);
  });
  tab.on("pageerror", (error) => fault(`${page}: ${error}`));
  await tab.goto(url(page));
  await use(tab);
  await context.close();
}

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
for (const page of every) {
  for (const viewport of [wide, narrow]) {
    for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }]) {
      // The rules are put into the page, which its policy would not have.
      await open(page, { viewport, bypassCSP: true, ...options }, async (tab) => {
        await tab.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
        await tab.addScriptTag({ content: axe });
        const found = await tab.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values }, preload: false }), tags);
        count("axe runs");
        for (const violation of found.violations) {
          for (const node of violation.nodes) fault(`${page} at ${viewport.width} ${JSON.stringify(options)}: ${violation.id}: ${node.html.slice(0, 160)} ${node.failureSummary.replaceAll("\n", " ").slice(0, 200)}`);
        }
      });
    }
  }
  // From 320 pixels on, which is 1280 enlarged to 400 %, nothing but tables and pictures of their own scrolls sideways.
  await open(page, { viewport: narrow }, async (tab) => {
    for (const width of [320, 720, 960, 1024, 1104, 1280]) {
      await tab.setViewportSize({ width, height: 640 });
      const over = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      count("widths of pages");
      if (over > 0) fault(`${page}: ${over} pixels too wide at ${width}`);
    }
    // On paper nothing can be scrolled to: of Letter, upright and lying down, and of Tabloid lying down.
    await tab.emulateMedia({ media: "print" });
    for (const width of [695, 935, 1511]) {
      await tab.setViewportSize({ width, height: 900 });
      const beside = await tab.evaluate(() => {
        const parts = [...document.querySelectorAll("main .mark-note, main td, main th, main pre")];
        const off = parts.filter((part) => part.getBoundingClientRect().right > window.innerWidth + 1 || part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== "visible");
        return off.length > 0 ? off[0].outerHTML.slice(0, 120) : "";
      });
      count("widths of paper");
      if (beside) fault(`${page}: beside a sheet of ${width}: ${beside}`);
    }
  });
  // By the keyboard: the first stop leads past the head of the page, and every stop is seen.
  await open(page, { viewport: wide }, async (tab) => {
    await tab.keyboard.press("Tab");
    const skip = await tab.evaluate(() => document.activeElement.getAttribute("href"));
    if (skip !== "#page-content") fault(`${page}: the first stop is ${skip}`);
    const stops = await tab.evaluate(() => document.querySelectorAll("a[href], summary, input:not([type=hidden]), [tabindex='0']").length);
    for (let stop = 1; stop < Math.min(stops, 60); stop += 1) {
      await tab.keyboard.press("Tab");
      const seen = await tab.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return "nothing";
        const style = getComputedStyle(at);
        const box = at.getBoundingClientRect();
        const visible = box.width > 0 && box.height > 0;
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && visible ? "" : at.outerHTML.slice(0, 120);
      });
      count("stops of the keyboard");
      if (seen && seen !== "nothing") fault(`${page}: a stop that is not seen: ${seen}`);
    }
  });
  // It is shown without a second request.
  const asked = [];
  await open(page, { viewport: wide, javaScriptEnabled: false }, async () => {}, asked);
  count("requests to show a page", asked.length);
  if (asked.length !== 1) fault(`${page}: asks for ${asked.length} files before it is shown: ${asked.join(", ")}`);
  // Without a script nothing is missing.
  await open(page, { viewport: wide, javaScriptEnabled: false }, async (tab) => {
    const main = await tab.locator("main").innerText();
    count("pages without a script");
    if (main.trim().length < 40) fault(`${page}: nothing to read without a script`);
    if (page.endsWith("search.html") && !(await tab.locator("noscript p").isVisible())) fault(`${page}: no word about the script`);
    if (page.endsWith("search.html") && (await tab.locator("#search").isVisible())) fault(`${page}: a field that does nothing`);
  });
}

// Search finds, in both languages, and says how many.
for (const page of ["search.html", "es/search.html"]) {
  await open(page, { viewport: wide }, async (tab) => {
    const shown = () => tab.locator("#all-agreements > li:visible").count();
    const all = await shown();
    const search = async (words) => {
      await tab.fill("#search-words", words);
      await tab.waitForFunction(() => document.getElementById("search-said").textContent !== "");
      await tab.waitForTimeout(50);
      return shown();
    };
    const title = await tab.locator("#all-agreements > li a").first().innerText();
    const by = await search(title);
    if (by < 1 || by >= all) fault(`${page}: "${title}" finds ${by} of ${all}`);
    await tab.fill("#search-words", "");
    if ((await shown()) !== all) fault(`${page}: an empty search does not show all`);
    if ((await search("zzzyx")) !== 0) fault(`${page}: what is nowhere is found`);
    const status = await tab.locator("#search-said").innerText();
    if (status.trim() === "") fault(`${page}: it does not say that nothing was found`);
    count("searches", 3);
  });
}

// On paper.
for (const page of every) {
  await open(page, { viewport: wide }, async (tab) => {
    const paper = await tab.pdf({ format: "Letter" });
    count("printed pages");
    if (paper.length < 2000) fault(`${page}: nothing is printed`);
  });
}

await browser.close();
console.log(Object.entries(counts).map(([what, number]) => `${number} ${what}`).join(", "));
if (faults.length > 0) {
  console.log([...new Set(faults)].join("\n"));
  process.exitCode = 1;
}
