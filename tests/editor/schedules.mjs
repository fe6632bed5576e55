// Schedules that are made for a story.

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
