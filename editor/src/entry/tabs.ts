// Which tabs of this browser have an entry open: they tell one another.
const kept = 'stet.tab';
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('stet.entries') : null;

type Said = {tab: string; entry: string; what: 'hello' | 'here' | 'bye'};

const fresh = (): string => crypto.getRandomValues(new Uint32Array(2)).join('-');

// This tab's own name: the same after a reload, and after the browser has brought it back.
export let tab = sessionStorage.getItem(kept) ?? fresh();
sessionStorage.setItem(kept, tab);

// A tab holds a lock of its name for as long as it lives, however it ends. Browsers have locks where the page is https, or this machine's.
const locks: LockManager | undefined = navigator.locks;
export const knowsTheLiving = locks !== undefined;
const lockOf = (name: string): string => `stet.tab ${name}`;
let waiting = new AbortController();

function live() {
  waiting.abort();
  waiting = new AbortController();
  void locks?.request(lockOf(tab), {signal: waiting.signal}, () => new Promise<never>(() => {})).catch(() => {});
}
live();

// Resolves when that tab is no more; at once for this one, whose own earlier life is meant.
export async function gone(name: string, signal: AbortSignal): Promise<void> {
  if (name !== tab) await locks?.request(lockOf(name), {mode: 'shared', signal}, () => {});
}

export interface Company {
  entry: string;
  onothers: (tabs: string[]) => void; // of this entry, without this one
}

// Says that this tab has the entry open, until the function that it returns is called. `ready` is when the others have had time to answer.
export function company({entry, onothers}: Company): {ready: Promise<void>; leave: () => void} {
  if (!channel) return {ready: Promise.resolve(), leave: () => {}};
  const others = new Set<string>();
  const say = (what: Said['what']) => channel.postMessage({tab, entry, what} satisfies Said);
  const heard = ({data}: MessageEvent<Said>) => {
    if (data.entry !== entry) return;
    if (data.tab === tab && data.what === 'here') {
      tab = fresh(); // this tab is a copy of that one
      sessionStorage.setItem(kept, tab);
      live();
      say('hello');
    }
    if (data.what === 'hello') say('here');
    if (data.what === 'bye') others.delete(data.tab);
    else others.add(data.tab);
    others.delete(tab);
    onothers([...others]);
  };
  const bye = () => say('bye');
  channel.addEventListener('message', heard);
  addEventListener('pagehide', bye);
  say('hello');
  return {
    ready: new Promise((resolve) => setTimeout(resolve, 120)),
    leave: () => {
      bye();
      channel.removeEventListener('message', heard);
      removeEventListener('pagehide', bye);
    },
  };
}
