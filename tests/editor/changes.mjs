// Unpublished work: proposed, looked at, decided on, published, at once or at a time; by two people.

import assert from "node:assert/strict";
import {exampleFolder, isAccessible, person, phone, stet, tell} from "./browser.mjs";
import {openHouse} from "./house.mjs";

const house = await openHouse(stet, exampleFolder);
const answers = /status of (401|403|404|409)/; // who is here; what may not be; what is gone; what cannot be yet
const path = "_posts/2025-09-02-what-to-bring.md", entry = "/posts/2025-09-02-what-to-bring";

async function story(name, to, options, run) {
  const who = await person(house, name, to, options);
  who.allow(answers);
  await run(who, who.page);
  await who.leave();
}
const patch = (body, change) => house.api("PATCH", `${entry}${change ? `?change=${change}` : ""}`, body, {"if-match": "*"});
const begin = async (title, front_matter) => {
  const {id} = await house.api("POST", "/changes", {title});
  if (front_matter) await patch({front_matter}, id);
  return id;
};
const state = async (id) => (await house.api("GET", `/changes/${id}`)).state;
const live = async (where) => (await fetch(`${house.site}${where}`)).text();

// As somebody edits an entry of it in another window: by the same session's API.
const edit = (page, id, front_matter) => page.evaluate(async ([where, body]) => {
  const {csrf} = await (await fetch("/api/v1/session")).json();
  const answer = await fetch(where, {method: "PATCH", body, headers: {"X-CSRF-Token": csrf, "If-Match": "*", "Content-Type": "application/merge-patch+json"}});
  if (!answer.ok) throw new Error(await answer.text());
}, [`/api/v1${entry}?change=${id}`, JSON.stringify({front_matter})]);

