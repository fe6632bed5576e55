// Pictures and other files: found, uploaded, described, replaced, renamed, deleted.

import assert from "node:assert/strict";
import {exampleFolder, isAccessible, person, phone, stet, tell} from "./browser.mjs";
import {openHouse} from "./house.mjs";
import {png} from "./pictures.mjs";

const house = await openHouse(stet, exampleFolder, {files: {
  "assets/images/used.png": png(40, 30, 1), "assets/images/spare.png": png(30, 40, 2), "assets/images/other.png": png(30, 30, 3),
  "_posts/2024-06-01-shown.md": "---\ntitle: Shown\n---\nHere ![it is](/assets/images/used.png).\n",
  "assets/papers/plan.pdf": "%PDF-1.4\n%%EOF\n",
}});
const unsigned = /status of 401/;

async function story(name, to, options, run) {
  const who = await person(house, name, to, options);
  who.allow(unsigned);
  await run(who);
  await who.leave();
}

const card = (page, name) => page.getByRole("list", {name: "Files"}).getByRole("button", {name});
const file = (name, buffer = png(24, 24, name.length)) => ({name, mimeType: "image/png", buffer});

// Gives files to an element as a person drops them.
const drop = (page, selector, files, type = "drop") => page.evaluate(async ([where, given, kind]) => {
  const data = new DataTransfer();
  for (const {name, mimeType, bytes} of given) data.items.add(new File([new Uint8Array(bytes)], name, {type: mimeType}));
  const target = document.querySelector(where);
  for (const event of ["dragover", kind]) {
    target.dispatchEvent(new DragEvent(event, {dataTransfer: data, bubbles: true, cancelable: true}));
  }
}, [selector, files.map(({buffer, ...rest}) => ({...rest, bytes: [...buffer]})), type]);

