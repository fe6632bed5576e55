// The default theme's pages of a schedule, in a browser: what axe finds (nothing), what they are without scripts, and the
// stories of a reader who filters, keeps favourites, and lives in another zone.
//
// schedule.mjs STET EXAMPLE [FOLDER]: the program, the folder of the example site, and a folder for screenshots. Exit status 77
// where there is no browser.

import assert from "node:assert/strict";
import fs from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";
import {chromium} from "playwright-core";
import {example, large, serve, small} from "./site.mjs";

const [stet, exampleFolder, pictures] = process.argv.slice(2);
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(fs.existsSync);
if (!executablePath) {
  console.log("skipped: there is no Chromium; apt-get install chromium");
  process.exit(77);
}
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({executablePath, args: process.getuid() === 0 ? ["--no-sandbox"] : []});

const halifax = {timezoneId: "America/Halifax", locale: "en-CA"};
const phone = {width: 360, height: 740}, tablet = {width: 768, height: 1024}, desk = {width: 1440, height: 900};
// Nothing of the pages needs more than their own files.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'self'; frame-src 'self'";

// A page in a browser of its own; errors of it are told at the end of `story`.
async function open(options, story) {
  const context = await browser.newContext({viewport: desk, ...halifax, ...options});
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("dialog", (dialog) => {
    errors.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.route("**/*", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({response: answer, headers: {...answer.headers(), "content-security-policy": policy}});
  });
  try {
    await story(page, context);
  } finally {
    await page.unrouteAll({behavior: "ignoreErrors"});
    await context.close();
  }
  assert.deepEqual(errors, []);
}

async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"]}));
  return found.violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
}

const shown = (page) => page.locator(".session:visible .session__title").allTextContents();
const short = (titles) => titles.map((title) => title.trim());

async function picture(page, name) {
  if (!pictures) return;
  fs.mkdirSync(pictures, {recursive: true});
  await page.screenshot({path: path.join(pictures, `${name}.png`), fullPage: true});
}

