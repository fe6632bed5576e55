// The text itself: typed, formatted, linked, pasted, with pictures, found and replaced; in the file as it was meant, byte for byte.

import assert from "node:assert/strict";
import {exampleFolder, isAccessible, person, phone, stet, tell} from "./browser.mjs";
import {openHouse} from "./house.mjs";
import {png} from "./pictures.mjs";

const post = (body, title = "A text") => `---\ntitle: ${title}\n---\n${body}`;
const rich = "# One\n\nSome *words* and **more**, {{ site.title }} and <b>raw</b>.[^1]\n\n- a\n- b\n\n> said\n\n```\nx = 1\n```\n\n" +
  "| a | b |\n| - | - |\n| c | d |\n\n![Boats](/assets/images/boats.png)\n\nسلام دنیا\n{: .x}\n\n[^1]: A note.\n";
const house = await openHouse(stet, exampleFolder, {files: {
  "_posts/2024-01-01-plain.md": post("one two three\n"),
  "_posts/2024-01-02-list.md": post("Before\n\n- one\n"),
  "_posts/2024-01-03-crlf.md": "---\r\ntitle: Ends\r\n---\r\none\r\n\ttwo  \r\nthree",
  "_posts/2024-01-04-mixed.md": post("one\r\ntwo\nth\u2028ree\r\n\u0085four\n\n\n"),
  "_posts/2024-01-05-rich.md": post(rich),
  "_posts/2024-01-06-paste.md": post("Here.\n"),
  "_posts/2024-01-07-pictures.md": post("Look:\n\nEnd.\n"),
  "_posts/2024-01-08-links.md": post("# First part\n\nSee the plan now.\n"),
  "_posts/2024-01-09-liquid-links.md": post("See [one]({{ site.baseurl }}/one/). And here\n"),
  "_posts/2024-01-10-find.md": post("boat Boat boat\n"),
  "_posts/2024-01-11-target.md": post("Nothing much.\n", "The lighthouse keeper"),
  "_posts/2024-01-12-broken.md": post("Before\n{% nope %}\n", "Broken"),
  "assets/images/boats.png": png(60, 40, 4),
}});
const unsigned = /status of 401/;
const file = (name) => `_posts/${name}.md`;

async function story(name, options, run) {
  const who = await person(house, "eda", `#/edit/posts/${name}`, options);
  who.allow(unsigned);
  await surface(who.page).waitFor();
  await run(who);
  await who.leave();
}

const surface = (page) => page.locator(".cm-content");
const lines = (page) => page.locator(".cm-content .cm-line").allTextContents();
const button = (page, name) => page.getByRole("toolbar", {name: "Formatting"}).getByRole("button", {name});

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

async function write(page, ...keys) {
  await surface(page).focus();
  await press(page, ...keys);
}

async function save(page) {
  const before = house.head();
  await press(page, "Control+s");
  await house.landed(before);
}

// What a person pastes or drops, as the browser gives it.
const give = (page, kind, {text = "", html = "", files = []}) => page.evaluate(async ([name, plain, markup, given]) => {
  const data = new DataTransfer();
  if (plain) data.setData("text/plain", plain);
  if (markup) data.setData("text/html", markup);
  for (const {name: called, type, bytes} of given) data.items.add(new File([new Uint8Array(bytes)], called, {type}));
  const target = document.querySelector(".cm-content"), box = target.querySelector(".cm-line").getBoundingClientRect();
  const event = name === "paste" ? new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
    : new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true, clientX: box.right - 2, clientY: box.top + 5});
  target.dispatchEvent(event);
}, [kind, text, html, files.map(({buffer, ...rest}) => ({...rest, bytes: [...buffer]}))]);

const picture = (name, seed) => ({name, type: "image/png", buffer: png(40 + seed, 30, seed)});

async function oneWord(name, before, after) {
  await story(name, {}, async ({page}) => {
    const whole = house.file(file(name)).toString("latin1");
    await write(page, "Control+Home", "End");
    await page.keyboard.type(" XQZ");
    await save(page);
    assert.equal(house.file(file(name)).toString("latin1"), whole.replace(before, after));
  });
}