await tell({
  "files are shown as pictures and as a list, searched and filtered": () => story("eda", "#/media", {}, async (who) => {
    const {page} = who;
    await card(page, /used\.png/).waitFor();
    await isAccessible(who);
    await who.shot("media");
    await page.getByLabel("Search by name").fill("spare");
    await page.getByText("1 file", {exact: true}).waitFor();
    assert.equal(await page.getByRole("list", {name: "Files"}).getByRole("button").count(), 1);
    await page.getByLabel("Search by name").fill("nothing like this");
    await page.getByText("Nothing is called that").waitFor();
    await who.shot("media-none");
    await page.getByRole("button", {name: "Show all files"}).click();
    await page.getByLabel("Kind").selectOption("document");
    await card(page, /plan\.pdf/).waitFor();
    await page.getByText("1 file", {exact: true}).waitFor();
    await page.getByLabel("Kind").selectOption("");
    await page.getByLabel("Only what nothing uses").check();
    await card(page, /spare\.png/).waitFor();
    await card(page, /used\.png/).waitFor({state: "detached"});
    await page.getByLabel("Only what nothing uses").uncheck();
    await page.getByLabel("Folder").selectOption("assets/papers");
    await card(page, /used\.png/).waitFor({state: "detached"});
    await page.getByLabel("Folder").selectOption("");
    await page.getByRole("button", {name: "As a list"}).click();
    await card(page, /used\.png.*Used in 1 place/).waitFor();
    await isAccessible(who);
    await who.shot("media-list");
    await page.getByRole("button", {name: "As pictures"}).click();
  }),
  "a file is uploaded by the button, and another by dropping it anywhere": () => story("eda", "#/media", {}, async (who) => {
    const {page} = who;
    await card(page, /used\.png/).waitFor();
    let before = house.head();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", {name: "Upload files"}).click()]);
    await chooser.setFiles([file("Our Harbour.png")]);
    const uploads = page.getByRole("region", {name: "Uploads"});
    await uploads.getByText("Added", {exact: true}).waitFor();
    await house.landed(before);
    const year = new Date().getFullYear();
    assert.deepEqual(house.file(`assets/media/${year}/our-harbour.png`), file("Our Harbour.png").buffer);
    await card(page, /our-harbour\.png/).waitFor();
    await isAccessible(who);
    before = house.head();
    await drop(page, "main", [file("dropped.png", png(50, 20, 9))]);
    await card(page, /dropped\.png/).waitFor();
    await house.landed(before);
    await drop(page, "main", [file("again.png", png(50, 20, 9))]);
    await uploads.getByText("It was there already, and is used again").waitFor();
    await who.shot("media-uploads");
    await uploads.getByRole("button", {name: "Done"}).click();
    await uploads.waitFor({state: "detached"});
  }),
  "what cannot be taken stays in the list with its reason, and what did not arrive is tried again": () =>
    story("eda", "#/media", {}, async (who) => {
      const {page} = who;
      who.allow(/status of (415|422)|ERR_FAILED|ERR_INTERNET_DISCONNECTED/);
      await card(page, /used\.png/).waitFor();
      await drop(page, "main", [{name: "page.png", mimeType: "image/png", buffer: Buffer.from("<script>alert(1)</script>")}]);
      const uploads = page.getByRole("region", {name: "Uploads"});
      await uploads.getByRole("alert").waitFor();
      await isAccessible(who);
      await uploads.getByRole("button", {name: "Remove “page.png” from the list"}).click();
      await page.route("**/api/v1/media?*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
      await drop(page, "main", [file("late.png", png(21, 22, 5))]);
      await uploads.getByRole("button", {name: "Try again"}).waitFor();
      await who.shot("media-failed");
      await page.unroute("**/api/v1/media?*");
      await uploads.getByRole("button", {name: "Try again"}).click();
      await uploads.getByText("Added", {exact: true}).waitFor();
      await card(page, /late\.png/).waitFor();
    }),
  "what is larger than this server takes is not sent": async () => {
    const small = await openHouse(stet, exampleFolder, {settings: "[media]\nfile_mib = 1\n"});
    const who = await person(small, "eda", "#/media");
    who.allow(unsigned);
    const {page} = who;
    const head = small.head();
    await page.getByText("Up to 1 MB a file.").waitFor();
    await page.locator("main input[type=file]").setInputFiles([file("large.png", Buffer.alloc((1 << 20) + 1))]);
    await page.getByRole("region", {name: "Uploads"}).getByText("at most 1 MB can be taken", {exact: false}).waitFor();
    await isAccessible(who);
    assert.equal(small.head(), head);
    await who.leave();
    await small.close();
  },
  "a file tells where it is used, is renamed with what names it, and replaced": () => story("eda", "#/media", {}, async (who) => {
    const {page} = who;
    await card(page, /used\.png/).click();
    let dialog = page.getByRole("dialog", {name: "used.png"});
    await dialog.getByText("40 × 30 pixels").waitFor();
    await dialog.getByRole("link", {name: "_posts/2024-06-01-shown.md"}).waitFor();
    await dialog.getByText("line 4").waitFor();
    await isAccessible(who);
    await who.shot("media-details");
    await dialog.getByRole("button", {name: "Rename"}).click();
    const rename = page.getByRole("dialog", {name: "Rename “used.png”"});
    await rename.getByText("The 1 place where it is used will follow.").waitFor();
    await isAccessible(who);
    await rename.getByLabel("New name").fill("harbour.png");
    let before = house.head();
    await rename.getByRole("button", {name: "Rename"}).click();
    dialog = page.getByRole("dialog", {name: "harbour.png"});
    await dialog.getByText("40 × 30 pixels").waitFor();
    await house.landed(before);
    assert.deepEqual(house.lastDiff("_posts/2024-06-01-shown.md"),
      ["-Here ![it is](/assets/images/used.png).", "+Here ![it is](/assets/images/harbour.png)."]);
    before = house.head();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), dialog.getByRole("button", {name: "Replace"}).click()]);
    await chooser.setFiles([file("whatever.png", png(64, 48, 8))]);
    await page.getByRole("dialog", {name: "Replace the picture?"}).getByRole("button", {name: "Replace"}).click();
    await dialog.getByText("64 × 48 pixels").waitFor();
    await house.landed(before);
    assert.deepEqual(house.file("assets/images/harbour.png"), png(64, 48, 8));
  }),
  "before a file goes, what would break is named": () => story("eda", "#/media", {}, async (who) => {
    const {page} = who;
    await card(page, /harbour\.png.*64/).click();
    await page.getByRole("dialog", {name: "harbour.png"}).getByRole("button", {name: "Delete"}).click();
    let dialog = page.getByRole("dialog", {name: "Delete “harbour.png”?"});
    await dialog.getByText("It is used in 1 place, which would then show nothing:").waitFor();
    await dialog.getByText("_posts/2024-06-01-shown.md").waitFor();
    await isAccessible(who);
    await who.shot("media-delete");
    await dialog.getByRole("button", {name: "Cancel"}).click();
    await page.getByRole("dialog", {name: "harbour.png"}).getByRole("button", {name: "Close"}).click();
    await card(page, /spare\.png/).click();
    await page.getByRole("dialog", {name: "spare.png"}).getByRole("button", {name: "Delete"}).click();
    dialog = page.getByRole("dialog", {name: "Delete “spare.png”?"});
    await dialog.getByText("Nothing uses it.").waitFor();
    const before = house.head();
    await dialog.getByRole("button", {name: "Delete"}).click();
    await card(page, /spare\.png/).waitFor({state: "detached"});
    await house.landed(before);
    assert.throws(() => house.file("assets/images/spare.png"));
  }),
  "who may write the site's data describes a picture once for all pages": () => story("mira", "#/media", {}, async (who) => {
    const {page} = who;
    who.allow(/status of 404/); // there is no such file yet
    await card(page, /other\.png/).click();
    const dialog = page.getByRole("dialog", {name: "other.png"});
    await dialog.getByLabel("Description").fill("Three boats at low tide");
    const before = house.head();
    await dialog.getByRole("button", {name: "Save"}).click();
    await page.getByText("The description is saved.").waitFor();
    await house.landed(before);
    assert.match(house.file("_data/media.yml").toString(), /assets\/images\/other\.png/);
    assert.match(house.file("_data/media.yml").toString(), /Three boats at low tide/);
  }),
  "an author adds files and changes none, a reader looks": async () => {
    await story("otto", "#/media", {}, async ({page}) => {
      await card(page, /other\.png/).click();
      const dialog = page.getByRole("dialog", {name: "other.png"});
      await dialog.getByText("30 × 30 pixels").waitFor();
      assert.equal(await dialog.getByRole("button", {name: "Delete"}).count(), 0);
      await dialog.getByRole("button", {name: "Close"}).click();
      await page.getByRole("button", {name: "Upload files"}).waitFor();
    });
    await story("rita", "#/media", {}, async ({page}) => {
      await card(page, /other\.png/).waitFor();
      assert.equal(await page.getByRole("button", {name: "Upload files"}).count(), 0);
    });
  },
  "by keyboard alone, on a phone, in Persian": () => story("eda", "#/media", {viewport: phone}, async (who) => {
    const {page} = who;
    await card(page, /other\.png/).waitFor();
    await isAccessible(who);
    await who.shot("media-phone");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await card(page, /other\.png/).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", {name: "other.png"});
    await dialog.getByText("30 × 30 pixels").waitFor();
    await who.shot("media-phone-details");
    await page.keyboard.press("Escape");
    await dialog.waitFor({state: "detached"});
    await page.evaluate(() => localStorage.setItem("stet.language", "fa"));
    await page.reload();
    await page.getByRole("heading", {name: "رسانه‌ها"}).waitFor();
    await page.getByRole("list", {name: "پرونده‌ها"}).getByRole("button", {name: /other\.png/}).waitFor();
    await isAccessible(who);
    await who.shot("media-persian");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  }),
}, house.close);
