// The order of the list of sessions.
import type {Slot} from './model';

export const columns = ['time', 'title', 'room', 'track', 'type', 'speakers', 'status'] as const;
export type Column = (typeof columns)[number];

// What is not scheduled comes last, whichever way.
export function sorted(slots: Slot[], by: Column, isDown: boolean, names: ReadonlyMap<string, string>): Slot[] {
  const text = ({session, room}: Slot): string => {
    if (by === 'speakers') return session.speakers.map((slug) => names.get(slug) ?? slug).join(', ');
    return (by === 'room' ? room : by === 'time' ? '' : session[by]) ?? '';
  };
  const way = isDown ? -1 : 1;
  const time = ({start}: Slot) => start ?? Infinity;
  return [...slots].sort((a, b) => {
    if (by === 'time') {
      if (a.start === null || b.start === null) return Number(a.start === null) - Number(b.start === null);
      return way * (a.start - b.start) || a.session.title.localeCompare(b.session.title);
    }
    const [left, right] = [text(a), text(b)];
    if (!left || !right) return Number(!left) - Number(!right);
    return way * left.localeCompare(right, undefined, {numeric: true}) || (time(a) < time(b) ? -1 : 1);
  });
}
