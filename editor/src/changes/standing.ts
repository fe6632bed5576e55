// How a change stands, and what somebody may do with it: what the screens say of it follows from this alone.
import type {Change, Review, WholeChange} from './calls';

export type Standing =
  | 'empty' // nothing is edited yet
  | 'open'
  | 'waiting' // others are asked to look at it
  | 'asked' // somebody wants something changed
  | 'approved'
  | 'conflict' // what is live was edited at the same places
  | 'scheduled'
  | 'blocked'
  | 'published'
  | 'withdrawn';

// What a list can tell without asking for each of its changes.
export function briefStanding(change: Change): Standing {
  if (change.state === 'published' || change.state === 'withdrawn') return change.state;
  if (change.state === 'scheduled' || change.state === 'blocked') return change.state;
  if (change.wants_review) return 'waiting';
  return change.commits === 0 ? 'empty' : 'open';
}

export function standingOf(change: WholeChange): Standing {
  const brief = briefStanding(change);
  if (['published', 'withdrawn', 'blocked'].includes(brief)) return brief;
  if (change.merge && !change.merge.is_clean) return 'conflict';
  if (brief === 'scheduled') return brief;
  if (change.approval.asked_for_changes?.length) return 'asked';
  if (change.file_count === 0) return 'empty';
  if ((change.approval.given ?? 0) > 0 && change.approval.is_met) return 'approved';
  return brief === 'empty' ? 'open' : brief;
}

export const hasEnded = (change: Change): boolean => change.state === 'published' || change.state === 'withdrawn';

// Whether they have begun it or written to it: somebody else approves it then.
export const isWriter = (change: Change, user: string): boolean =>
  [change.author, ...change.people].some((person) => person.user === user);

// Whether a change waits for what this person says: they may publish it, have not written it, and have not yet spoken of it as it is now.
export function waitsFor(change: WholeChange, user: string): boolean {
  if (hasEnded(change) || !change.wants_review || !change.may_publish || isWriter(change, user)) return false;
  return !lastOf(change.reviews ?? []).some((review) => review.by === user && !review.is_stale);
}

// The last word of each person that still counts.
export function lastOf(reviews: Review[]): Review[] {
  const last = new Map<string, Review>();
  for (const review of reviews) last.set(review.by, review);
  return [...last.values()].filter((review) => !review.dismissed_by);
}

// Why it cannot be published now; nothing: it can.
export function hindranceOf(change: WholeChange): 'ended' | 'rights' | 'empty' | 'asked' | 'approvals' | 'conflict' | null {
  if (hasEnded(change)) return 'ended';
  if (!change.may_publish) return 'rights';
  if (!change.file_count) return 'empty';
  if (change.approval.asked_for_changes?.length) return 'asked';
  if (!change.approval.is_met) return 'approvals';
  return change.merge && !change.merge.is_clean ? 'conflict' : null;
}
