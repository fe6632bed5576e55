// Who is signed in. The server keeps it in a cookie that no script sees; what is here is what the shell shows and what writes need.
import type {components} from '$schema';

type Session = components['schemas']['Session'];
type User = components['schemas']['User'];
type Account = components['schemas']['Account'];
export type Area = Account['rights'][number]['area'];
export type Action = Account['rights'][number]['action'];

class Signed {
  user = $state<User | null>(null);
  account = $state<Account | null>(null);
  csrf = '';
  isKnown = $state(false); // whether the server has been asked who is here
  hasEnded = $state(false); // a session that was there is over: the shell asks for the password in place
  #asked: {resolve: () => void; reject: (reason: unknown) => void}[] = [];

  isSignedIn(session: Session) {
    if (this.user?.id !== session.user.id) this.user = session.user; // who signs in again is the same, to every screen
    this.csrf = session.csrf;
    this.isKnown = true;
    this.hasEnded = false;
    for (const waiting of this.#asked.splice(0)) waiting.resolve();
  }

  isSignedOut() {
    this.user = null;
    this.account = null;
    this.csrf = '';
    this.isKnown = true;
    this.hasEnded = false;
    for (const waiting of this.#asked.splice(0)) waiting.reject(new Error('signed out'));
  }

  // Resolves when the same person has signed in again.
  again(): Promise<void> {
    this.hasEnded = true;
    return new Promise((resolve, reject) => this.#asked.push({resolve, reject}));
  }

  giveUp() {
    this.hasEnded = false;
    for (const waiting of this.#asked.splice(0)) waiting.reject(new Error('not signed in'));
  }

  // What the role may: the server's own table, which it holds every call against, too.
  may(action: Action, area: Area): boolean {
    return this.reach(action, area) !== 'none';
  }

  reach(action: Action, area: Area): 'none' | 'own' | 'all' {
    return this.account?.rights.find((right) => right.area === area && right.action === action)?.reach ?? 'none';
  }

  get isAdmin(): boolean {
    return this.user?.role === 'admin';
  }
}

export const session = new Signed();
