// What stories of one entry do at the desk where it is written.

import assert from "node:assert/strict";

export const state = (page, text) => page.getByRole("status").filter({hasText: text}).first().waitFor();
export const surface = (page, name = "Text") => page.getByRole("textbox", {name, exact: true});

export const frameOf = (page) => page.frameLocator("iframe[title='Preview of the page']");
export const changeBar = (page) => page.getByRole("region", {name: "Change", exact: true});

// Opens an entry and waits for its text.
export async function open(who, address, name = "Text") {
  await who.go(`#/edit/${address}`);
  await surface(who.page, name).waitFor();
}

export async function save(page, end = "Saved and live") {
  await page.keyboard.press("Control+s");
  await state(page, end);
}

export const title = (page) => page.getByRole("textbox", {name: "Title", exact: true});

export async function retitle(page, text) {
  await title(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

export async function typeAtEnd(page, text) {
  await surface(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text);
}

export const word = " XQZ";

// Types one word at the end of a line of the text that has some, as a person would: the cursor goes there by keys.
export async function typeOneWord(page, name = "Text") {
  const text = surface(page, name);
  await text.focus();
  await page.keyboard.press("Control+Home");
  for (let n = 0; n < 40; ++n) {
    await page.keyboard.press("End");
    const isEmpty = await page.evaluate(() => document.querySelector(".cm-activeLine")?.textContent.trim() === "");
    if (!isEmpty) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.type(word);
}

// One line is another, by one word; every other byte is as it was.
export function isOneWord(house, file, before, added = word) {
  const diff = house.lastDiff(file);
  assert.equal(diff.length, 2, `${file}: ${diff.join("\n").slice(0, 400)}`);
  const after = house.file(file);
  const at = after.indexOf(added);
  assert.ok(at >= 0, `${file} has no word`);
  assert.deepEqual(Buffer.concat([after.subarray(0, at), after.subarray(at + Buffer.byteLength(added))]), before, file);
}