await tell({
  "a word changes its line and no other byte, whatever lines end with": async () => {
    await oneWord("2024-01-03-crlf", "one\r\n", "one XQZ\r\n");
    await oneWord("2024-01-04-mixed", "one\r\n", "one XQZ\r\n");
  },
  "keys set marks and take them back": () => story("2024-01-01-plain", {}, async (who) => {
    const {page} = who;
    await write(page, "Control+Home", "Control+ArrowRight", "ArrowRight", "Control+Shift+ArrowRight", "Control+b");
    assert.deepEqual(await lines(page), ["one **two** three", ""]);
    assert.equal(await button(page, /^Bold/).getAttribute("aria-pressed"), "true");
    await press(page, "Control+i");
    assert.deepEqual(await lines(page), ["one ***two*** three", ""]);
    await press(page, "Control+i", "Control+b", "Control+e");
    assert.deepEqual(await lines(page), ["one `two` three", ""]);
    await press(page, "Control+e", "Control+Alt+2");
    assert.deepEqual(await lines(page), ["## one two three", ""]);
    await press(page, "Control+Alt+2", "Control+Shift+8");
    assert.deepEqual(await lines(page), ["- one two three", ""]);
    await press(page, "Control+Shift+7");
    assert.deepEqual(await lines(page), ["1. one two three", ""]);
    await press(page, "Control+Shift+7", "Control+Shift+9");
    assert.deepEqual(await lines(page), ["> one two three", ""]);
    await press(page, "Control+Shift+9");
    assert.deepEqual(await lines(page), ["one two three", ""]);
    for (let n = 0; n < 14; ++n) await press(page, "Control+z");
    assert.deepEqual(await lines(page), ["one two three", ""]);
    await button(page, /^Bold/).click();
    assert.equal(await page.evaluate(() => document.activeElement.classList.contains("cm-content")), true);
    await page.getByText("3 words").waitFor();
  }),
  "lists go on with Enter, end in an empty item, and move in and out": () => story("2024-01-02-list", {}, async ({page}) => {
    await write(page, "Control+End", "ArrowUp", "End", "Enter");
    await page.keyboard.type("two");
    await press(page, "Control+]", "Enter");
    await page.keyboard.type("three");
    await press(page, "Control+[", "Enter", "Enter");
    await page.keyboard.type("After");
    await save(page);
    assert.equal(house.file(file("2024-01-02-list")).toString(), post("Before\n\n- one\n  - two\n- three\nAfter\n"));
  }),
  "what is formatted is shown so, in place, and plain when wanted": () => story("2024-01-05-rich", {}, async (who) => {
    const {page} = who;
    const size = (text) => page.evaluate((wanted) => {
      const found = [...document.querySelectorAll(".cm-line span")].find((one) => one.textContent.trim() === wanted);
      return Number.parseFloat(getComputedStyle(found).fontSize);
    }, text);
    await page.locator(".cm-picture img").waitFor();
    assert.ok(await size("One") > 1.3 * await size("more"));
    assert.equal(await page.locator(".cm-line", {hasText: "more"}).locator("span", {hasText: /^more$/}).evaluate((one) =>
      Number(getComputedStyle(one).fontWeight) >= 600), true);
    const colours = await page.evaluate(() => ["{{ site.title }}", "{: .x}"].map((text) => {
      const found = [...document.querySelectorAll(".cm-line span")].find((one) => one.textContent.trim() === text);
      return found && getComputedStyle(found).color;
    }));
    assert.ok(colours.every((colour) => colour) && new Set(colours).size === 2, String(colours));
    assert.equal(await page.locator(".cm-line", {hasText: "سلام"}).evaluate((line) => getComputedStyle(line).direction), "rtl");
    await isAccessible(who);
    await who.shot("writing");
    await page.emulateMedia({colorScheme: "dark"});
    await who.shot("writing-dark");
    await page.emulateMedia({colorScheme: null});
    await page.getByRole("button", {name: "Show formatting"}).click();
    await page.locator(".cm-picture").first().waitFor({state: "detached"});
    assert.equal(await page.getByRole("button", {name: "Show formatting"}).getAttribute("aria-pressed"), "false");
    await isAccessible(who);
    await who.shot("writing-plain");
    await page.getByRole("button", {name: "Show formatting"}).click();
    assert.equal(house.file(file("2024-01-05-rich")).toString(), post(rich));
  }),
  "rich text is pasted as Markdown, an address over words makes a link": () => story("2024-01-06-paste", {}, async ({page}) => {
    await write(page, "Control+End");
    await give(page, "paste", {text: "Plan bold", html: "<h2>Plan</h2><ul><li>a <b>bold</b> one<li>two</ul><script>alert(1)</script>"});
    await write(page, "Control+Home", "Control+Shift+ArrowRight");
    await give(page, "paste", {text: "https://example.org/here"});
    await save(page);
    assert.equal(house.file(file("2024-01-06-paste")).toString(),
      post("[Here](https://example.org/here).\n\n## Plan\n\n- a **bold** one\n- two"));
  }),
  "a pasted picture is described, uploaded, and shown on the page": () => story("2024-01-07-pictures", {}, async (who) => {
    const {page} = who;
    await write(page, "Control+Home", "End");
    await give(page, "paste", {files: [picture("image.png", 3)]});
    const dialog = page.getByRole("dialog", {name: "Pictures"});
    await dialog.getByText("Added", {exact: true}).waitFor();
    assert.equal(await dialog.getByRole("button", {name: "Insert"}).isDisabled(), true);
    await isAccessible(who);
    await who.shot("writing-picture");
    await dialog.getByLabel("Description").fill("Two [red] boats");
    await dialog.getByRole("button", {name: "Insert"}).click();
    await dialog.waitFor({state: "detached"});
    await page.locator(".cm-picture img").waitFor();
    await save(page);
    const year = new Date().getFullYear();
    assert.equal(house.file(file("2024-01-07-pictures")).toString(),
      post(`Look:\n\n![Two \\[red\\] boats](/assets/media/${year}/image.png)\n\nEnd.\n`));
    const html = await (await fetch(`${house.site}/2024/01/07/pictures/`)).text();
    assert.match(html, new RegExp(`<img[^>]*src="[^"]*/assets/media/${year}/image.png"[^>]*alt="Two \\[red\\] boats"`));
    assert.equal((await fetch(`${house.site}/assets/media/${year}/image.png`)).status, 200);
  }),
  "several pictures are dropped at once; one that fails stays and is tried again; one may be decoration": () =>
    story("2024-01-07-pictures", {}, async (who) => {
      const {page} = who;
      who.allow(/ERR_FAILED/);
      const dialog = page.getByRole("dialog", {name: "Pictures"});
      await page.route(/media\?.*name=late/, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
      await surface(page).focus();
      await give(page, "drop", {files: [picture("early.png", 5), picture("late.png", 6)]});
      await dialog.getByText("Added", {exact: true}).waitFor();
      await dialog.getByRole("button", {name: "Try again"}).waitFor();
      await who.shot("writing-picture-failed");
      await isAccessible(who);
      await dialog.getByLabel("Description").first().fill("Early");
      await dialog.getByLabel(/Only decoration/).last().check();
      await dialog.getByText("Wait until all are there").waitFor();
      await page.unroute(/media\?.*name=late/);
      await dialog.getByRole("button", {name: "Try again"}).click();
      await dialog.getByRole("button", {name: "Insert"}).and(page.locator(":enabled")).click();
      await dialog.waitFor({state: "detached"});
      await save(page);
      const year = new Date().getFullYear(), text = house.file(file("2024-01-07-pictures")).toString();
      assert.ok(text.includes(`![Early](/assets/media/${year}/early.png)\n\n![](/assets/media/${year}/late.png)`), text);
    }),
  "a picture that is there is chosen": () => story("2024-01-01-plain", {}, async (who) => {
    const {page} = who;
    await write(page, "Control+End", "Control+Alt+i");
    const dialog = page.getByRole("dialog", {name: "Pictures"});
    await dialog.getByRole("button", {name: "From the media"}).click();
    const picker = page.getByRole("dialog", {name: "Choose a picture"});
    await picker.getByLabel("Search by name").fill("boats");
    await picker.getByRole("button", {name: /boats\.png/}).click();
    await isAccessible(who);
    await who.shot("media-picker");
    await picker.getByRole("button", {name: "Choose", exact: true}).click();
    await dialog.getByLabel("Description").fill("Boats");
    await dialog.getByRole("button", {name: "Insert"}).click();
    await page.locator(".cm-picture img").waitFor();
    assert.ok((await lines(page)).includes("![Boats](/assets/images/boats.png)"));
    await press(page, "Control+z");
  }),
  "a link is found by words, by a heading of the text, and changed or taken away": () => story("2024-01-08-links", {}, async (who) => {
    const {page} = who;
    await write(page, "Control+End", "ArrowUp", "Home", "Control+ArrowRight", "ArrowRight", "Control+Shift+ArrowRight");
    await press(page, "Control+Shift+ArrowRight", "Control+k");
    const dialog = page.getByRole("dialog", {name: "Link"});
    await dialog.getByLabel("Where to").fill("lighthouse");
    await dialog.getByRole("option", {name: /The lighthouse keeper/}).waitFor();
    await isAccessible(who);
    await who.shot("writing-link");
    await press(page, "ArrowDown", "Enter");
    assert.equal(await dialog.getByLabel("Where to").inputValue(), "/2024/01/11/target/");
    await dialog.getByRole("button", {name: "Insert link"}).click();
    await dialog.waitFor({state: "detached"});
    assert.equal((await lines(page))[2], "See [the plan](/2024/01/11/target/) now.");
    await press(page, "ArrowLeft", "Control+k");
    await dialog.getByLabel("Where to").fill("first");
    await dialog.getByRole("option", {name: /First part/}).click();
    assert.equal(await dialog.getByLabel("Where to").inputValue(), "#first-part");
    await dialog.getByLabel("Where to").fill("javascript:alert(1)");
    await dialog.getByText("would run a program").waitFor();
    assert.equal(await dialog.getByRole("button", {name: "Change link"}).isDisabled(), true);
    await dialog.getByRole("button", {name: "Take the link away"}).click();
    assert.equal((await lines(page))[2], "See the plan now.");
  }),
  "a link is written as the others of the text": () => story("2024-01-09-liquid-links", {}, async ({page}) => {
    await write(page, "Control+End", "ArrowUp", "End", "Control+Shift+ArrowLeft", "Control+k");
    const dialog = page.getByRole("dialog", {name: "Link"});
    await dialog.getByLabel("Where to").fill("lighthouse keep");
    await dialog.getByRole("option", {name: /The lighthouse keeper/}).click();
    await press(page, "Tab");
    await dialog.getByRole("button", {name: "Insert link"}).click();
    await save(page);
    assert.equal(house.file(file("2024-01-09-liquid-links")).toString(),
      post("See [one]({{ site.baseurl }}/one/). And [here]({{ site.baseurl }}/2024/01/11/target/)\n"));
  }),
  "words are found and replaced": () => story("2024-01-10-find", {}, async (who) => {
    const {page} = who;
    await write(page, "Control+f");
    const find = page.getByRole("search", {name: "Find"});
    await find.getByLabel("Find", {exact: true}).fill("boat");
    await find.getByText("3 places").waitFor();
    await find.getByLabel("Upper and lower case count").check();
    await find.getByText("2 places").waitFor();
    await isAccessible(who);
    await who.shot("writing-find");
    await find.getByLabel("Replace by").fill("ship");
    await find.getByRole("button", {name: "Replace all"}).click();
    assert.deepEqual(await lines(page), ["ship Boat ship", ""]);
    await find.getByLabel("Find", {exact: true}).focus();
    await press(page, "Escape");
    await find.waitFor({state: "detached"});
    await save(page);
    assert.deepEqual(house.lastDiff(file("2024-01-10-find")), ["-boat Boat boat", "+ship Boat ship"]);
  }),
  "what is wrong is marked where it is, and told in words": () => story("2024-01-12-broken?as=text", {}, async (who) => {
    const {page} = who;
    await page.locator("summary", {hasText: "to mend in the text"}).click();
    await page.locator(".cm-line", {hasText: "nope"}).locator(".cm-fault").first().waitFor();
    await isAccessible(who);
    await who.shot("writing-problem");
    await page.getByRole("button", {name: "Line 5"}).first().click();
    assert.equal(await page.locator(".cm-activeLine").textContent(), "{% nope %}");
  }),
  "by keyboard alone: in, through the toolbar, out by Tab": () => story("2024-01-11-target", {}, async (who) => {
    const {page} = who;
    const text = page.getByRole("textbox", {name: "Text", exact: true});
    assert.equal(await text.getAttribute("aria-multiline"), "true");
    assert.equal(await text.getAttribute("spellcheck"), "true");
    const focused = () => page.evaluate(() => document.activeElement.ariaLabel);
    await button(page, /^Bold/).focus();
    await press(page, "ArrowRight", "ArrowRight");
    assert.match(await focused(), /^Link/);
    await press(page, "End");
    assert.match(await focused(), /^Struck out/);
    await press(page, "ArrowRight");
    assert.match(await focused(), /^Bold/);
    await press(page, "Enter");
    assert.deepEqual(await lines(page), ["**Nothing** much.", ""]);
    await press(page, "Control+z");
    await text.focus();
    await press(page, "Tab");
    assert.equal(await page.evaluate(() => document.activeElement.classList.contains("cm-content")), false);
    assert.deepEqual(await lines(page), ["Nothing much.", ""]);
    await page.getByRole("button", {name: "Keys and signs"}).click();
    const help = page.getByRole("dialog", {name: "Keys and signs"});
    await help.getByRole("row", {name: /Bold Ctrl\+B \*\*bold\*\*/}).waitFor();
    await isAccessible(who);
    await who.shot("writing-keys");
    await press(page, "Escape");
    await help.waitFor({state: "detached"});
  }),
  "on a phone what does not fit is in a menu": () => story("2024-01-05-rich", {viewport: phone}, async (who) => {
    const {page} = who;
    await page.locator(".cm-picture img").waitFor();
    await isAccessible(who);
    await who.shot("writing-phone");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await write(page, "Control+Home");
    await button(page, "More formatting").click();
    await page.getByRole("menuitem", {name: "Quotation"}).click();
    assert.equal((await lines(page))[0], "> # One");
    await press(page, "Control+z");
  }),
  "in Persian, from right to left": () => story("2024-01-05-rich", {}, async (who) => {
    const {page} = who;
    await page.evaluate(() => localStorage.setItem("stet.language", "fa"));
    await page.reload();
    await page.getByRole("toolbar", {name: "قالب‌بندی"}).waitFor();
    await page.locator(".cm-picture img").waitFor();
    await isAccessible(who);
    await who.shot("writing-persian");
  }),
}, house.close);
