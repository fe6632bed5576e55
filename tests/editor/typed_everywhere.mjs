// Not in ctest: in every post and page of a repository (STET_SITE: a folder with a Jekyll site) one word is typed by keyboard and saved, and
// the commit's diff is that one line. `STET_SITE=FOLDER tests/editor/run.sh typed_everywhere STET EXAMPLE FOLDER EDITOR`

import {exampleFolder, browser, person, stet} from "./browser.mjs";
import {isOneWord, open, save, surface, typeOneWord} from "./desk.mjs";
import {openHouse} from "./house.mjs";

const house = await openHouse(stet, process.env.STET_SITE);
const who = await person(house, "mira", "#/account");
const {page} = who;
const counts = {good: 0, bad: 0, textless: 0};

async function all(kind) {
  const found = [];
  for (let cursor = ""; cursor !== null;) {
    const list = await house.api("GET", `/${kind}?limit=200&fields=name,path${cursor && `&cursor=${cursor}`}`);
    found.push(...list.items.map(({name, path}) => ({kind, name, path})));
    cursor = list.next;
  }
  return found;
}

for (const {kind, name, path} of [...await all("posts"), ...await all("pages")]) {
  const before = house.file(path);
  try {
    await who.go("#/account");
    const address = `${kind}/${name.split("/").map(encodeURIComponent).join("/")}`;
    await open(who, address).catch(() => open(who, address, "Whole file"));
    const isWhole = await surface(page).count() === 0;
    if ((await page.locator(".cm-content").innerText()).trim() === "") {
      counts.textless += 1;
      console.log(`no text: ${path}`);
      continue;
    }
    await typeOneWord(page, isWhole ? "Whole file" : "Text");
    await save(page);
    isOneWord(house, path, before);
    counts.good += 1;
  } catch (error) {
    counts.bad += 1;
    console.log(`BAD: ${path}: ${String(error.message).slice(0, 600)}`);
  }
}
console.log(counts);
await browser.close();
await house.close();
process.exit(counts.bad === 0 ? 0 : 1);
