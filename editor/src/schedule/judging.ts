// What moves that are not saved would clash with, by the server: the same code that judges a save. A dry run of the save itself.
import {api, take} from '../api/client';
import {isProblem, type Problem} from '../api/problem';
import {type Clash, clashOf, type ScheduleClash, type Slot} from './model';
import type {ApiMove} from './moves';
import type {InChange} from './plan.svelte';

export interface Judged {
  clashes: Clash[];
  isStale: boolean; // somebody else was faster: the schedule is to be read again
}

// A refusal says what clashes, or names the move that cannot be.
export function clashesOfRefusal(problem: Problem, moves: ApiMove[], titles: ReadonlyMap<string, string>): Clash[] {
  const told = (problem.body['clashes'] ?? []) as ScheduleClash[];
  if (told.length) return told.map((clash) => clashOf(clash, true));
  const path = moves[problem.body['move'] as number]?.session;
  if (path === undefined) return [];
  return [{
    path, title: titles.get(path) ?? path, other: null, otherTitle: '', kind: 'field', field: '', name: '', from: null, until: null,
    message: problem.message, isError: true, isPending: true,
  }];
}

export async function judge(moves: ApiMove[], slots: Iterable<Slot>, inChange: InChange, signal: AbortSignal): Promise<Judged> {
  const titles = new Map([...slots].map(({session}) => [session.path, session.title]));
  try {
    const {clashes = []} = await take(api.POST('/schedule/moves', {params: {query: {...inChange, dry_run: true}}, body: {moves}, signal}));
    // What would keep one from saving would have been refused: that was so before.
    return {isStale: false, clashes: clashes.map((clash) => ({...clashOf(clash, true), isError: false}))};
  } catch (error) {
    if (isProblem(error, 412) || isProblem(error, 404)) return {clashes: [], isStale: true};
    if (isProblem(error, 422)) return {isStale: false, clashes: clashesOfRefusal(error, moves, titles)};
    throw error;
  }
}
