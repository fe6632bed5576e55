// A browser for tests of the editor: what it complains of is a failure of the story, and what axe finds is too.

import assert from "node:assert/strict";
import fs from "node:fs";
import {createRequire} from "node:module";
import os from "node:os";
import path from "node:path";
import {chromium} from "playwright-core";
import {password, patience} from "./house.mjs";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(fs.existsSync);
if (!executablePath) {
  console.log("skipped: there is no Chromium; apt-get install chromium");
  process.exit(77);
}
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const launched = {executablePath, timeout: patience, args: process.getuid() === 0 ? ["--no-sandbox"] : []};
export const browser = await chromium.launch(launched);
const profiles = new Map(); // contexts, and their folders

export const phone = {width: 360, height: 740}, desk = {width: 1440, height: 900};
const pictures = process.env.STET_PICTURES;

// As a private window, whose storage a busy Chromium may lose with a closed page; or with a profile, on the disk, and a Chromium of its own,
// which `args` may be told.
async function contextOf({hasProfile = false, args = [], ...options}) {
  if (!hasProfile) return browser.newContext(options);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "stet-profile-"));
  const context = await chromium.launchPersistentContext(folder, {...launched, ...options, args: [...launched.args, ...args]});
  profiles.set(context, folder);
  return context;
}

// A person at a browser of their own, signed in at `to` ("#/posts"). Ends with `who.leave()`, which fails for any error that the
// console or the policy told of, but those that `who.allow(pattern)` has named.
export async function person(house, name, to = "#/posts", options = {}) {
  const context = await contextOf({viewport: desk, locale: "en-GB", timezoneId: "Europe/Berlin", ...options});
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const told = [], allowed = [];
  page.on("console", (message) => message.type() === "error" && told.push(message.text()));
  page.on("pageerror", (error) => told.push(String(error.stack ?? error)));
  await page.addInitScript(() => addEventListener("securitypolicyviolation",
    (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  const who = {
    name, page, context,
    allow: (pattern) => allowed.push(pattern),
    go: (hash) => page.evaluate((next) => { location.hash = next; }, hash),
    shot: async (title, full = false) => pictures &&
      page.screenshot({path: path.join(pictures, `${title}.png`), fullPage: full}),
    leave: async () => {
      await context.close();
      assert.deepEqual(told.filter((text) => !allowed.some((pattern) => pattern.test(text))), []);
    },
  };
  await page.goto(`${house.admin}/admin/${to}`);
  if (name) await signIn(who);
  return who;
}

export async function signIn({page, name}, word = password) {
  // What asks who is here is answered 401 while nobody is; Chromium tells the console of it.
  await page.getByLabel("Name or mail").fill(name);
  await page.getByLabel("Password").fill(word);
  await page.getByRole("button", {name: "Sign in", exact: true}).click();
  await page.locator("nav#navigation").waitFor({state: "attached"});
}

// Until nothing moves and nothing is being loaded, which is pale; where a story holds it back, that is not waited for.
async function rests(page) {
  await page.locator("[aria-busy='true']").first().waitFor({state: "hidden", timeout: 3000}).catch(() => null);
  await page.evaluate(() => Promise.all(document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity).map((animation) => animation.finished.catch(() => null))));
}

async function foundByAxe(page, context) {
  await rests(page);
  const {violations} = await page.evaluate((root) => axe.run(root, {resultTypes: ["violations"], iframes: false}), context);
  return violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}

// What axe finds, in both themes: nothing. What it finds is looked at a second time, for the page may have changed under its eyes.
export async function isAccessible({page}, context = "body") {
  await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({colorScheme, reducedMotion: "reduce"});
    let found = await foundByAxe(page, context);
    if (found.length) {
      await page.waitForTimeout(500);
      found = await foundByAxe(page, context);
    }
    assert.deepEqual(found.map((line) => `${colorScheme} ${line}`), []);
  }
  await page.emulateMedia({colorScheme: null, reducedMotion: null});
}

// What was to be seen when a story failed.
async function picture(name) {
  for (const context of [...browser.contexts(), ...profiles.keys()]) {
    for (const page of context.pages()) {
      console.log(await page.locator("body").innerText({timeout: 1000}).catch(() => ""));
      // A page behind others may never be painted.
      if (pictures) await page.screenshot({path: path.join(pictures, `failed-${name.replace(/\W+/g, "-")}.png`), timeout: 10_000}).catch(() => null);
    }
    await context.close();
  }
}

// {name: story}, one after the other; STET_STORY names words of those that are wanted. Ends the process.
export async function tell(stories, end = async () => {}) {
  let failed = 0;
  const wanted = process.env.STET_STORY || "";
  for (const [name, story] of Object.entries(stories)) {
    if (!name.includes(wanted)) continue;
    const begun = performance.now();
    try {
      await story();
      console.log(`ok: ${name} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED: ${name}\n${error.stack}`);
      await picture(name);
    }
  }
  await browser.close();
  await end();
  for (const folder of profiles.values()) {
    try {
      fs.rmSync(folder, {recursive: true, force: true, maxRetries: 10, retryDelay: 200});
    } catch (error) {
      console.log(`${folder} is left: ${error.message}`); // Chromium may write there for a moment after it has closed
    }
  }
  process.exit(failed === 0 ? 0 : 1);
}

export const [stet, exampleFolder] = process.argv.slice(2);
