// A wall time in a zone, and the moment that it is. By Intl alone: Temporal is no part of the browsers that the editor is for.

// "2026-11-22T09:30:15" of a moment, as clocks in the zone show it.
export function wallTime(at: Date, zone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({type, value}) => [type, value]));
  return `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}`;
}

const asUtc = (wall: string): number => Date.parse(`${wall.length === 16 ? `${wall}:00` : wall}Z`);

// Nothing: no clock of the zone shows that time, or the text is none. Of the two moments when clocks are set back, the first.
export function momentOf(wall: string, zone: string): Date | null {
  const wanted = asUtc(wall);
  if (Number.isNaN(wanted)) return null;
  const shown = (moment: number) => asUtc(wallTime(new Date(moment), zone));
  const offsets = [-86_400_000, 0, 86_400_000].map((by) => shown(wanted + by) - (wanted + by));
  const fitting = [...new Set(offsets)].map((offset) => wanted - offset).filter((moment) => shown(moment) === wanted);
  return fitting.length ? new Date(Math.min(...fitting)) : null;
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

// The zone of the site's configuration where the browser knows it.
export function knownZone(name: unknown): string | null {
  if (typeof name !== 'string' || !name) return null;
  try {
    return new Intl.DateTimeFormat('en', {timeZone: name}).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

// As front matter has it: "2026-11-22 09:30:15 +0100".
export function withOffset(at: Date, zone: string): string {
  const minutes = Math.round((asUtc(wallTime(at, zone)) - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${wallTime(at, zone).replace('T', ' ')} ${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}