let proposed = "";
await tell({
  "an author begins a change, and adds entries to it": () => story("otto", "#/changes", {}, async (who, page) => {
    await page.getByText("Nothing is in the making").waitFor();
    await isAccessible(who);
    await page.getByRole("button", {name: "New change"}).first().click();
    const dialog = page.getByRole("dialog", {name: "A new change"});
    await dialog.getByLabel(/^Name/).fill("What one needs in autumn");
    await dialog.getByLabel("Note").fill("Boots are missing.");
    await dialog.getByRole("button", {name: "Begin"}).click();
    await page.getByRole("heading", {name: "What one needs in autumn"}).waitFor();
    await page.getByText("There is nothing in it yet.").waitFor();
    proposed = page.url().split("/").pop();
    assert.equal(house.git("rev-parse", "--verify", `change/${proposed}`).trim().length, 40);
    await page.getByRole("button", {name: "Add an entry"}).first().click();
    const add = page.getByRole("dialog", {name: "Which entry do you want to edit in this change?"});
    await add.getByLabel("Search by title or text").fill("what to bring");
    const found = add.getByRole("link", {name: "What to bring"});
    assert.equal(await found.getAttribute("href"), `#/edit/posts/2025-09-02-what-to-bring?change=${proposed}`);
    assert.equal(await add.getByRole("link", {name: "Write a new post"}).getAttribute("href"), `#/new/posts?change=${proposed}`);
    await isAccessible(who);
    await add.getByRole("button", {name: "Close"}).click();
    await edit(page, proposed, {title: "Boots and a coat"});
    await page.getByRole("row", {name: /^title/}).getByText("Boots and a coat").waitFor();
    assert.equal(await page.getByRole("button", {name: "Publish", exact: true}).count(), 0, "an author publishes nothing");
    await page.getByRole("button", {name: "Ask for review"}).click();
    await page.getByText("Its writers are done and ask somebody else to look at it.").waitFor();
    await who.shot("change-author");
  }),
  "an editor finds what an author has done, comments on a line, and asks for changes": () => story("eda", "#/changes?list=waiting", {}, async (who, page) => {
    await page.getByRole("link", {name: "What one needs in autumn"}).click();
    const lines = page.getByRole("group", {name: /^Text/});
    await lines.getByRole("button", {name: "Comment on line 2"}).click();
    const words = lines.getByRole("textbox", {name: "Comment on line 2"});
    await words.fill("Say umbrella, not coat.");
    const where = `/changes/${page.url().split("/").pop()}/comments`;
    const {number} = await house.api("POST", where, {body: "Somebody else says a word."});
    await page.getByText("Somebody else says a word.").waitFor();
    assert.equal(await words.inputValue(), "Say umbrella, not coat."); // what is typed stays, whatever others do
    await house.api("DELETE", `${where}/${number}`);
    await lines.getByRole("button", {name: "Say it"}).click();
    await lines.getByRole("article", {name: "Line 2"}).getByText("Say umbrella, not coat.").waitFor();
    await isAccessible(who);
    await page.getByRole("button", {name: "Ask for changes"}).click();
    const dialog = page.getByRole("dialog", {name: "What is to be changed?"});
    await dialog.getByRole("button", {name: "Ask for changes"}).click();
    await dialog.getByText("Say what is to be changed.").waitFor();
    await dialog.getByLabel(/^What you say of it/).fill("See the title.");
    await dialog.getByRole("button", {name: "Ask for changes"}).click();
    await page.getByText(/eda asked for changes\. Edit it/).waitFor();
    assert.equal(await page.getByRole("button", {name: "Publish", exact: true}).count(), 0);
    await who.shot("change-reviewed");
  }),
  "the author answers, edits and resolves; the editor sees it live, approves and publishes": async () => {
    const eda = await person(house, "eda", `#/changes/${proposed}`);
    eda.allow(answers);
    await eda.page.getByRole("row", {name: /^title/}).getByText("Boots and a coat").waitFor();
    await story("otto", `#/changes/${proposed}`, {}, async (who, page) => {
      await edit(page, proposed, {title: "Boots and an umbrella"});
      await page.getByRole("row", {name: /^title/}).getByText("Boots and an umbrella").waitFor();
      const thread = page.getByRole("article", {name: "Line 2"});
      await thread.getByText("said of an earlier state").waitFor();
      await thread.getByRole("button", {name: "Reply"}).click();
      await thread.getByLabel("Reply").fill("It is an umbrella now.");
      await thread.getByRole("button", {name: "Say it"}).click();
      await thread.getByText("It is an umbrella now.").waitFor();
      await thread.getByRole("button", {name: "Done"}).click();
      await thread.getByText("Done, says otto").waitFor();
      await page.getByText("You have written to this change, so somebody else approves it.").waitFor();
    });
    const {page} = eda;
    await page.getByRole("row", {name: /^title/}).getByText("Boots and an umbrella").waitFor();
    await page.getByRole("button", {name: "Show the pages"}).click();
    await page.frameLocator("iframe[title='With this change']").getByText("Boots and an umbrella").first().waitFor();
    await page.frameLocator("iframe[title='Live now']").getByText("What to bring").first().waitFor();
    await eda.shot("change-pages", true);
    await page.getByRole("button", {name: "Approve", exact: true}).click();
    await page.getByRole("dialog").getByRole("button", {name: "Approve"}).click();
    await page.getByText("eda approved this").waitFor();
    await isAccessible(eda);
    await page.getByRole("button", {name: "Publish", exact: true}).click();
    await isAccessible(eda);
    await page.getByRole("dialog").getByRole("button", {name: "Publish now"}).click();
    await page.getByText("Readers see it.").waitFor();
    assert.match(await live("/2025/09/02/what-to-bring/"), /Boots and an umbrella/);
    assert.match(house.file(path).toString(), /Boots and an umbrella/);
    assert.match(house.git("log", "-1", "--format=%B", "main"), /Reviewed-by: eda/);
    await eda.leave();
  },
  "a change goes live at its second, and its time can be taken away": async () => {
    const id = await begin("At its second", {title: "At its second"});
    await story("eda", `#/changes/${id}`, {timezoneId: "Asia/Tokyo"}, async (who, page) => {
      const schedule = async (seconds) => {
        await page.getByRole("button", {name: "Publish", exact: true}).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel(/^At a time/).check();
        await dialog.getByLabel("In the time of").selectOption("UTC");
        await dialog.getByLabel(/^Day and time/).fill(new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19));
        await dialog.getByText(/^That is .* for you\./).waitFor();
        await dialog.getByRole("button", {name: "Set the time"}).click();
        const isPast = await page.waitForFunction(() => {
          const open = document.querySelector("dialog[open]");
          return open ? /This is past\./.test(open.textContent) && "past" : "set";
        });
        if ((await isPast.jsonValue()) === "set") return;
        await dialog.getByRole("button", {name: "Cancel"}).click(); // a slow machine: it needs more time
        await schedule(seconds * 2);
      };
      await schedule(3600);
      await page.getByText(/^It goes live by itself on/).first().waitFor();
      assert.equal(await state(id), "scheduled");
      await isAccessible(who);
      await who.shot("change-scheduled");
      await page.getByRole("button", {name: "Take the time away"}).click();
      await page.getByText("Only those who work on the site see this.").waitFor();
      await schedule(5);
      await page.getByText("Readers see it.").waitFor();
      assert.match(house.file(path).toString(), /At its second/);
    });
  },
  "what both sides have edited is decided by field, by keyboard": async () => {
    const id = await begin("Two minds", {title: "The change's title"});
    await patch({front_matter: {title: "The live title"}});
    await story("eda", `#/changes/${id}`, {}, async (who, page) => {
      await page.getByText("What readers see was edited at the same places meanwhile.").waitFor();
      assert.equal(await page.getByRole("button", {name: "Publish", exact: true}).count(), 0);
      await page.getByRole("button", {name: "What is to stand?"}).click();
      const dialog = page.getByRole("dialog", {name: "What is to stand?"});
      const place = dialog.getByRole("group", {name: /title/});
      for (const words of ["At its second", "The change's title", "The live title"]) await place.getByText(words).waitFor();
      await dialog.getByText("One place is still to be decided.").waitFor();
      await isAccessible(who);
      await who.shot("change-conflict");
      await place.getByRole("radio", {name: /In this change/}).focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowDown");
      assert.ok(await place.getByRole("radio", {name: /Live now/}).isChecked());
      await place.getByRole("radio", {name: /In this change/}).focus();
      await page.keyboard.press("Space");
      await dialog.getByRole("button", {name: "Take these decisions"}).press("Enter");
      await page.getByText("Only those who work on the site see this.").waitFor();
      await page.getByRole("button", {name: "Publish", exact: true}).click();
      await page.getByRole("dialog").getByRole("button", {name: "Publish now"}).click();
      await page.getByText("Readers see it.").waitFor();
      assert.match(house.file(path).toString(), /The change's title/);
    });
  },
  "a change is withdrawn, taken up again, and deleted": async () => {
    const id = await begin("Not yet", {title: "Not yet"});
    await story("eda", `#/changes/${id}`, {}, async (who, page) => {
      await page.getByRole("button", {name: "More to do"}).click();
      await page.getByRole("menuitem", {name: "Withdraw"}).click();
      await page.getByRole("dialog").getByRole("button", {name: "Withdraw"}).click();
      await page.getByText("It has ended without being published.").waitFor();
      await page.getByRole("button", {name: "Take it up again"}).click();
      await page.getByText("Only those who work on the site see this.").waitFor();
      assert.equal(await state(id), "open");
      await house.api("POST", `/changes/${id}/withdraw`);
      await page.getByRole("button", {name: "More to do"}).click();
      await page.getByRole("menuitem", {name: "Delete for good"}).click();
      await page.getByRole("dialog").getByRole("button", {name: "Delete for good"}).click();
      await page.getByRole("heading", {name: "Changes", exact: true}).waitFor();
      assert.equal(house.git("branch", "--list", `change/${id}`), "");
    });
  },
  "a comment of one's own is changed and taken away": async () => {
    const id = await begin("Words", {title: "Words"});
    await story("otto", `#/changes/${id}`, {}, async (who, page) => {
      await page.getByLabel("Comment", {exact: true}).fill("First words");
      await page.getByRole("button", {name: "Say it"}).click();
      const thread = page.getByRole("article", {name: "Comments"});
      await thread.getByRole("button", {name: "Edit"}).click();
      await thread.getByLabel("Edit").fill("Better words");
      await thread.getByRole("button", {name: "Say it"}).click();
      await thread.getByText("Better words").waitFor();
      await thread.getByRole("button", {name: "Delete"}).click();
      await page.getByRole("dialog").getByRole("button", {name: "Delete"}).click();
      await page.getByText("Nobody has said anything yet.").waitFor();
    });
  },
  "an entry is given an end within a change": async () => {
    const id = await begin("An end", {title: "Until winter"});
    await story("eda", `#/changes/${id}`, {}, async (who, page) => {
      await page.getByRole("button", {name: "Take offline at a time…"}).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("In the time of").selectOption("UTC");
      await dialog.getByLabel(/^Day and time/).fill("2030-01-02T03:04:05");
      await dialog.getByRole("button", {name: "Set the end"}).click();
      await page.getByRole("row", {name: /^unpublish/}).waitFor();
      assert.match(house.file(path, `change/${id}`).toString(), /unpublish: 2030-01-02T03:04:05\+00:00/);
    });
  },
  "the site's wish for approvals holds, and says so": async () => {
    const config = house.file("_config.yml").toString();
    house.push({"_config.yml": config.replace(/^stet:$/m, "stet:\n  review: {approvals: 1}")}, "Approvals are wanted");
    const id = await begin("Wanted", {title: "Wanted"});
    await story("eda", `#/changes/${id}`, {}, async (who, page) => {
      await page.getByText(/This site wants one approval/).waitFor();
      assert.equal(await page.getByRole("button", {name: "Publish", exact: true}).count(), 0);
      await page.getByRole("button", {name: "Approve", exact: true}).click();
      await page.getByRole("dialog").getByRole("button", {name: "Approve"}).click();
      await page.getByRole("button", {name: "Publish", exact: true}).waitFor();
    });
  },
  "changes are at home on a phone, and in Persian": async () => {
    const id = await begin("کفش", {title: "کفش و چتر"});
    await story("eda", `#/changes/${id}`, {viewport: phone}, async (who, page) => {
      await page.getByRole("row", {name: /title/}).waitFor();
      const isNarrow = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
      assert.ok(await isNarrow());
      await who.shot("change-phone", true);
      await page.evaluate(() => localStorage.setItem("stet.language", "fa"));
      await page.reload();
      await page.getByRole("heading", {name: "بازبینی"}).waitFor();
      await page.getByRole("row", {name: /title/}).waitFor();
      assert.ok(await isNarrow());
      await isAccessible(who);
      await who.shot("change-persian", true);
    });
  },
}, house.close);
