// Keys. On a session: arrows move it, with Shift they make it longer or shorter, with Ctrl they go to the next one.
import {tick} from 'svelte';
import {type Desk, idOf} from './desk.svelte';
import type {Slot} from './model';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName));

export const isMirrored = (): boolean => document.documentElement.dir === 'rtl';

// Ctrl+Z, Ctrl+Y, Ctrl+Shift+Z, wherever one is, but in a field and below a dialog.
export function onCommandKey(event: KeyboardEvent, desk: Desk) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return;
  const key = event.key.toLowerCase();
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  const focused = (document.activeElement as HTMLElement | null)?.id;
  if (key === 'y' || event.shiftKey) desk.redo();
  else desk.undo();
  if (focused) void tick().then(() => document.getElementById(focused)?.focus());
}

// The session beside this one, as the eye sees it.
function beside(from: HTMLElement, key: string): HTMLElement | undefined {
  const box = from.getBoundingClientRect();
  const all = [...document.querySelectorAll<HTMLElement>('[data-slot]')].filter((one) => one !== from);
  const distances = all.map((one) => {
    const other = one.getBoundingClientRect();
    const across = other.left + other.width / 2 - box.left - box.width / 2, down = other.top - box.top;
    const [ahead, aside] = {ArrowUp: [-down, across], ArrowDown: [down, across], ArrowLeft: [-across, down], ArrowRight: [across, down]}[key]!;
    return {one, distance: ahead! > 4 ? ahead! + 3 * Math.abs(aside!) : Infinity};
  });
  return distances.filter(({distance}) => distance < Infinity).sort((a, b) => a.distance - b.distance)[0]?.one;
}

export function onSlotKey(event: KeyboardEvent, slot: Slot, desk: Desk, rooms: (string | null)[]) {
  if (event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key.startsWith('Arrow')) {
    event.preventDefault();
    beside(event.currentTarget as HTMLElement, event.key)?.focus();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  const {step} = desk;
  const ahead = isMirrored() ? -1 : 1;
  const acts: Record<string, () => void> = {
    ArrowUp: () => (event.shiftKey ? desk.longer(slot, -step) : desk.later(slot, -step)),
    ArrowDown: () => (event.shiftKey ? desk.longer(slot, step) : desk.later(slot, step)),
    ArrowLeft: () => desk.toRoom(slot, rooms, -ahead),
    ArrowRight: () => desk.toRoom(slot, rooms, ahead),
    PageUp: () => desk.toDay(slot, -1),
    PageDown: () => desk.toDay(slot, 1),
    Delete: () => desk.takeOut(slot),
    Backspace: () => desk.takeOut(slot),
    ' ': () => desk.choose(slot.key),
  };
  const act = acts[event.key];
  if (!act || desk.isReadOnly) return;
  event.preventDefault();
  act();
  void desk.follow(slot.key);
}
