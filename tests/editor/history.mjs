// What was, and the ways back to it: of the site and of an entry, as changes and as pages.

import assert from "node:assert/strict";
import {exampleFolder, isAccessible, person, phone, stet, tell} from "./browser.mjs";
import {openHouse} from "./house.mjs";

const house = await openHouse(stet, exampleFolder);
const unsigned = /status of (401|404|409)/; // who is here; whether an entry is; what cannot be undone by itself
const path = "_posts/2025-09-02-what-to-bring.md", entry = "/posts/2025-09-02-what-to-bring";
const address = `#/history/${path}`;

async function story(name, to, options, run) {
  const who = await person(house, name, to, options);
  who.allow(unsigned);
  await run(who, who.page);
  await who.leave();
}
const patch = (body) => house.api("PATCH", entry, body, {"if-match": "*"});

// What the site has gone through before anybody looks.
const first = house.file(path);
await patch({front_matter: {title: "Boots and a lamp"}, message: "Name the boots"});
const named = house.head();
await patch({front_matter: {tags: ["weather"]}, message: "Sort it under weather"});
house.push({"notes/a.txt": "one\n"}, "A note from a computer");

await tell({
  "the site's history says who did what, when, and through which door": () => story("eda", "#/history", {}, async (who, page) => {
    const today = page.getByRole("region", {name: "Today"});
    const note = today.getByRole("listitem").filter({hasText: "A note from a computer"});
    await note.getByText("pushed from a computer").waitFor();
    await today.getByRole("listitem").filter({hasText: "Name the boots"}).getByText("by a program").waitFor();
    await today.getByRole("listitem").filter({hasText: "The site as it was"}).waitFor();
    await isAccessible(who);
    await who.shot("history");
  }),
  "it is narrowed by person and by kind": () => story("eda", "#/history", {}, async (who, page) => {
    await page.getByRole("link", {name: "A note from a computer"}).waitFor();
    await page.getByLabel("What", {exact: true}).selectOption("_posts");
    await page.getByRole("link", {name: "A note from a computer"}).waitFor({state: "detached"});
    await page.getByRole("link", {name: "Name the boots"}).waitFor();
    await page.getByLabel("What", {exact: true}).selectOption("");
    await page.getByLabel("By whom").selectOption("other");
    await page.getByLabel("Name or mail").fill("tests@example.org");
    await page.getByRole("button", {name: "Show", exact: true}).click();
    await page.getByRole("link", {name: "Name the boots"}).waitFor({state: "detached"});
    await page.getByRole("link", {name: "A note from a computer"}).waitFor();
    await page.getByLabel("By whom").selectOption("me");
    await page.getByText("Nothing is found").waitFor();
  }),
  "a version shows its fields and its words, and both texts in full": () => story("eda", address, {}, async (who, page) => {
    await page.getByRole("link", {name: "Name the boots"}).click();
    const row = page.getByRole("row", {name: /^title/});
    assert.match(await row.textContent(), /Boots and a lamp/);
    const lines = page.getByRole("group", {name: /^Text/});
    assert.ok((await lines.locator("mark").allTextContents()).join("").includes("Boots"));
    await isAccessible(who);
    await who.shot("history-version");
    await page.getByRole("button", {name: "Side by side, in full"}).click();
    await page.getByRole("group", {name: "The text before and after, side by side"}).getByRole("textbox", {name: "After"}).waitFor();
    await isAccessible(who);
    await who.shot("history-full");
  }),
  "a version is shown as pages side by side, which scroll together": () => story("eda", `${address}?commit=${named}`, {}, async (who, page) => {
    await page.getByRole("tab", {name: "As pages"}).click();
    const before = page.frameLocator("iframe[title=Before]"), after = page.frameLocator("iframe[title=After]");
    await after.getByRole("heading", {name: "Boots and a lamp"}).first().waitFor();
    assert.equal(await before.getByRole("heading", {name: "Boots and a lamp"}).count(), 0);
    assert.equal(await page.locator("iframe[title=After]").getAttribute("sandbox"), "allow-same-origin");
    const down = (title) => page.evaluate((of) => document.querySelector(`iframe[title=${of}]`).contentDocument.scrollingElement.scrollTop, title);
    await page.locator("iframe[title=Before]").hover();
    await page.mouse.wheel(0, 400);
    await page.waitForFunction(() => document.querySelector("iframe[title=After]").contentDocument.scrollingElement.scrollTop > 0);
    assert.ok((await down("Before")) > 0);
    await isAccessible(who);
    await who.shot("history-pages");
  }),
  "any two versions are compared": () => story("eda", address, {}, async (who, page) => {
    await page.getByRole("checkbox", {name: /The site as it was/}).check();
    await page.getByText("One version is chosen. Choose another.").waitFor();
    await page.getByRole("checkbox", {name: /Sort it under weather/}).check();
    await page.getByRole("link", {name: "Compare the two"}).click();
    await page.getByText("Between two versions").waitFor();
    await page.getByRole("row", {name: /^title/}).waitFor();
    await page.getByRole("row", {name: /^tags/}).waitFor();
  }),
  "a version is restored byte for byte, in one step, after it was told what will happen": () => story("eda", address, {}, async (who, page) => {
    const before = house.head();
    await page.getByRole("link", {name: "The site as it was"}).click();
    await page.getByRole("button", {name: "Restore this version"}).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("region", {name: "This is what will happen"}).waitFor();
    await dialog.getByText(/pages? changes?:/).waitFor();
    assert.equal(house.head(), before, "a look changes nothing");
    await isAccessible(who);
    await who.shot("history-restore");
    await dialog.getByRole("button", {name: "Restore", exact: true}).click();
    await page.getByRole("link", {name: /^Restore what to bring as of/}).waitFor();
    assert.deepEqual(house.file(path), first);
    assert.equal(house.git("rev-list", "--count", `${before}..main`).trim(), "1");
    assert.match(house.git("log", "-1", "--format=%B", "main"), /Stet-User: eda/);
  }),
  "one of several changes is undone, and the others stay": async () => {
    await patch({front_matter: {title: "To be undone"}, message: "A title that goes"});
    await patch({front_matter: {tags: ["stays"]}, message: "Tags that stay"});
    await story("eda", address, {}, async (who, page) => {
      await page.getByRole("link", {name: "A title that goes"}).click();
      await page.getByRole("button", {name: "Undo this"}).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("region", {name: "This is what will happen"}).waitFor();
      await dialog.getByRole("button", {name: "Undo it"}).click();
      await page.getByRole("listitem").filter({hasText: "Revert"}).getByText("Undone", {exact: true}).waitFor();
      const text = house.file(path).toString();
      assert.ok(!text.includes("To be undone"));
      assert.ok(text.includes("stays"));
    });
  },
  "what was edited again since is decided place by place": async () => {
    await patch({front_matter: {title: "First word"}, message: "The first word"});
    await patch({front_matter: {title: "Second word"}, message: "The second word"});
    await story("eda", address, {}, async (who, page) => {
      await page.getByRole("link", {name: "The first word"}).click();
      await page.getByRole("button", {name: "Undo this"}).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("group", {name: /title/}).waitFor();
      assert.ok(await dialog.getByRole("button", {name: "See what that would do"}).isDisabled());
      await dialog.getByRole("radio", {name: "Something else"}).check();
      await dialog.getByLabel("What is to be there").fill("Third word");
      await isAccessible(who);
      await who.shot("history-conflict");
      await dialog.getByRole("button", {name: "See what that would do"}).click();
      await dialog.getByRole("button", {name: "Undo it"}).click();
      await page.getByRole("listitem").filter({hasText: 'Revert "The first word"'}).waitFor();
      assert.ok(house.file(path).toString().includes("Third word"));
    });
  },
  "what was deleted has its history, and is brought back": async () => {
    const gone = "_posts/2024-03-04-a-meeting-about-maps.md", bytes = house.file(gone);
    await house.api("DELETE", "/posts/2024-03-04-a-meeting-about-maps", undefined, {"if-match": "*"});
    await story("eda", `#/history/${gone}`, {}, async (who, page) => {
      await page.getByText("This entry is not there any more").waitFor();
      await isAccessible(who);
      await page.getByRole("button", {name: "Bring it back"}).click();
      await page.getByRole("dialog").getByRole("button", {name: "Restore", exact: true}).click();
      await page.getByText("This entry is not there any more").waitFor({state: "detached"});
      assert.deepEqual(house.file(gone), bytes);
    });
  },
  "what was renamed has its history on": async () => {
    await house.api("POST", "/commits", {message: "Another name", actions: [
      {action: "move", path: "_posts/2025-04-22-small-tiles-in-numbers.md", if_match: "*", slug: "small-tiles"}]});
    await story("eda", "#/history/_posts/2025-04-22-small-tiles.md", {}, async (who, page) => {
      await page.getByText("It was called _posts/2025-04-22-small-tiles-in-numbers.md before; its history goes on.").waitFor();
      await page.getByRole("link", {name: "The site as it was"}).waitFor();
    });
  },
  "an author proposes what they may not restore": () => story("otto", `${address}?commit=${named}`, {}, async (who, page) => {
    who.allow(/status of 403/);
    const before = house.head();
    await page.getByRole("button", {name: "Restore this version"}).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("It becomes a change, which somebody who may publishes.").waitFor();
    await dialog.getByRole("button", {name: "Propose it"}).click();
    await page.getByRole("heading", {name: /^Restore what to bring as of/}).waitFor();
    assert.equal(house.head(), before);
  }),
  "the history is at home on a phone, and in Persian": () => story("eda", "#/history", {viewport: phone}, async (who, page) => {
    await page.getByRole("region", {name: "Today"}).waitFor();
    const isNarrow = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    assert.ok(await isNarrow());
    await who.shot("history-phone");
    await page.evaluate(() => localStorage.setItem("stet.language", "fa"));
    await who.go(`${address}?commit=${named}`);
    await page.reload();
    await page.getByRole("button", {name: "بازگرداندن این نسخه"}).waitFor();
    await page.getByRole("group", {name: /متن/}).waitFor();
    assert.ok(await isNarrow());
    await isAccessible(who);
    await who.shot("history-phone-persian");
  }),
}, house.close);