const stories = {
  async "axe finds nothing on any page, light and dark, wide and narrow"(sites) {
    const pages = {
      example: ["/schedule/", "/schedule/2025-09-12/", "/schedule/rooms/net-loft/", "/schedule/tracks/tools/", "/schedule/hostile/",
        "/schedule/twice/", "/schedule/called-off/", "/schedule/embed/", "/speakers/ruta-fennimark/", "/speakers/"],
      large: ["/schedule/", "/schedule/2025-10-25/"],
      empty: ["/schedule/"],
      unscheduled: ["/schedule/", "/schedule/embed/"],
      lonely: ["/schedule/", "/schedule/2025-01-02/"],
    };
    for (const colorScheme of ["light", "dark"]) {
      for (const [width, viewport] of Object.entries({phone, tablet, desk})) {
        if (viewport === tablet && colorScheme === "dark") continue;
        await open({viewport, colorScheme}, async (page) => {
          for (const [site, urls] of Object.entries(pages)) {
            for (const url of urls) {
              if (site === "large" && viewport === tablet) continue;
              await page.goto(sites[site] + url);
              const name = `${site}${url.replaceAll("/", "_")}${width}-${colorScheme}`;
              await picture(page, name);
              // axe runs in the page: the policy is not for it.
              assert.deepEqual(await violations(page), [], name);
              const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
              assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide`);
            }
          }
        });
      }
    }
  },

  async "axe finds nothing while the tools are in use"({example}) {
    await open({...halifax, timezoneId: "Europe/Berlin"}, async (page) => {
      await page.clock.setFixedTime(new Date("2025-09-12T10:20:00-03:00"));
      await page.goto(`${example}/schedule/`);
      await page.locator(".star").first().click();
      await picture(page, "in-use");
      assert.deepEqual(await violations(page), []);
      await page.getByLabel("My sessions").check();
      await picture(page, "in-use-mine");
      assert.deepEqual(await violations(page), []);
    });
  },

  async "without scripts a page is the whole schedule, in the event's time"({example}) {
    await open({javaScriptEnabled: false, timezoneId: "Asia/Tokyo"}, async (page) => {
      await page.goto(`${example}/schedule/`);
      const titles = short(await shown(page));
      for (const title of ["Twice", "Called off", "Stars over the harbour", "Some day"]) assert.ok(titles.includes(title), title);
      assert.equal(await page.locator("form.tools, .now, .mine, .star, .your-time").filter({visible: true}).count(), 0);
      assert.equal(await page.locator(".grid__time time").first().textContent(), "09:30");
      assert.equal(await page.locator(".day__zone").first().textContent(), "All times ADT (America/Halifax)");
      assert.equal(await page.getByRole("link", {name: "Sat 13 Sep"}).getAttribute("href"), "#day-2025-09-13");
      // Text of others stays text.
      assert.equal(await page.locator(".session img, .session script, .session b").count(), 0);
      await page.goto(`${example}/schedule/hostile/`);
      assert.equal(await page.locator("main img").count(), 0);
    });
  },

  async "rooms stand beside each other on a wide screen, and below each other on a phone"({example}) {
    const left = (page, name) => page.locator(`[data-slug="${name}"]`).first().evaluate((card) => card.getBoundingClientRect().left);
    const top = (page, name) => page.locator(`[data-slug="${name}"]`).first().evaluate((card) => card.getBoundingClientRect().top);
    await open({}, async (page) => {
      await page.goto(`${example}/schedule/2025-09-12/`);
      assert.notEqual(await left(page, "small-tiles"), await left(page, "hostile"));
      assert.notEqual(await left(page, "at-once"), await left(page, "hostile"));  // lanes of one room
      assert.equal(await top(page, "called-off"), await top(page, "perhaps"));
      assert.ok((await page.locator(".grid__room").allTextContents()).includes("Net Loft"));
    });
    await open({viewport: phone}, async (page) => {
      await page.goto(`${example}/schedule/2025-09-12/`);
      assert.equal(await left(page, "small-tiles"), await left(page, "hostile"));
      assert.equal(await page.locator(".grid__room:visible").count(), 0);
    });
  },

  async "what is asked for is what is shown, and stands in the address"({example}) {
    await open({}, async (page) => {
      await page.goto(`${example}/schedule/`);
      const all = (await shown(page)).length;
      await page.getByRole("searchbox", {name: "Search"}).fill("STÁRS");
      await page.getByText(/^1 of/).waitFor();
      assert.deepEqual(short(await shown(page)), ["Stars over the harbour"]);
      assert.equal(new URL(page.url()).search, "?q=ST%C3%81RS");
      await page.getByRole("searchbox", {name: "Search"}).fill("");
      await page.getByLabel("Room", {exact: true}).selectOption("Boat Shed");
      await page.getByLabel("Kind", {exact: true}).selectOption("workshop");
      assert.deepEqual(short(await shown(page)).sort(), ["Leads and lines: depth without sonar", "Style sheets for paper", "Twice"]);
      assert.match(page.url(), /room=Boat\+Shed&type=workshop/);
      await page.reload();
      assert.equal((await shown(page)).length, 3);
      await page.goto(`${example}/schedule/?track=no%20such`);
      assert.equal((await shown(page)).length, all);
    });
  },

  async "favourites stay in the browser, are shared by a link, and become a calendar"({example}) {
    let link = "";
    await open({permissions: ["clipboard-read", "clipboard-write"]}, async (page) => {
      await page.goto(`${example}/schedule/`);
      await page.getByRole("button", {name: "My schedule: Perhaps", exact: true}).click();
      await page.goto(`${example}/schedule/twice/`);
      const star = page.getByRole("button", {name: "Add to my schedule"});
      await star.click();
      assert.equal(await page.locator(".favourite button").getAttribute("aria-pressed"), "true");
      await page.goto(`${example}/schedule/`);
      assert.equal(await page.locator("[data-mine-number]").textContent(), "2");
      await page.getByLabel("My sessions").check();
      assert.deepEqual(short(await shown(page)), ["Perhaps", "Twice", "Twice"]);
      assert.equal(await page.getByRole("button", {name: "Add them to mine"}).count(), 0);
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", {name: "As a calendar file"}).click()]);
      assert.equal(download.suggestedFilename(), "my-schedule.ics");
      const calendar = fs.readFileSync(await download.path(), "utf8");
      assert.equal(calendar.match(/BEGIN:VEVENT/g).length, 3);
      assert.deepEqual(calendar.match(/SUMMARY:.*/g).map((line) => line.trim()), ["SUMMARY:Perhaps", "SUMMARY:Twice", "SUMMARY:Twice"]);
      assert.match(calendar, /^BEGIN:VCALENDAR\r\n[\s\S]*BEGIN:VTIMEZONE[\s\S]*END:VCALENDAR\r\n$/);
      await page.getByRole("button", {name: "Copy a link to them"}).click();
      await page.getByText("on your clipboard").waitFor();
      link = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(link, `${example}/schedule/#sessions=perhaps,twice`);
    });
    await open({}, async (page) => {
      await page.goto(link);
      assert.deepEqual(short(await shown(page)), ["Perhaps", "Twice", "Twice"]);
      assert.equal(await page.locator("[data-mine-number]").textContent(), "");
      await page.getByRole("button", {name: "Add them to mine"}).click();
      assert.equal(await page.locator("[data-mine-number]").textContent(), "2");
      await page.getByRole("button", {name: "Show all sessions"}).click();
      assert.ok((await shown(page)).length > 10);
      await page.goto(`${example}/schedule/#sessions=%E0%A4%A,perhaps,<b>`);
      assert.deepEqual(short(await shown(page)), ["Perhaps"]);
    });
  },

  async "the reader's own time stands beside the event's where it is another"({example}) {
    await open({}, async (page) => {
      await page.goto(`${example}/schedule/`);
      assert.equal(await page.locator(".your-time").count(), 0);
    });
    await open({viewport: phone, timezoneId: "Asia/Tokyo"}, async (page) => {
      await page.goto(`${example}/schedule/2025-09-12/`);
      const when = await page.locator('[data-slug="perhaps"] .session__when').textContent();
      assert.equal(when.trim(), "16:30–17:00 (Sat 04:30–Sat 05:00 your time)");
      assert.match(await page.locator(".day__zone").first().textContent(), /yours in italics \(Asia\/Tokyo\)/);
      await page.goto(`${example}/schedule/twice/`);
      assert.match(await page.locator(".facts").textContent(), /18:00–18:45\s+ADT[\s\S]*\(Sat 06:00–Sat 06:45 your time\)/);
    });
  },

  async "now and next are told while the event goes on, and not before"({example}) {
    const told = (at) => open({}, async (page) => {
      await page.clock.setFixedTime(new Date(at));
      await page.goto(`${example}/schedule/`);
      lines = (await page.locator(".now:visible li").allTextContents()).map((line) => line.trim());
    });
    let lines = [];
    await told("2025-09-12T18:10:00-03:00");
    assert.ok(lines.includes("Since 18:00 Twice · Boat Shed"), lines.join("\n"));
    await told("2025-09-12T23:50:00-03:00");
    assert.deepEqual(lines, ["At 00:30 Stars over the harbour · Boat Shed"]);
    await told("2025-09-12T16:40:00-03:00");
    assert.deepEqual(lines.filter((line) => line.includes("Called off")), []);
    for (const at of ["2025-08-01T12:00:00Z", "2026-01-01T12:00:00Z"]) {
      await told(at);
      assert.deepEqual(lines, []);
    }
  },

  async "a frame of another site shows it without head, foot and favourites"({example}) {
    await open({}, async (page) => {
      await page.goto(`${example}/schedule/embed/`);
      assert.equal(await page.locator(".site-header, .site-footer, .star").count(), 0);
      assert.ok((await shown(page)).includes("Twice"));
      assert.equal(await page.locator('meta[name="robots"]').getAttribute("content"), "noindex");
    });
  },

  async "on paper it is a list without controls"({example}) {
    await open({}, async (page) => {
      await page.goto(`${example}/schedule/`);
      await page.emulateMedia({media: "print"});
      assert.equal(await page.locator(".tools:visible, .star:visible, .take:visible, .grid__room:visible").count(), 0);
      assert.ok((await shown(page)).length > 10);
      if (pictures) await page.pdf({path: path.join(pictures, "print.pdf"), format: "A4"});
      await picture(page, "print");
    });
  },

  async "names of thirty rooms and times stay in sight"({large}) {
    await open({}, async (page) => {
      await page.goto(`${large}/schedule/2025-10-25/`);
      const box = page.locator(".grid-box");
      await box.evaluate((element) => element.scrollTo(3000, 600));
      const seen = await page.evaluate(() => {
        const box = document.querySelector(".grid-box").getBoundingClientRect();
        const room = document.querySelector(".grid__room").getBoundingClientRect();
        const time = document.querySelector(".grid__time time").getBoundingClientRect();
        return [room.top - box.top, time.left - box.left].map(Math.round);
      });
      assert.deepEqual(seen, [0, 0]);
      // From the first half past two to the second two o'clock it is half an hour: six rows.
      const tops = await page.evaluate(() => ["night-a", "night-b"].map((name) =>
        document.querySelector(`[data-slug="${name}"]`).className.match(/r(\d+) s(\d+)/).slice(1).map(Number)));
      assert.equal(tops[0][0] + tops[0][1] + 6, tops[1][0]);
    });
  },
};

const sites = {
  example: await serve(stet, example(exampleFolder)),
  large: await serve(stet, large()),
  empty: await serve(stet, small({title: "Empty", time_zone: "UTC"})),
  unscheduled: await serve(stet, small({title: "Unscheduled", time_zone: "UTC"}, {one: {title: "One"}, two: {title: "Two"}})),
  lonely: await serve(stet, small({title: "Lonely", time_zone: "UTC"}, {one: {title: "Only one", start: "2025-01-02T10:00"}})),
};
const urls = Object.fromEntries(Object.entries(sites).map(([name, site]) => [name, site.url]));
let failed = 0;
const wanted = process.env.STET_STORY || "";
for (const [name, story] of Object.entries(stories)) {
  if (!name.includes(wanted)) continue;
  try {
    await story(urls);
    console.log(`ok: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED: ${name}\n${error.stack}`);
  }
}
await browser.close();
for (const site of Object.values(sites)) site.stop();
process.exit(failed === 0 ? 0 : 1);
