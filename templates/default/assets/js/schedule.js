// The schedule's pages: search and filter, favourites, now and next, the reader's own time beside the
// event's. All that it works with stands in the page, which is right without this script. Favourites
// stay in the browser; nothing is loaded from anywhere else.
(() => {
  "use strict";
  const own = document.currentScript;
  const root = document.querySelector("[data-schedule-page]");
  const scheduleUrl = own?.dataset.schedule || "/schedule/";
  const calendarUrl = own?.dataset.calendar || "/schedule.ics";
  const storeKey = (name) => `stet:${name}:${scheduleUrl}`;
  const favouritesMax = 5000, pauseMs = 120, nowShownMax = 8, aheadMs = 12 * 3600e3;
  const choices = ["room", "track", "type", "language"];

  const within = (element, selector) => (element ? [...element.querySelectorAll(selector)] : []);
  const one = (name) => root?.querySelector(`[data-${name}]`);
  const cards = within(document, ".session[data-slug]");

  function made(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  // What is kept in the browser; a browser that keeps nothing forgets with the page.
  function kept(name) {
    try {
      return localStorage.getItem(storeKey(name));
    } catch {
      return null;
    }
  }
  function keep(name, text) {
    try {
      localStorage.setItem(storeKey(name), text);
    } catch {
      // Then it lasts as long as the page.
    }
  }

  // ---- The reader's time, where it is another than the event's.

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const parts = new Intl.DateTimeFormat("en-CA", {
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const weekday = new Intl.DateTimeFormat(document.documentElement.lang || "en", {weekday: "short"});

  // {date, clock} here; `text` is "2020-10-12T10:00:00-04:00".
  function here(text) {
    const instant = new Date(text);
    if (Number.isNaN(instant.getTime())) return null;
    const found = Object.fromEntries(parts.formatToParts(instant).map((part) => [part.type, part.value]));
    return {date: `${found.year}-${found.month}-${found.day}`, clock: `${found.hour}:${found.minute}`, instant};
  }
  const isSame = (text, local) => text.startsWith(`${local.date}T${local.clock}`);
  const clockOf = (text, local) =>
    (text.startsWith(local.date) ? "" : weekday.format(local.instant) + " ") + local.clock;

  function showOwnTimes() {
    let hasOwn = false;
    const add = (element, texts, isShort) => {
      const locals = texts.map(here);
      if (locals.some((local) => !local) || locals.every((local, i) => isSame(texts[i], local))) return;
      const times = texts.map((text, i) => clockOf(text, locals[i])).join("–");
      const span = made("span", "your-time");
      if (isShort) span.append(made("span", "visually-hidden", "your time "), times);
      else span.textContent = `(${times} your time)`;
      element.append(" ", span);
      hasOwn = true;
    };
    const textsOf = (element) => within(element, "time[datetime*='T']").map((time) => time.dateTime);
    for (const line of within(document, ".session__when, .when")) {
      const texts = textsOf(line);
      if (texts.length > 0) add(line, texts.slice(0, 2), false);
    }
    for (const line of within(document, ".grid__time")) add(line, textsOf(line), true);
    if (!hasOwn) return;
    for (const note of within(document, ".day__zone")) {
      note.append(" · ", made("span", "your-time", `yours in italics (${zone})`));
    }
  }

  // ---- Favourites: the names of sessions.

  const isName = (name) => typeof name === "string" && name !== "" && name.length <= 300;
  function readFavourites() {
    try {
      const names = JSON.parse(kept("favourites") || "[]");
      return new Set(Array.isArray(names) ? names.filter(isName).slice(0, favouritesMax) : []);
    } catch {
      return new Set();
    }
  }
  let favourites = readFavourites();
  const stars = [];

  function showStars() {
    for (const {button, slug, label} of stars) {
      const isOn = favourites.has(slug);
      button.setAttribute("aria-pressed", String(isOn));
      const sign = isOn ? "★" : "☆";
      button.firstChild.textContent = sign;
      if (label) label.textContent = isOn ? " In my schedule" : " Add to my schedule";
    }
    const number = one("mine-number");
    if (number) number.textContent = favourites.size > 0 ? String(favourites.size) : "";
  }

  function change(action) {
    favourites = readFavourites();  // another tab may have changed them
    action(favourites);
    keep("favourites", JSON.stringify([...favourites].slice(0, favouritesMax)));
    showStars();
    if (tools) apply();
  }

  function addStar(place, slug, title, isWordy) {
    const button = made("button", "star");
    button.type = "button";
    const sign = made("span");
    sign.setAttribute("aria-hidden", "true");
    button.append(sign);
    let label = null;
    if (isWordy) {
      label = made("span");
      button.append(label);
    } else {
      button.setAttribute("aria-label", `My schedule: ${title}`);
    }
    button.addEventListener("click", () => change((names) => {
      if (!names.delete(slug)) names.add(slug);
    }));
    stars.push({button, slug, label});
    place.append(button);
  }

  function addStars() {
    for (const card of cards) {
      if (card.classList.contains("session--break")) continue;
      addStar(card, card.dataset.slug, card.querySelector(".session__title").textContent.trim(), false);
    }
    for (const place of within(document, ".favourite[data-slug]")) {
      addStar(place, place.dataset.slug, place.dataset.title, true);
    }
    showStars();
    window.addEventListener("storage", (event) => {
      if (event.key !== storeKey("favourites")) return;
      favourites = readFavourites();
      showStars();
      if (tools) apply();
    });
  }

  // ---- Search and filter. What is asked for stands in the address.

  const tools = one("tools");
  const count = one("count");
  const mine = one("mine");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let shared = null;  // names that somebody else has chosen

  const haystacks = new Map();
  function textOf(card) {
    if (!haystacks.has(card)) {
      const {type = "", language = ""} = card.dataset;
      const said = within(card, ".session__title, .session__subtitle, .session__people, .session__place");
      haystacks.set(card, plain([...said.map((part) => part.textContent), type, language].join(" ")));
    }
    return haystacks.get(card);
  }

  function fillChoices() {
    for (const name of choices) {
      const select = tools.elements[name];
      const values = [...new Set(cards.map((card) => card.dataset[name]).filter(Boolean))];
      if (name !== "room" && name !== "track") values.sort((a, b) => a.localeCompare(b));
      for (const value of values) select.append(new Option(value, value));
      select.closest("p").hidden = values.length < 2;
    }
  }

  function wish() {
    const asked = {words: plain(tools.elements.q.value).split(/\s+/).filter(Boolean)};
    for (const name of choices) asked[name] = tools.elements[name].value;
    asked.isMine = tools.elements.mine.checked;
    asked.isAny = asked.words.length > 0 || choices.some((name) => asked[name]) || asked.isMine || shared !== null;
    return asked;
  }

  function isWanted(card, asked) {
    const names = shared || favourites;
    if ((asked.isMine || shared) && !names.has(card.dataset.slug)) return false;
    if (choices.some((name) => asked[name] && card.dataset[name] !== asked[name])) return false;
    return asked.words.length === 0 || asked.words.every((word) => textOf(card).includes(word));
  }

  function hideEmpty() {
    for (const day of within(root, ".day")) {
      let hasAny = false;
      let time = null, isTimeUsed = false;
      const end = () => {
        if (time) time.hidden = !isTimeUsed;
      };
      for (const item of within(day, ".grid__time, .session")) {
        if (item.classList.contains("grid__time")) {
          end();
          time = item;
          isTimeUsed = false;
        } else if (!item.hidden) {
          hasAny = isTimeUsed = true;
        }
      }
      end();
      day.hidden = !hasAny;
    }
  }

  function showMine(asked) {
    const isShown = asked.isMine || shared !== null;
    mine.hidden = !isShown;
    if (!isShown) return;
    const names = shared || favourites;
    const known = new Set(cards.map((card) => card.dataset.slug));
    const number = [...names].filter((name) => known.has(name)).length;
    const text = one("mine-text");
    if (shared) {
      text.textContent = `Somebody has shared ${number === 1 ? "this session" : `these ${number} sessions`} with you.`;
    } else if (names.size === 0) {
      text.textContent = "You have chosen no session yet: the star beside a session does.";
    } else {
      text.textContent = "Your sessions are kept in this browser, and nowhere else.";
    }
    one("mine-add").hidden = shared === null;
    one("mine-share").hidden = one("mine-calendar").hidden = number === 0;
  }

  function apply() {
    const asked = wish();
    let number = 0;
    for (const card of cards) {
      card.hidden = asked.isAny && !isWanted(card, asked);
      if (!card.hidden) number += 1;
    }
    hideEmpty();
    root.classList.toggle("is-list", asked.isAny || tools.elements.list.checked);
    count.textContent = asked.isAny ? `${number} of ${cards.length} sessions` : "";
    showMine(asked);
  }

  function writeAddress() {
    const address = new URL(location.href);
    for (const name of ["q", ...choices]) {
      const value = tools.elements[name].value.trim();
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    if (tools.elements.mine.checked) address.searchParams.set("mine", "1");
    else address.searchParams.delete("mine");
    if (!shared && address.hash.startsWith("#sessions=")) address.hash = "";
    if (address.href !== location.href) history.replaceState(null, "", address);
  }

  function readAddress() {
    const asked = new URLSearchParams(location.search);
    for (const name of ["q", ...choices]) {
      if (asked.has(name)) tools.elements[name].value = asked.get(name);
    }
    tools.elements.mine.checked = asked.get("mine") === "1";
    readShared();
  }

  function readShared() {
    shared = null;
    if (!location.hash.startsWith("#sessions=")) return;
    const names = location.hash.slice("#sessions=".length).split(",").slice(0, favouritesMax).map((name) => {
      try {
        return decodeURIComponent(name);
      } catch {
        return "";
      }
    });
    const chosen = names.filter(isName);
    if (chosen.length > 0) shared = new Set(chosen);
  }

  function chosenCards() {
    const names = shared || favourites;
    return cards.filter((card) => names.has(card.dataset.slug));
  }

  async function share() {
    const address = new URL(scheduleUrl, location.href);
    const names = [...(shared || favourites)].map(encodeURIComponent).sort();
    address.hash = "sessions=" + names.join(",");
    const text = one("mine-text");
    try {
      await navigator.clipboard.writeText(address.href);
      text.textContent = "The link is on your clipboard. Whoever opens it sees these sessions.";
    } catch {
      const link = made("a", "", address.href);
      link.href = address.href;
      text.replaceChildren("Whoever opens this link sees these sessions: ", link);
    }
  }

  // The site's own calendar without the events of other sessions: so each keeps its UID, and an
  // import of a later one moves what has moved.
  function calendarOf(text, uids) {
    const unescaped = (value) => value.replace(/\\([\\;,nN])/g, (_, c) => (c === "n" || c === "N" ? "\n" : c));
    return text.replace(/BEGIN:VEVENT\r?\n[\s\S]*?END:VEVENT\r?\n/g, (event) => {
      const uid = /^UID:(.*)$/m.exec(event.replace(/\r?\n[ \t]/g, ""));
      return uid && uids.has(unescaped(uid[1].trim())) ? event : "";
    });
  }

  async function saveCalendar() {
    const text = one("mine-text");
    try {
      const answer = await fetch(calendarUrl);
      if (!answer.ok) throw new Error(String(answer.status));
      const uids = new Set(chosenCards().map((card) => card.dataset.uid).filter(Boolean));
      const calendar = calendarOf(await answer.text(), uids);
      const link = made("a");
      link.href = URL.createObjectURL(new Blob([calendar], {type: "text/calendar"}));
      link.download = "my-schedule.ics";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60e3);
    } catch {
      text.textContent = "The calendar cannot be reached just now.";
    }
  }

  function startTools() {
    fillChoices();
    tools.elements.list.checked = kept("list") === "1";
    readAddress();
    // On a phone the choices are a press away.
    const wide = matchMedia("(min-width: 40rem)");
    const more = one("more");
    const showMore = () => {
      more.open = wide.matches || choices.some((name) => tools.elements[name].value);
    };
    wide.addEventListener("change", showMore);
    showMore();
    more.hidden = choices.every((name) => tools.elements[name].closest("p").hidden);
    if ("embedded" in root.dataset) tools.elements.mine.closest("label").hidden = true;
    tools.hidden = false;
    let timer = 0;
    tools.addEventListener("input", (event) => {
      if (event.target.name === "list") keep("list", tools.elements.list.checked ? "1" : "0");
      if (event.target.name === "mine") shared = null;
      clearTimeout(timer);
      timer = setTimeout(() => {
        writeAddress();
        apply();
      }, event.target.name === "q" ? pauseMs : 0);
    });
    tools.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", () => {
      readShared();
      apply();
    });
    one("mine-add").addEventListener("click", () => {
      const names = shared || [];
      shared = null;
      tools.elements.mine.checked = true;
      change((own) => names.forEach((name) => own.add(name)));
      writeAddress();
    });
    one("mine-share").addEventListener("click", share);
    one("mine-calendar").addEventListener("click", saveCalendar);
    one("mine-all").addEventListener("click", () => {
      shared = null;
      tools.elements.mine.checked = false;
      writeAddress();
      apply();
      tools.elements.mine.focus();
    });
    apply();
  }

  // ---- Now and next.

  const slots = [];
  function gatherSlots() {
    for (const card of cards) {
      const [start, end] = within(card, ".session__when time").map((time) => Date.parse(time.dateTime));
      if (Number.isNaN(start ?? NaN) || card.matches(".session--cancelled, .session--canceled")) continue;
      slots.push({card, start, end: end > start ? end : start + 30 * 60e3});
    }
    slots.sort((a, b) => a.start - b.start);
  }

  function nowLine({card}, word) {
    const line = made("li");
    const link = card.querySelector(".session__title a");
    const title = card.querySelector(".session__title").textContent.trim();
    const when = card.querySelector(".session__when time").textContent;
    line.append(made("span", "now__when", `${word} ${when} `));
    if (link) {
      const copy = made("a", "", title);
      copy.href = link.href;
      line.append(copy);
    } else {
      line.append(title);
    }
    if (card.dataset.room) line.append(` · ${card.dataset.room}`);
    return line;
  }

  let nowShown = "";
  function showNow() {
    const now = Date.now();
    const running = slots.filter((slot) => slot.start <= now && now < slot.end);
    const next = slots.find((slot) => slot.start > now && slot.start - now < aheadMs);
    const coming = next ? slots.filter((slot) => slot.start === next.start) : [];
    for (const slot of slots) slot.card.classList.toggle("is-now", running.includes(slot));
    const lines = [
      ...running.slice(0, nowShownMax).map((slot) => nowLine(slot, "Since")),
      ...coming.slice(0, nowShownMax).map((slot) => nowLine(slot, "At")),
    ];
    const list = one("now-list");
    const text = lines.map((line) => line.textContent).join("\n");
    if (text === nowShown) return;
    nowShown = text;
    list.replaceChildren(...lines);
    one("now").hidden = lines.length === 0;
  }

  showOwnTimes();
  if (!root || !("embedded" in root.dataset)) addStars();
  if (tools && cards.length > 0) startTools();
  if (one("now")) {
    gatherSlots();
    showNow();
    setInterval(showNow, 30e3);
  }
})();
