// A session in somebody's hand: dragged by mouse, pen or finger, or made longer at its end.
//
// The pointer is captured by an element that stays, for what is dragged is drawn anew elsewhere. A mouse drags once it has moved a little, a
// finger after it has rested: until then it scrolls. Escape, or a pointer that is lost, puts everything back.
import {scrollBy, snapped} from './grid';
import type {Desk} from './desk.svelte';
import {dayBeginsAt} from './clock';
import {type Place, placeOf, type Slot} from './model';

const farEnough = 5, longEnough = 380, dayAfterRest = 600; // pixels, milliseconds

export interface Geometry {
  scroller: HTMLElement;
  // The room and the minute below a point; null: it is not over the grid.
  at: (x: number, y: number) => {room: string | null; minute: number} | null;
}

export class Drag {
  slot = $state.raw<Slot | null>(null); // in hand
  kind = $state<'move' | 'resize'>('move');
  place = $state.raw<Place | null>(null); // where it would be
  isOverList = $state(false);
  x = $state(0);
  y = $state(0);
  geometry: Geometry | null = null;
  #held = 0; // minutes from its beginning to where it is held
  #from = {x: 0, y: 0};
  #waiting: {slot: Slot; kind: 'move' | 'resize'; timer: number} | null = null;
  #pointer = -1;
  #frame = 0;
  #tab: {day: string; timer: number} | null = null;
  #isDone = false; // a click follows the release of a drag: it opens nothing

  constructor(readonly desk: Desk, readonly root: () => HTMLElement | null) {}

  // Of pointerdown on a session, or on its end.
  press(event: PointerEvent, slot: Slot, kind: 'move' | 'resize') {
    this.#isDone = false;
    if (event.button !== 0 || this.desk.isReadOnly || slot.isLocked || this.slot) return;
    this.#from = {x: event.clientX, y: event.clientY};
    this.#pointer = event.pointerId;
    const isTouch = event.pointerType === 'touch';
    const timer = isTouch ? window.setTimeout(() => this.#begin(), longEnough) : 0;
    this.#waiting = {slot, kind, timer};
    if (kind === 'resize' || !isTouch) event.stopPropagation();
  }

  // A finger rests on a session, or has it in hand: that is no wish for a menu.
  get isHeld(): boolean {
    return this.slot !== null || Boolean(this.#waiting?.timer);
  }

  // Whether a click is the end of a drag.
  isOver(): boolean {
    const isDone = this.#isDone;
    this.#isDone = false;
    return isDone;
  }

  #begin() {
    const {slot, kind} = this.#waiting!;
    this.#waiting = null;
    this.slot = slot;
    this.kind = kind;
    this.place = placeOf(slot);
    const under = this.geometry?.at(this.#from.x, this.#from.y);
    this.#held = slot.start !== null && under ? under.minute - slot.start : Math.min(slot.minutes / 2, 15);
    this.root()?.setPointerCapture(this.#pointer);
    navigator.vibrate?.(15);
    this.#moved(this.#from.x, this.#from.y);
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  move(event: PointerEvent) {
    if (event.pointerId !== this.#pointer) return;
    const distance = Math.hypot(event.clientX - this.#from.x, event.clientY - this.#from.y);
    if (this.#waiting && distance > farEnough) {
      if (event.pointerType === 'touch') this.#forget();
      else this.#begin();
    }
    if (this.slot) this.#moved(event.clientX, event.clientY);
  }

  #moved(x: number, y: number) {
    this.x = x;
    this.y = y;
    const slot = this.slot!;
    const target = document.elementFromPoint(x, y);
    this.#rest(target?.closest<HTMLElement>('[role=tab][data-value]')?.dataset['value']);
    this.isOverList = this.kind === 'move' && Boolean(target?.closest('[data-drop=list]'));
    if (this.isOverList) {
      this.place = {...placeOf(slot), start: null};
      return;
    }
    const under = this.geometry?.at(x, y);
    if (!under) {
      this.place = placeOf(slot);
      return;
    }
    const {step, plan} = this.desk;
    const origin = plan.clock.instant(this.desk.day, dayBeginsAt);
    const snap = (minute: number) => origin + snapped(minute - origin, step);
    if (this.kind === 'resize') this.place = {...placeOf(slot), minutes: Math.max(5, snap(under.minute) - slot.start!)};
    else this.place = {start: snap(under.minute - this.#held), minutes: slot.minutes, room: under.room};
  }

  // Over another day's tab for a moment: that day is shown.
  #rest(day: string | undefined) {
    if (this.#tab?.day === day) return;
    clearTimeout(this.#tab?.timer);
    this.#tab = day && day !== this.desk.day ? {day, timer: window.setTimeout(() => this.desk.show(day), dayAfterRest)} : null;
  }

  #scroll() {
    if (!this.slot) return;
    const box = this.geometry?.scroller.getBoundingClientRect();
    if (box && this.y > box.top - 40 && this.y < box.bottom + 40 && !this.isOverList) {
      const down = scrollBy(this.y, Math.max(0, box.top), Math.min(innerHeight, box.bottom));
      const across = scrollBy(this.x, Math.max(0, box.left), Math.min(innerWidth, box.right));
      if (down || across) {
        this.geometry!.scroller.scrollBy(across, down);
        this.#moved(this.x, this.y);
      }
    }
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }

  release(event: PointerEvent) {
    if (event.pointerId !== this.#pointer) return;
    const {slot, place} = this;
    this.#isDone = slot !== null;
    this.#end();
    if (slot && place) this.desk.put(slot, place);
  }

  cancel() {
    if (this.slot) this.#isDone = true;
    this.#end();
  }

  #forget() {
    clearTimeout(this.#waiting?.timer);
    this.#waiting = null;
  }

  #end() {
    this.#forget();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#tab?.timer);
    this.#tab = null;
    const root = this.root();
    if (root?.hasPointerCapture(this.#pointer)) root.releasePointerCapture(this.#pointer);
    this.#pointer = -1;
    this.slot = null;
    this.place = null;
    this.isOverList = false;
  }
}
