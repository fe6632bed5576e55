// What stories of the schedule share: schedules that are made for them, and hands to move sessions with.

import {exampleFolder, person, stet} from "./browser.mjs";
import {openHouse} from "./house.mjs";

const unsigned = /status of (401|404)/; // Chromium's own words for the question who is here
export const high = 1.7; // pixels of a minute, at steps of 15 minutes

export const event = (start, end, rooms = ["Hall"]) =>
  `title: An event\ntime_zone: America/Halifax\nstart: ${start}\nend: ${end}\nrooms:\n${rooms.map((room) => `  - ${room}\n`).join("")}`;

// {path: text}: so many sessions, one after the other in each room, on so many days.
export function many({rooms, days, sessions}) {
  const names = Array.from({length: rooms}, (_, n) => `Room ${n + 1}`);
  const files = {"_data/event.yml": event("2025-09-12", `2025-09-${11 + days}`, names), "_config.yml": "title: Large\n"};
  for (let n = 0; n < sessions; ++n) {
    const day = 12 + (n % days), place = Math.floor(n / days), hour = 9 + Math.floor(place / rooms);
    files[`_schedule/s${n}.md`] = `---\ntitle: Session ${n + 1}\nstart: 2025-09-${day}T${String(hour).padStart(2, "0")}:00\n` +
      `end: 2025-09-${day}T${String(hour).padStart(2, "0")}:45\nroom: ${names[place % rooms]}\n---\n`;
  }
  return files;
}

// A place for stories: the example's house, others, and what has to be asked of them.
export async function openStage() {
  const house = await openHouse(stet, exampleFolder);
  const houses = [house];
  return {
    house,
    another: async (files, options = {}) => {
      const opened = await openHouse(stet, exampleFolder, {files, ...options});
      houses.push(opened);
      return opened;
    },
    story: async (run, {at = house, name = "eda", to = "#/schedule/2025-09-12", ...options} = {}) => {
      const who = await person(at, name, to, options);
      who.allow(unsigned);
      await run(who, who.page);
      await who.leave();
    },
    commits: (at = house) => Number(at.git("rev-list", "--count", "main")),
    text: (name, at = house) => at.file(`_schedule/${name}.md`).toString(),
    close: async () => {
      for (const one of houses) await one.close();
    },
  };
}

export const block = (page, title) => page.locator("[data-slot]").filter({hasText: title});
export const bar = (page) => page.getByRole("region", {name: "Moves that are not saved"});
export const says = (page, text) => page.locator("[data-says=schedule]").filter({hasText: text}).waitFor();
export const isSaved = (page) => page.getByRole("status").getByText(/saved, and live/).last().waitFor();
export const save = async (page) => {
  await bar(page).getByRole("button", {name: /^Save \d/}).click();
  await bar(page).waitFor({state: "detached"});
};
export const edit = async (page, item) => {
  await page.getByRole("button", {name: "Edit", exact: true}).click();
  await page.getByRole("menuitem", {name: item}).click();
  return page.getByRole("dialog");
};
export const more = async (page, item) => {
  await page.getByRole("dialog").getByRole("button", {name: "More"}).click();
  await page.getByRole("menuitem", {name: item}).click();
};

// From the middle of a session's head, by so many columns and minutes.
export async function drag(page, from, columns, minutes, {release = true} = {}) {
  await from.scrollIntoViewIfNeeded();
  const box = await from.boundingBox();
  const [first, second] = await page.locator("[data-column]").evaluateAll((all) => all.slice(0, 2).map((one) => one.getBoundingClientRect().left));
  const x = box.x + box.width / 2, y = box.y + 12;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 6, y + 6);
  await page.mouse.move(x + columns * (second - first), y + minutes * high, {steps: 4});
  if (release) await page.mouse.up();
}
