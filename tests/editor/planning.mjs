// The plan: sessions moved by hand, by key and by form, clashes as they arise, one save, and what others do meanwhile.

import assert from "node:assert/strict";
import {isAccessible, phone, tell} from "./browser.mjs";
import {bar, block, drag, edit, event, high, isSaved, many, more, openStage, save, says} from "./schedules.mjs";

const {house, another, story, commits, text, close} = await openStage();

await tell({
  "days are tabs, rooms are columns, and each view is accessible in both themes": () => story(async (who, page) => {
    await page.getByRole("tab").first().waitFor();
    assert.deepEqual(await page.getByRole("tab").allTextContents(), ["Fri, Sep 12 9", "Sat, Sep 13 7"].map((one) => one.replace(/ (\d)$/, "$1")));
    const region = page.getByRole("region", {name: "Plan of Friday, September 12"});
    assert.equal(await region.getByRole("list", {name: /Net Loft/}).getByRole("listitem").count(), 4);
    const top = await region.getByText("Net Loft").first().evaluate((one) => one.getBoundingClientRect().top);
    await region.evaluate((one) => { one.scrollTop = 400; });
    assert.equal(await region.getByText("Net Loft").first().evaluate((one) => one.getBoundingClientRect().top), top); // heads stay
    await isAccessible(who);
    await who.shot("schedule-plan");
    await page.getByRole("button", {name: "List", exact: true}).click();
    await page.getByRole("columnheader", {name: "Title"}).waitFor();
    await isAccessible(who);
    await who.shot("schedule-list");
    await page.getByRole("button", {name: /^Clashes/}).click();
    await page.getByText("Nothing clashes").waitFor();
    await isAccessible(who);
    await page.goBack().catch(() => null);
  }),

  "by keys alone a session goes to another room and another day, and is saved": () => story(async (who, page) => {
    const before = commits();
    await page.getByRole("button", {name: /^Welcome to the quay/}).waitFor();
    for (let n = 0; n < 200 && !(await page.evaluate(() => document.activeElement.textContent.startsWith("Welcome to the quay"))); ++n) await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await says(page, "Welcome to the quay: Boat Shed, 09:30–10:00");
    await page.keyboard.press("PageDown");
    await page.getByRole("tab", {name: /Sep 13/, selected: true}).waitFor();
    await page.keyboard.press("ArrowDown");
    await says(page, "Welcome to the quay: Boat Shed, 09:45–10:15");
    assert.ok(await page.evaluate(() => document.activeElement.textContent.startsWith("Welcome to the quay"))); // keeps the focus
    for (let n = 0; n < 200 && !(await page.evaluate(() => /^Save 1/.test(document.activeElement.textContent))); ++n) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await isSaved(page);
    await bar(page).waitFor({state: "detached"});
    assert.equal(commits(), before + 1);
    assert.deepEqual(house.lastDiff(), ["-start: 2025-09-12T09:30", "-end: 2025-09-12T10:00", "-room: Net Loft",
      "+start: 2025-09-13T09:45", "+end: 2025-09-13T10:15", "+room: Boat Shed"]);
    assert.match(await (await fetch(`${house.site}/schedule/welcome/`)).text(), /Boat Shed/); // and live
  }),

  "by mouse a session is dragged, with the time in one's hand; Escape lets go": () => story(async (who, page) => {
    const rocks = block(page, "The names of rocks");
    await drag(page, rocks, 1, 120, {release: false});
    await page.locator(".hand").getByText("Boat Shed, 13:15–14:00").waitFor();
    await page.keyboard.press("Escape");
    await page.mouse.up();
    await page.locator(".hand").waitFor({state: "detached"});
    assert.equal(await bar(page).count(), 0);
    assert.equal(await page.getByRole("dialog").count(), 0);
    await drag(page, rocks, 1, 120);
    await says(page, "The names of rocks: Boat Shed, 13:15–14:00");
    await save(page);
    assert.match(text("names-of-rocks"), /start: 2025-09-12T13:15\nend: 2025-09-12T14:00\nroom: Boat Shed/);
  }),

  "its end is dragged, or moved by Shift and arrows, and it is longer": () => story(async (who, page) => {
    const tiles = block(page, "Small tiles for slow lines");
    const box = await tiles.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height + 1);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height + 30 * high, {steps: 4});
    await page.mouse.up();
    await says(page, "11:15–12:30");
    await tiles.focus();
    await page.keyboard.press("Shift+ArrowUp");
    await says(page, "11:15–12:15");
    await save(page);
    assert.deepEqual(house.lastDiff(), ["-end: 2025-09-12T12:00", "+end: 2025-09-12T12:15"]);
  }),

  "what is not scheduled is found, dropped into the plan, and goes back": () => story(async (who, page) => {
    const list = page.getByRole("complementary", {name: /Not scheduled/});
    await list.getByLabel("Search").fill("petra");
    await list.getByRole("button", {name: /^Knots/}).waitFor();
    await list.getByLabel("Track").selectOption("Community");
    await list.getByText("Nothing is found").waitFor();
    await list.getByLabel("Track").selectOption("");
    await list.getByLabel("Search").fill("");
    const knots = await list.getByRole("button", {name: /^Knots/}).boundingBox();
    const target = await block(page, "Charting a shore").boundingBox();
    await page.mouse.move(knots.x + 40, knots.y + 10);
    await page.mouse.down();
    await page.mouse.move(target.x + 60, target.y - 60 * high + 15 * high, {steps: 5});
    await page.mouse.up();
    await says(page, "Knots for surveyors: Net Loft, 09:00–09:30");
    await list.getByText("Everything has its place.").waitFor();
    await save(page);
    assert.match(text("knots"), /start: 2025-09-12T09:00\n/);
    const placed = await block(page, "Knots").boundingBox();
    const drop = await list.boundingBox();
    await page.mouse.move(placed.x + 20, placed.y + 10);
    await page.mouse.down();
    await page.mouse.move(drop.x + 60, drop.y + 90, {steps: 5});
    await page.mouse.up();
    await says(page, "Knots for surveyors: Not scheduled");
    await save(page);
    assert.doesNotMatch(text("knots"), /start:/);
    await page.getByRole("button", {name: /^Small tiles/}).focus();
    await page.keyboard.press("Delete"); // by key as well
    await says(page, "Small tiles for slow lines: Not scheduled");
    await bar(page).getByRole("button", {name: "Discard"}).click();
  }),

  "near its edge the grid scrolls under what is dragged": () => story(async (who, page) => {
    const region = page.getByRole("region", {name: /^Plan of/});
    await drag(page, block(page, "Charting a shore"), 0, 10, {release: false});
    const {y, height} = await region.boundingBox();
    const before = await region.evaluate((one) => one.scrollTop);
    const x = (await block(page, "Charting a shore").boundingBox()).x + 50;
    await page.mouse.move(x, Math.min(y + height, 900) - 8, {steps: 3});
    await page.waitForFunction((from) => document.querySelector("[role=region][aria-label^=Plan]").scrollTop > from + 60, before);
    await page.keyboard.press("Escape");
    await page.mouse.up();
  }),

  "clashes are told as they arise, in words beside the colour, and go with the move": () => story(async (who, page) => {
    await block(page, "Charting a shore").focus();
    await page.keyboard.press("ArrowRight");
    await bar(page).getByText("1 clash").waitFor();
    await bar(page).getByText("“Leads and lines: depth without sonar” is in Boat Shed from 10:00 to 10:45.").waitFor();
    await block(page, "Charting a shore").getByText("Room taken").waitFor();
    await block(page, "Leads and lines").getByText("Clash").waitFor(); // the other one, too
    await isAccessible(who);
    await who.shot("schedule-clash");
    await page.getByRole("button", {name: "Clashes (1)"}).click();
    await page.getByRole("button", {name: /^Find a place… ?: Charting a shore/}).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", {name: "Find a free place"}).click();
    const places = dialog.getByRole("group", {name: "Free places"});
    await places.getByRole("button", {name: /09:15 · Boat Shed/}).click();
    await dialog.getByRole("button", {name: "Put it there"}).click();
    await says(page, "Charting a shore that moves: Boat Shed, 09:15–10:00");
    await bar(page).getByText("No clash").waitFor();
    await page.getByRole("button", {name: "Plan", exact: true}).click();
    await block(page, "Charting a shore").focus();
    await page.keyboard.press("PageDown");
    await page.keyboard.press("PageDown"); // the event has no third day
    await says(page, "no such day");
    await bar(page).getByRole("button", {name: "Discard"}).click();
  }),

  "a speaker in two places, and a time that is not the event's, are clashes too": () => story(async (who, page) => {
    await page.getByRole("button", {name: "Put “Knots for surveyors” into the plan"}).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Day").fill("2025-09-12");
    await dialog.getByLabel("Begins").fill("10:15");
    await dialog.getByRole("button", {name: "Put it there"}).click();
    await bar(page).getByText("Petra Wexcombe speaks in “Leads and lines: depth without sonar” from 10:15 to 10:45.").waitFor();
    await block(page, "Knots").getByText("Room taken · Speaker twice").waitFor();
    await block(page, "Knots").click();
    await page.getByRole("dialog").getByLabel("Day").fill("2025-10-12");
    await page.getByRole("dialog").getByRole("button", {name: "Save"}).click();
    await page.getByRole("button", {name: /^Clashes/}).click();
    await page.getByText("It begins on a day that is not one of the event.").waitFor();
    house.push({"_schedule/knots.md": text("knots").replace(/start: .*\n(end: .*\n)?(duration: .*\n)?/, "")}, "Knots are free again");
    await page.getByText("Nothing clashes").waitFor();
  }),

  "two that are chosen swap their places in one save": () => story(async (who, page) => {
    const before = commits();
    await block(page, "Charting a shore").focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Control+ArrowRight");
    await page.keyboard.press("Space");
    await page.getByRole("button", {name: "Swap these two"}).click();
    await says(page, "Charting a shore that moves and Leads and lines: depth without sonar have changed places");
    await bar(page).getByText("No clash").waitFor();
    await save(page);
    assert.equal(commits(), before + 1);
    assert.match(text("charting-a-moving-shore"), /room: Boat Shed/);
    assert.match(text("leads-and-lines"), /room: Net Loft/);
  }),

  "a session swaps with another by its form, too": () => story(async (who, page) => {
    await block(page, "Charting a shore").click();
    await more(page, "Swap with another…");
    const dialog = page.getByRole("dialog", {name: /Swap/});
    await dialog.getByLabel("Changes places with").selectOption({label: "Leads and lines: depth without sonar (Fri, Sep 12 10:00, Net Loft)"});
    await dialog.getByRole("button", {name: "Swap", exact: true}).click();
    await save(page);
    assert.match(text("charting-a-moving-shore"), /room: Net Loft/);
  }),

  "a room is shifted by a quarter of an hour, from a time on, in one save": () => story(async (who, page) => {
    const before = commits();
    const dialog = await edit(page, "Shift a day or a room…");
    await dialog.getByLabel("Room").selectOption("Boat Shed");
    await dialog.getByLabel("From that time on").fill("11:00");
    await dialog.getByText("2 sessions are moved.").waitFor();
    await isAccessible(who);
    await dialog.getByRole("button", {name: "Shift", exact: true}).click();
    await save(page);
    assert.equal(commits(), before + 1);
    assert.match(text("small-tiles"), /start: 2025-09-12T11:30\nend: 2025-09-12T12:30/);
    assert.match(text("names-of-rocks"), /start: 2025-09-12T13:30/);
  }, {}),

  "a break is copied to other rooms in one save": () => story(async (who, page) => {
    const before = commits();
    await block(page, "Tea").click();
    await more(page, "Copy to other rooms…");
    const dialog = page.getByRole("dialog", {name: /Copy/});
    await dialog.getByRole("button", {name: "All rooms"}).click();
    await dialog.getByRole("button", {name: "Copy", exact: true}).click();
    await page.getByText("Tea is in 2 more rooms.").waitFor();
    assert.equal(commits(), before + 1);
    assert.equal(await block(page, /^Tea/).count(), 3);
    assert.equal(house.lastDiff().filter((line) => /^\+room: (Net Loft|Boat Shed)$/.test(line)).length, 2);
  }),

  "moves are undone, done again, and discarded before they are saved": () => story(async (who, page) => {
    const head = house.head();
    const charting = block(page, "Charting a shore");
    await charting.focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await says(page, "09:30–10:15");
    await page.keyboard.press("Control+z");
    await says(page, "Undone: Charting a shore that moves: Net Loft, 09:30–10:15");
    await charting.getByText("09:45–10:30").waitFor();
    await page.keyboard.press("Control+y");
    await charting.getByText("09:30–10:15").waitFor();
    await bar(page).getByRole("button", {name: "Undo"}).click();
    await bar(page).getByRole("button", {name: "Undo"}).click();
    await charting.getByText("10:00–10:45").waitFor();
    await bar(page).getByText("Nothing to save").waitFor();
    await bar(page).getByRole("button", {name: "Redo"}).click();
    await bar(page).getByRole("button", {name: "Discard"}).click();
    await charting.getByText("10:00–10:45").waitFor();
    assert.equal(house.head(), head);
  }),

  "who leaves with moves that are not saved is asked": () => story(async (who, page) => {
    await block(page, "Charting a shore").focus();
    await page.keyboard.press("ArrowUp");
    await page.getByRole("link", {name: "Posts"}).click();
    const asked = page.getByRole("dialog", {name: "Leave without saving?"});
    await asked.getByText("1 move is not saved, and would be lost.").waitFor();
    await asked.getByRole("button", {name: "Stay"}).click();
    await bar(page).getByRole("button", {name: "Discard"}).click();
  }),

  "somebody else's push arrives meanwhile: both are kept, and one session of both is asked about": () => story(async (who, page) => {
    who.allow(/status of 412/); // moves that were judged in the moment between a push and its news
    await block(page, "Charting a shore").focus();
    await page.keyboard.press("ArrowUp");
    await bar(page).getByText("No clash").waitFor();
    house.push({"_schedule/harbour-walk.md": text("harbour-walk").replace(/start: .*/, "start: 2025-09-12T14:00").replace(/end: .*/, "end: 2025-09-12T15:30")}, "The walk is later");
    await block(page, "A walk with the wall").getByText("14:00–15:30").waitFor(); // theirs is shown, mine is still there
    await block(page, "Charting a shore").getByText("09:45–10:30").waitFor();
    house.push({"_schedule/charting-a-moving-shore.md": text("charting-a-moving-shore").replace("10:00", "12:00").replace("10:45", "12:45")}, "Charting is at noon");
    const alert = page.getByRole("alert").filter({hasText: "Somebody else has moved 1 session"});
    await alert.getByText(/put it to Net Loft, 12:00–12:45\.\s+You: Net Loft, 09:45–10:30\./).waitFor();
    await isAccessible(who);
    await who.shot("schedule-conflict");
    await alert.getByRole("button", {name: "Keep mine"}).click();
    await save(page);
    assert.match(text("charting-a-moving-shore"), /start: 2025-09-12T09:45/);
    assert.match(text("harbour-walk"), /start: 2025-09-12T14:00/);
  }),

  "times of the event stand beside those of who looks": () => story(async (who, page) => {
    const times = page.locator(".times");
    await times.getByText("15:00", {exact: true}).first().waitFor();
    assert.match(await times.locator(".hour").filter({hasText: "10:00"}).first().textContent(), /10:00\s*15:00/); // Berlin
    await page.getByText("Times are those of America/Halifax. Beside them: Europe/Berlin.").waitFor();
    await page.getByLabel("Your time, too").uncheck();
    await page.getByText("Beside them").waitFor({state: "detached"});
    await page.getByLabel("Your time, too").check();
  }),

  "the night of a change of the clock has the hours that it has, named as the server names them": async () => {
    const night = await another({
      "_data/event.yml": event("2025-11-01", "2025-11-02"),
      "_schedule/dance.md": "---\ntitle: A long dance\nstart: 2025-11-02T00:30\nend: 2025-11-02T01:00\nroom: Hall\n---\n",
    }, {example: false});
    await story(async (who, page) => {
      await page.getByLabel("All hours").check();
      assert.equal(await page.locator(".times .hour").count(), 25);
      await page.locator(".times .hour").filter({hasText: "01:00 (-03:00)"}).waitFor();
      await page.locator(".times .hour").filter({hasText: "01:00 (-04:00)"}).waitFor();
      await block(page, "A long dance").focus();
      for (let n = 0; n < 8; ++n) await page.keyboard.press("ArrowDown"); // two hours, which the clock shows as one
      await says(page, "01:30 (-04:00)–02:00");
      await save(page);
      assert.match(text("dance", night), /start: 2025-11-02T01:30(:00)?-04:00/);
      await block(page, "A long dance").click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("01:30 comes twice that night. Which one?").selectOption({label: "The first: 01:30 (-03:00)"});
      await dialog.getByRole("button", {name: "Save"}).click();
      await dialog.waitFor({state: "detached"});
      assert.match(text("dance", night), /start: "?2025-11-02T01:30(:00)?-03:00/);
      await block(page, "A long dance").click();
      await dialog.getByLabel("Day").fill("2025-03-09");
      await dialog.getByLabel("Begins").fill("02:30");
      await dialog.getByText("02:30 does not exist on Sun, Mar 9 in America/Halifax: the clock is set forward over it.").waitFor();
      await isAccessible(who);
    }, {at: night, to: "#/schedule/2025-11-01"});
  },

  "where clashes are refused, the save says which, and the moves stay": async () => {
    const strict = await another({"_config.yml": "title: Strict\nstet:\n  schedule:\n    clashes: refuse\n", "_data/event.yml": event("2025-09-12", "2025-09-12"),
      "_schedule/a.md": "---\ntitle: First of all\nstart: 2025-09-12T10:00\nend: 2025-09-12T11:00\nroom: Hall\n---\n",
      "_schedule/b.md": "---\ntitle: Then another\nstart: 2025-09-12T11:00\nend: 2025-09-12T12:00\nroom: Hall\n---\n"}, {example: false});
    await story(async (who, page) => {
      who.allow(/status of 422/);
      await block(page, "Then another").focus();
      await page.keyboard.press("ArrowUp");
      await block(page, "Then another").getByText("Room taken").waitFor();
      await bar(page).getByRole("button", {name: "Save 1 move"}).click();
      await bar(page).getByRole("alert").getByText("Nothing is saved: this site does not save what clashes anew.").waitFor();
      await bar(page).getByRole("alert").getByText("“First of all” is in Hall from 10:45 to 11:00.").waitFor();
      await block(page, "Then another").getByText("10:45–11:45").waitFor();
      assert.match(text("b", strict), /T11:00/);
    }, {at: strict});
  },

  "where others look at changes first, moves that are saved are a change of their own": async () => {
    const site = await another({"_config.yml": "title: Looked at\nstet:\n  review: {approvals: 1}\n", "_data/event.yml": event("2025-09-12", "2025-09-12"),
      "_schedule/a.md": "---\ntitle: First of all\nstart: 2025-09-12T10:00\nend: 2025-09-12T11:00\nroom: Hall\n---\n"}, {example: false});
    await story(async (who, page) => {
      const head = site.head();
      await block(page, "First of all").focus();
      await page.keyboard.press("ArrowDown");
      await bar(page).getByText("Others look at it first").waitFor();
      await isAccessible(who);
      await save(page);
      await page.getByText("1 move is saved in the change. It is in a change of its own now").waitFor();
      assert.equal(site.head(), head);
      const id = new URL(page.url()).hash.split("change=")[1];
      assert.match(site.file("_schedule/a.md", `change/${id}`).toString(), /start: 2025-09-12T10:15\n/);
      await block(page, "First of all").getByText("10:15–11:15").waitFor(); // as the change has it
      await page.getByRole("region", {name: "Change"}).getByRole("link", {name: "Moves in the schedule"}).waitFor();
      await isAccessible(who);
      await block(page, "First of all").focus();
      await page.keyboard.press("ArrowDown"); // and from there on into the same, with clashes as they arise
      await bar(page).getByText("No clash").waitFor();
      await page.getByRole("link", {name: "Schedule", exact: true}).click(); // what is live: moves would be lost
      const asked = page.getByRole("dialog", {name: "Leave without saving?"});
      await asked.getByRole("button", {name: "Stay"}).click();
      const [message, button] = await Promise.all([page.getByText("It is in a change of its own now"), bar(page).getByRole("button", {name: /^Save/})].map((one) => one.boundingBox()));
      assert.ok(message.y + message.height < button.y); // what is said does not stand over what is to be pressed
      await save(page);
      await page.getByText("1 move is saved in the change.", {exact: true}).waitFor();
      assert.match(site.file("_schedule/a.md", `change/${id}`).toString(), /start: 2025-09-12T10:30\n/);
      assert.equal(site.git("for-each-ref", "--format=%(refname)", "refs/heads/change").trim().split("\n").length, 1);
      await page.getByRole("button", {name: "Leave the change"}).click();
      await block(page, "First of all").getByText("10:00–11:00").waitFor();
      assert.equal(site.head(), head);
    }, {at: site});
  },

  "on a phone one room is shown at a time, and a finger that rests drags": () => story(async (who, page) => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.locator("[data-column]").waitFor();
    assert.equal(await page.locator("[data-column]").count(), 1);
    await page.getByLabel("Room").selectOption({label: "Boat Shed"});
    const tiles = block(page, "Small tiles");
    await tiles.scrollIntoViewIfNeeded();
    const box = await tiles.boundingBox();
    const [, hour, minute] = /start: .*T(\d\d):(\d\d)/.exec(text("small-tiles")).map(Number);
    const later = new Date(Date.UTC(2025, 8, 12, hour, minute + 30)).toISOString().slice(11, 16);
    const finger = await who.context.newCDPSession(page);
    const touch = (type, x, y) => finger.send("Input.dispatchTouchEvent", {type, touchPoints: type === "touchEnd" ? [] : [{x, y}]});
    await touch("touchStart", box.x + 40, box.y + 10);
    await page.locator(".hand").waitFor();
    for (const by of [10, 30, 30 * high]) await touch("touchMove", box.x + 40, box.y + 10 + by);
    await page.locator(".hand").getByText(`Boat Shed, ${later}–`).waitFor();
    await touch("touchEnd");
    await says(page, `Small tiles for slow lines: Boat Shed, ${later}–`);
    await bar(page).getByRole("button", {name: /^Save/}).waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await isAccessible(who);
    await who.shot("schedule-phone", true);
    await save(page);
    assert.ok(text("small-tiles").includes(`start: 2025-09-12T${later}`));
    await page.getByRole("button", {name: "List", exact: true}).click();
    await page.getByRole("table").waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await isAccessible(who);
  }, {viewport: phone, hasTouch: true}),

  "in Persian the plan runs from right to left, and so do the arrows": () => story(async (who, page) => {
    await page.getByLabel("Language").selectOption("fa");
    await block(page, "Charting a shore").focus();
    await page.keyboard.press("ArrowLeft"); // the next room is on the left
    await says(page, "Boat Shed");
    await page.getByText(/^«Leads and lines: depth without sonar» از \u2066[۰-۹]{2}:[۰-۹]{2}\u2069 تا \u2066[۰-۹]{2}:[۰-۹]{2}\u2069 در Boat Shed است\.$/).first().waitFor();
    await isAccessible(who);
    await who.shot("schedule-persian");
    await page.keyboard.press("Control+z");
    await page.getByLabel("زبان", {exact: true}).selectOption("en");
  }),

  "who may only read looks, and changes nothing": () => story(async (who, page) => {
    await page.getByText("You can look at the schedule, but not change it.").waitFor();
    await block(page, "Charting a shore").focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await bar(page).count(), 0);
    assert.equal(await page.getByRole("button", {name: "New session"}).count(), 0);
    await block(page, "Charting a shore").click();
    assert.equal(await page.getByRole("dialog").getByRole("button", {name: "Save"}).count(), 0);
    await isAccessible(who);
  }, {name: "rita"}),

  "five hundred sessions in fifty rooms are moved without a pause": async () => {
    const large = await another(many({rooms: 50, days: 3, sessions: 500}), {example: false});
    await story(async (who, page) => {
      await page.locator("[data-slot]").first().waitFor();
      const first = page.locator("[data-slot]").first();
      await first.focus();
      const meter = await who.context.newCDPSession(page);
      await meter.send("Performance.enable", {timeDomain: "threadTicks"});
      const worked = async () => (await meter.send("Performance.getMetrics")).metrics.find(({name}) => name === "TaskDuration").value * 1000;
      const before = await worked(), moves = 20;
      await page.evaluate(async (count) => {
        for (let n = 0; n < count; ++n) {
          document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: n % 2 ? "ArrowUp" : "ArrowDown", bubbles: true, cancelable: true}));
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        }
      }, moves);
      const each = ((await worked()) - before) / moves;
      const shown = await page.locator("[data-slot]").count();
      console.log(`   ${shown} sessions of a day: a move by key is ${each.toFixed(1)} ms of the page's thread, drawing included`);
      assert.ok(shown > 150);
      await says(page, "Room 1");
      await who.shot("schedule-large");
    }, {at: large, to: "#/schedule"});
  },
}, close);
