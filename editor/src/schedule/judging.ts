// What moves that are not saved would clash with, by the server: the same code that judges a save. A dry run of the save itself.
import {api, take} from '../api/client';
import {isProblem, type Problem} from '../api/problem';
import type {Clash, Slot} from './model';
import type {ApiMove} from './moves';

export interface Judged {
  clashes: Clash[];
  isStale: boolean; // somebody else was faster: the schedule is to be read again
}

const kinds: [RegExp, Clash['kind']][] = [
  [/^the room .* is taken/, 'room'],
  [/^the speaker .* speaks in/, 'speaker'],
  [/^the speaker/, 'unavailable'],
];
export const kindOf = (message: string): Clash['kind'] => kinds.find(([pattern]) => pattern.test(message))?.[1] ?? 'fit';
export const otherOf = (message: string): string | null => /\((_schedule\/[^)]+)\)/.exec(message)?.[1] ?? null;

function clash(path: string, message: string, isError: boolean, titles: ReadonlyMap<string, string>): Clash {
  return {path, title: titles.get(path) ?? path, other: otherOf(message), kind: kindOf(message), message, isError, isPending: true};
}

type Told = {path: string; errors: {detail: string}[]}[];

// A refusal names entries that clash, or the move that cannot be.
export function clashesOfRefusal(problem: Problem, moves: ApiMove[], titles: ReadonlyMap<string, string>): Clash[] {
  const entries = (problem.body['entries'] ?? []) as Told;
  if (entries.length) return entries.flatMap(({path, errors}) => errors.map(({detail}) => clash(path, detail, true, titles)));
  const move = moves[problem.body['move'] as number];
  return move ? [clash(move.session, problem.message, true, titles)] : [];
}

export async function judge(moves: ApiMove[], slots: Iterable<Slot>, signal: AbortSignal): Promise<Judged> {
  const titles = new Map([...slots].map(({session}) => [session.path, session.title]));
  try {
    const answer = await take(api.POST('/schedule/moves', {params: {query: {dry_run: true}}, body: {moves}, signal}));
    const moved = new Set(moves.map(({session}) => session));
    const found = answer.problems.filter(({path}) => moved.has(path));
    return {isStale: false, clashes: found.map(({path, message, severity}) => clash(path, message, severity === 'error', titles))};
  } catch (error) {
    if (isProblem(error, 412) || isProblem(error, 404)) return {clashes: [], isStale: true};
    if (isProblem(error, 422)) return {isStale: false, clashes: clashesOfRefusal(error, moves, titles)};
    throw error;
  }
}
