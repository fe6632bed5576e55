// Who else has an entry open: said to the server as long as one has it open oneself, and heard from it.
import {api, take} from '../api/client';
import {listen} from '../api/events';
import {session} from '../api/session.svelte';

interface Lease {
  id: string;
  path: string;
  user: string | null;
  name: string;
  mode: 'viewing' | 'editing';
}

export class Presence {
  others = $state.raw<{name: string; isEditing: boolean}[]>([]);
  #path = '';
  #lease = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stops: (() => void)[] = [];
  #isOver = false;
  #left = ''; // the lease that was given back

  begin(path: string, version: string) {
    this.#path = path;
    this.#stops = [
      listen('presence', ({data}) => data['path'] === path && this.#hear((data['who'] ?? []) as Lease[])),
      listen('site.state', ({data}) => {
        const who = ((data['presence'] as {who?: Lease[]} | undefined)?.who ?? []).filter((lease) => lease.path === path);
        if (data['presence']) this.#hear(who);
      }),
    ];
    void this.say(version);
  }

  #hear(leases: Lease[]) {
    const found = new Map<string, boolean>();
    for (const lease of leases) {
      if (lease.id === this.#lease || (lease.user && lease.user === session.user?.name)) continue;
      found.set(lease.name, (found.get(lease.name) ?? false) || lease.mode === 'editing');
    }
    this.others = [...found].map(([name, isEditing]) => ({name, isEditing}));
  }

  // Says it again in time; where it cannot be said just now, a little later. Nothing depends on it.
  async say(version: string) {
    clearTimeout(this.#timer);
    let pause = 20;
    try {
      const said = await take(
        api.POST('/presence', {
          body: {path: this.#path, mode: session.user?.role === 'reader' ? 'viewing' : 'editing', version, ...(this.#lease && {lease: this.#lease})},
        }),
      );
      this.#lease = said.lease;
      pause = said.renew_seconds;
      this.#hear(said.others as Lease[]);
    } catch {
      pause = 10;
    }
    if (this.#isOver) return this.#lease === this.#left ? undefined : this.#leave();
    this.#timer = setTimeout(() => void this.say(version), pause * 1000);
  }

  end() {
    this.#isOver = true;
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
    this.#leave();
  }

  #leave() {
    const lease = (this.#left = this.#lease);
    this.#lease = '';
    if (lease && session.user) void take(api.DELETE('/presence/{lease}', {params: {path: {lease}}, keepalive: true})).catch(() => {});
  }
}
