// What the plan is made of: sessions by their form, rooms, tracks, types, speakers, the event, lists and versions.

import assert from "node:assert/strict";
import {isAccessible, tell} from "./browser.mjs";
import {bar, block, edit, event, more, openStage, save, says} from "./schedules.mjs";

const {house, another, story, commits, text, close} = await openStage();

await tell({
  "rooms, tracks and types are added, renamed with their sessions, put in order, and not deleted while in use": () => story(async (who, page) => {
    who.allow(/status of 409/); // what is in use
    const dialog = await edit(page, "Rooms, tracks, types");
    await dialog.getByLabel("New room").fill("Sail Room");
    await dialog.getByRole("button", {name: "Add"}).click();
    await dialog.getByLabel("Name of Sail Room").waitFor();
    await dialog.getByRole("button", {name: "Move Sail Room up"}).click();
    await dialog.getByRole("status").getByText("Sail Room has another place.").waitFor(); // within the window: what is outside of it is not heard
    const before = commits();
    await dialog.getByLabel("Name of Boat Shed").fill("Boat House");
    await dialog.getByRole("button", {name: "Save"}).click();
    await page.getByText("Boat House is saved.").waitFor();
    assert.equal(commits(), before + 1); // the event and all sessions
    assert.match(text("small-tiles"), /room: Boat House/);
    assert.match(house.file("_data/event.yml").toString(), /Sail Room[^]*Boat House/);
    await isAccessible(who);
    await dialog.getByRole("button", {name: "Delete Boat House"}).click();
    const alert = dialog.getByRole("alert");
    await alert.getByText(/Boat House is named by \d sessions, and was not deleted/).waitFor();
    await alert.getByText("Small tiles for slow lines").waitFor();
    await isAccessible(who);
    await alert.getByRole("button", {name: "Keep it"}).click();
    await dialog.getByRole("button", {name: "Delete Sail Room"}).click();
    await page.getByText("Sail Room is gone.").waitFor();
    await dialog.getByRole("tab", {name: /Tracks/}).click();
    await dialog.getByLabel("Colour of Tools").fill("#00aa55");
    await dialog.getByRole("button", {name: "Save"}).click();
    await page.getByText("Tools is saved.").waitFor();
    assert.match(house.file("_data/event.yml").toString(), /#00aa55/);
    await dialog.getByRole("tab", {name: /Types/}).click();
    await dialog.getByLabel("New type").fill("talk");
    await dialog.getByRole("button", {name: "Add"}).click();
    await dialog.getByLabel("Name of talk").waitFor();
    await dialog.getByRole("button", {name: "Done"}).click();
    await page.getByRole("button", {name: "Edit", exact: true}).and(page.locator(":focus")).waitFor(); // from where it was opened
  }),

  "who has edited a speaker comes back to the speakers": () => story(async (who, page) => {
    await (await edit(page, "Speakers")).getByRole("link", {name: /^Details ?: Davin Trellow/}).click();
    await page.getByRole("textbox", {name: "Text", exact: true}).waitFor();
    await page.getByRole("link", {name: "Back to the list"}).click();
    const dialog = page.getByRole("dialog", {name: "Speakers"});
    await dialog.getByLabel("Name of Davin Trellow").waitFor();
    await isAccessible(who);
    await dialog.getByRole("button", {name: "Done"}).click();
    await dialog.waitFor({state: "detached"});
    assert.equal(new URL(page.url()).hash.includes("?"), false);
  }),

  "speakers are added, renamed, and not deleted while sessions name them": () => story(async (who, page) => {
    who.allow(/status of 409/);
    const dialog = await edit(page, "Speakers");
    await dialog.getByLabel("New speaker").fill("Nia Quaymark");
    await dialog.getByRole("button", {name: "Add"}).click();
    await dialog.getByLabel("Name of Nia Quaymark").fill("Nia Quay");
    await dialog.getByRole("button", {name: "Save"}).click();
    await page.getByText("Nia Quay is saved.").waitFor();
    await dialog.getByRole("button", {name: "Delete Davin Trellow"}).click();
    await dialog.getByRole("alert").getByText(/Davin Trellow is named by \d sessions/).waitFor();
    await dialog.getByRole("alert").getByText("Charting a shore that moves").waitFor();
    await dialog.getByRole("alert").getByRole("button", {name: "Keep it"}).click();
    await dialog.getByRole("button", {name: "Delete Nia Quay"}).click();
    await page.getByText("Nia Quay is gone.").waitFor();
    await isAccessible(who);
  }),

  "the event's title and days are edited in place": () => story(async (who, page) => {
    const dialog = await edit(page, "Event");
    await dialog.getByLabel("Title of the event").fill("Quayside Days");
    await dialog.getByLabel("Last day").fill("2025-09-14");
    await isAccessible(who);
    await dialog.getByRole("button", {name: "Save"}).click();
    await page.getByRole("heading", {name: "Quayside Days"}).waitFor();
    await page.getByRole("tab", {name: /Sep 14/}).waitFor();
    assert.deepEqual(house.lastDiff(), ["-title: Quayside Map Days 2025", "+title: Quayside Days", "-end: 2025-09-13", "+end: 2025-09-14"]);
  }),

  "a session is made with a double click where it shall be, with a speaker who is new": () => story(async (who, page) => {
    const box = await block(page, "Leads and lines").boundingBox();
    await page.mouse.dblclick(box.x + 80, box.y - 30);
    const dialog = page.getByRole("dialog", {name: "New session"});
    await dialog.getByRole("button", {name: "Add session"}).click();
    await dialog.getByText("This is needed.").waitFor();
    await dialog.getByLabel("Title").fill("Ropes: an introduction");
    await dialog.getByLabel("Add a speaker").fill("Ines Rope");
    await dialog.getByRole("button", {name: "Add as a new speaker"}).click();
    await dialog.getByRole("button", {name: "Remove Ines Rope"}).waitFor();
    await dialog.getByLabel("Track").selectOption("Tools");
    await dialog.getByLabel("Status").selectOption("tentative");
    await dialog.getByLabel("Language").fill("fa");
    await dialog.getByLabel("Text", {exact: true}).fill("Bring rope.\n");
    await isAccessible(who);
    await dialog.getByRole("button", {name: "Add session"}).click();
    await block(page, "Ropes: an introduction").getByText("Tentative").waitFor();
    const made = text("ropes-an-introduction");
    assert.match(made, /room: Boat House/);
    assert.match(made, /start: 2025-09-12T09:\d\d/);
    assert.match(made, /language: fa/);
    assert.match(made, /ines-rope/);
    assert.ok(made.endsWith("\nBring rope.\n"));
    assert.ok(house.file("_speakers/ines-rope.md").toString().includes("Ines Rope"));
  }),

  "an empty place is found by keys, and Enter makes a session there": () => story(async (who, page) => {
    await page.getByRole("button", {name: /^New at 08/}).or(page.getByRole("button", {name: /^New at 09:00/})).first().focus();
    await page.keyboard.press("ArrowRight");
    for (let n = 0; n < 2; ++n) await page.keyboard.press("PageDown");
    await says(page, "Empty place: Net Loft, 11:00");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", {name: "New session"});
    assert.equal(await dialog.getByLabel("Begins").inputValue(), "11:00");
    assert.equal(await dialog.getByLabel("Room").inputValue(), "Net Loft");
    await page.keyboard.press("Escape");
    await dialog.waitFor({state: "detached"});
  }),

  "a session has several times, and each is moved by itself": () => story(async (who, page) => {
    await block(page, "Ropes").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", {name: "Add another time"}).click();
    const second = dialog.getByRole("group", {name: "Time 2"});
    await second.getByLabel("Day").fill("2025-09-13");
    await second.getByLabel("Begins").fill("08:30");
    await dialog.getByRole("button", {name: "Save"}).click();
    await dialog.waitFor({state: "detached"});
    assert.match(text("ropes-an-introduction"), /slots:[^]*id: a[^]*id: b[^]*2025-09-13T08:30/);
    await page.getByRole("tab", {name: /Sep 13/}).click();
    await block(page, "Ropes").focus();
    await page.keyboard.press("ArrowDown");
    await save(page);
    assert.match(text("ropes-an-introduction"), /2025-09-13T08:45/);
    assert.match(text("ropes-an-introduction"), /2025-09-12T09/); // the other stays
  }),

  "to cancel is another thing than to delete": () => story(async (who, page) => {
    await block(page, "Ropes").click();
    await more(page, "Cancel the session…");
    await page.getByRole("dialog", {name: "Cancel this session?"}).getByRole("button", {name: "Cancel the session"}).click();
    await block(page, "Ropes").getByText("Cancelled").waitFor();
    assert.match(text("ropes-an-introduction"), /status: cancelled/);
    await block(page, "Ropes").click();
    await more(page, "Delete…");
    const asked = page.getByRole("dialog", {name: "Delete this session?"});
    await asked.getByText("If people know of it already, cancel it instead", {exact: false}).waitFor();
    await asked.getByRole("button", {name: "Delete it"}).click();
    await block(page, "Ropes").waitFor({state: "detached"});
    assert.throws(() => text("ropes-an-introduction"));
  }),

  "what is typed in a form stays when the call fails, and is not thrown away unasked": () => story(async (who, page) => {
    who.allow(/Failed to load resource|net::/);
    await block(page, "Charting a shore").click();
    const dialog = page.getByRole("dialog", {name: /Charting/});
    await dialog.getByLabel("Title").fill("Charting, again");
    await page.route("**/api/v1/schedule/sessions/**", (route) => (route.request().method() === "PATCH" ? route.abort() : route.continue()));
    await dialog.getByRole("button", {name: "Save"}).click();
    await dialog.getByRole("alert").getByText("The server cannot be reached", {exact: false}).waitFor();
    assert.equal(await dialog.getByLabel("Title").inputValue(), "Charting, again");
    await page.unroute("**/api/v1/schedule/sessions/**");
    await dialog.getByRole("button", {name: "Close"}).last().click();
    await page.getByRole("dialog", {name: "Close without saving?"}).getByRole("button", {name: "Cancel"}).click();
    assert.equal(await dialog.getByLabel("Title").inputValue(), "Charting, again");
    await dialog.getByRole("button", {name: "Save"}).click();
    await block(page, "Charting, again").waitFor();
    assert.deepEqual(house.lastDiff(), ["-title: Charting a shore that moves", "+title: Charting, again"]);
  }),

  "the list is sorted and searched, the plan condensed and closer, and both are printed": () => story(async (who, page) => {
    const tall = async () => (await block(page, "Charting, again").boundingBox()).height;
    const usual = await tall();
    await page.getByLabel("Condensed").check();
    assert.ok((await tall()) < usual);
    await page.getByLabel("Condensed").uncheck();
    await page.getByLabel("Steps").selectOption("5");
    assert.ok((await tall()) > usual);
    await block(page, "Charting, again").focus();
    await page.keyboard.press("ArrowDown");
    await says(page, "10:05–10:50");
    await page.keyboard.press("Control+z");
    await page.getByLabel("Steps").selectOption("15");
    await page.getByLabel("Search").fill("charting");
    assert.equal(await page.locator(".dim").count(), (await page.locator("[role=listitem]").count()) - 1); // the others are pale
    await page.getByLabel("Search").fill("");
    await page.getByRole("button", {name: "List", exact: true}).click();
    const titles = () => page.getByRole("row").getByRole("cell").nth(1).textContent();
    await page.getByRole("columnheader", {name: "Title"}).getByRole("button").click();
    await page.getByRole("columnheader", {name: "Title"}).and(page.locator("[aria-sort=ascending]")).waitFor();
    const first = await titles();
    await page.getByRole("columnheader", {name: "Title"}).getByRole("button").click();
    await page.locator("[aria-sort=descending]").waitFor();
    assert.notEqual(await titles(), first);
    await page.emulateMedia({media: "print"});
    assert.equal(await page.getByRole("button", {name: "Print"}).count(), 0);
    assert.equal(await page.getByRole("navigation").count(), 0);
    await who.shot("schedule-print");
    await page.emulateMedia({media: null});
  }),

  "a version is published, with what has changed": () => story(async (who, page) => {
    const dialog = await edit(page, "Publish a version…");
    await dialog.getByText("What this version has").waitFor();
    await dialog.getByLabel("Version", {exact: false}).first().fill("0.3");
    await dialog.getByLabel("What people are told").fill("All rooms are known.");
    await isAccessible(who);
    await dialog.getByRole("button", {name: "Publish version 0.3"}).click();
    await page.getByText("Version 0.3 is published.").waitFor();
    assert.match(await (await fetch(await page.getByRole("link", {name: "See it"}).getAttribute("href"))).text(), /0\.3/);
    assert.match(house.file("_data/schedule_releases.yml").toString(), /version: "0\.3"[^]*All rooms are known\./);
    await block(page, "Charting, again").focus();
    await page.keyboard.press("ArrowUp");
    await save(page);
    await edit(page, "Publish a version…");
    await dialog.getByText("Changes since version 0.3").waitFor();
    await dialog.getByRole("listitem").filter({hasText: "Moved"}).getByText("10:00, Net Loft → Fri, Sep 12 09:45, Net Loft", {exact: false}).waitFor();
    assert.equal(await dialog.getByLabel("Version", {exact: false}).first().inputValue(), "0.4");
  }),

  "who may only propose saves sessions, rooms, speakers and moves in one change, which an editor publishes": async () => {
    const site = await another({"_config.yml": "title: Proposed\n", "_data/event.yml": event("2025-09-12", "2025-09-12"),
      "_schedule/a.md": "---\ntitle: First of all\nstart: 2025-09-12T10:00\nend: 2025-09-12T11:00\nroom: Hall\n---\n"}, {example: false});
    const head = site.head();
    let id = "";
    const proposed = (path) => site.file(path, `change/${id}`).toString();
    await story(async (who, page) => {
      await block(page, "First of all").click();
      const form = page.getByRole("dialog");
      await form.getByText("Others look at it first").waitFor();
      await form.getByLabel("Title").fill("First of them");
      await form.getByLabel("Add a speaker").fill("Ida Quay");
      await form.getByRole("button", {name: "Add as a new speaker"}).click(); // in a change by now
      await form.getByRole("button", {name: "Remove Ida Quay"}).waitFor();
      assert.equal(await form.getByLabel("Title").inputValue(), "First of them"); // what is typed stays
      id = new URL(page.url()).hash.split("change=")[1];
      await form.getByRole("button", {name: "Save"}).click();
      await page.getByText("First of them is saved.").waitFor();
      assert.match(proposed("_schedule/a.md"), /title: First of them\n[^]*ida-quay/);
      const names = await edit(page, "Rooms, tracks, types");
      await names.getByLabel("Name of Hall").fill("Great Hall");
      await names.getByRole("button", {name: "Save"}).click();
      await page.getByText("Great Hall is saved.").waitFor();
      await isAccessible(who);
      await names.getByRole("button", {name: "Done"}).click();
      assert.match(proposed("_schedule/a.md"), /room: Great Hall\n/);
      await (await edit(page, "Event")).getByLabel("Title of the event").fill("Another event");
      await page.getByRole("dialog").getByRole("button", {name: "Save"}).click();
      await page.getByRole("heading", {name: "Another event"}).waitFor();
      await block(page, "First of them").focus();
      await page.keyboard.press("ArrowDown");
      await bar(page).getByText("No clash").waitFor();
      await save(page);
      assert.match(proposed("_schedule/a.md"), /start: 2025-09-12T10:15\n/);
      await who.shot("schedule-in-change", true);
      await block(page, "First of them").click();
      await form.getByRole("link", {name: "All fields of this session"}).click(); // in the same change
      await page.getByRole("link", {name: "Back to the list"}).click();
      await block(page, "First of them").getByText("10:15–11:15").waitFor();
      await page.getByRole("button", {name: "Ask for review"}).click();
      await page.getByText("Waiting for review").first().waitFor();
      assert.equal(site.head(), head);
      assert.equal(site.git("for-each-ref", "--format=%(refname)", "refs/heads/change").trim().split("\n").length, 1);
    }, {at: site, name: "otto"});
    await story(async (who, page) => {
      await block(page, "First of them").waitFor();
      await page.getByRole("button", {name: "Publish", exact: false}).click();
      await page.getByRole("dialog").getByRole("button", {name: /^Publish/}).click();
      await page.getByRole("region", {name: "Change"}).waitFor({state: "detached"});
      await block(page, "First of them").getByText("10:15–11:15").waitFor(); // live
      assert.match(site.file("_schedule/a.md").toString(), /start: 2025-09-12T10:15\n/);
    }, {at: site, to: `#/schedule/2025-09-12?change=${id}`});
  },

  "a site without a schedule begins one": async () => {
    const bare = await another({"_config.yml": "title: Bare\n", "index.md": "---\ntitle: Bare\n---\nHello\n"}, {example: false});
    await story(async (who, page) => {
      who.allow(/status of 404/); // the question whether there is one
      await page.getByText("There is no schedule yet").waitFor();
      await isAccessible(who);
      await who.shot("schedule-begin");
      await page.getByRole("button", {name: "Begin the schedule"}).click();
      assert.equal(await page.getByText("This is needed.").count(), 2);
      await page.getByLabel("Title of the event").fill("Harbour Talks");
      await page.getByLabel("First day").fill("2026-03-27");
      await page.getByLabel("Last day").fill("2026-03-28");
      await page.getByLabel("Time zone").fill("Europe/Berlin");
      await page.getByLabel("Rooms").fill("Main\nSide\n");
      await page.getByRole("button", {name: "Begin the schedule"}).click();
      await page.getByRole("heading", {name: "Harbour Talks"}).waitFor();
      await page.getByRole("tab", {name: /Mar 28/}).waitFor();
      const made = bare.file("_data/event.yml").toString();
      for (const part of ["title: Harbour Talks", "time_zone: Europe/Berlin", "Main", "Side"]) assert.ok(made.includes(part), made);
    }, {at: bare, to: "#/schedule"});
  },
}, close);
