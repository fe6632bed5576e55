// What two people have made of one entry, field by field, and what is to come of it.
import type {components} from '$schema';
import {Problem} from '../api/problem';
import type {Version} from './calls';
import type {Text} from './drafts';
import {joinRegions, mergeLines, type Region} from './lines';
import {differing, same, stepsOf, valueAt, withValueAt, type Fields, type Value} from './values';

type ServerConflict = components['schemas']['Conflict'];

export type Side = 'mine' | 'theirs';

// A field, or some lines of the text, that both have changed.
export interface Clash {
  id: string;
  pointer: string; // '/front_matter/title'; '/body'
  region: number; // of the text's conflicts, which; else -1
  before: Value | undefined;
  mine: Value | undefined;
  theirs: Value | undefined;
}

// What one takes: a side, or words of one's own.
export type Choice = Side | {text: string};

export interface Conflict {
  base: Version;
  mine: Text;
  theirs: Version;
  proposal: Fields; // the server's merge, in which theirs stands where both changed the same
  regions: Region[]; // of the text
  clashes: Clash[];
}

interface Proposal {
  front_matter?: Fields;
  conflicts?: ServerConflict[];
}

export const isMergeConflict = (error: unknown): error is Problem =>
  error instanceof Problem && (error.kind === 'merge-conflict' || error.kind === 'stale') && error.body['proposal'] !== undefined;

// Of the problem with which a merge was refused; in it "ours" is what is there and "theirs" what was asked for.
export function conflictOf(problem: Problem, base: Version, mine: Text, theirs: Version): Conflict {
  const proposal = problem.body['proposal'] as Proposal;
  const regions = mergeLines(base.body, mine.body, theirs.body);
  const clashes: Clash[] = (proposal.conflicts ?? [])
    .filter((conflict) => !base.isWhole && conflict.pointer.startsWith('/front_matter/'))
    .map(({pointer, base: before, ours, theirs: wanted}) => ({
      id: pointer, pointer, region: -1, before: before as Value, mine: wanted as Value, theirs: ours as Value,
    }));
  regions.filter((region) => region.from === 'conflict').forEach(({base: before, mine: own, theirs: other}, n) =>
    clashes.push({id: `/body#${n}`, pointer: '/body', region: n, before, mine: own, theirs: other}));
  return {base, mine, theirs, proposal: proposal.front_matter ?? theirs.fields, regions, clashes};
}

const isAbsent = (value: Value | undefined): boolean => value === undefined || value === null;

// A value of one's own words, of the kind that the field has.
export function worded(text: string, like: Value | undefined): Value {
  if (typeof like === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (typeof like === 'boolean' && /^(true|false)$/.test(text.trim())) return text.trim() === 'true';
  if (Array.isArray(like) && like.every((item) => typeof item !== 'object')) return text.split(',').map((word) => word.trim()).filter(Boolean);
  if (typeof like === 'object' && like !== null) {
    try {
      return JSON.parse(text) as Value;
    } catch {
      return text;
    }
  }
  return text;
}

const chosenText = (clash: Clash, choice: Choice): string =>
  typeof choice === 'object' ? choice.text : String((choice === 'mine' ? clash.mine : clash.theirs) ?? '');

// The entry that comes of the choices; what nobody has chosen stays as theirs.
export function resolved(conflict: Conflict, choices: Record<string, Choice>): Text {
  let fields = conflict.proposal;
  const lines = conflict.clashes.filter((clash) => clash.region >= 0);
  for (const clash of conflict.clashes) {
    if (clash.region >= 0) continue;
    const choice = choices[clash.id] ?? 'theirs';
    const value = typeof choice === 'object' ? worded(choice.text, clash.mine ?? clash.theirs) : clash[choice];
    fields = withValueAt(fields, stepsOf(clash.pointer).slice(1), isAbsent(value) ? undefined : value);
  }
  const body = joinRegions(conflict.regions, (_, n) => chosenText(lines[n]!, choices[lines[n]!.id] ?? 'theirs'));
  return {fields, body};
}

// The fields (and 'body') that differ between two.
export const differingParts = (before: Text, after: Text): string[] => [
  ...differing(before.fields, after.fields),
  ...(before.body === after.body ? [] : ['body']),
];

// What came in from others with a save: what is now neither as it was nor as one has it.
export function cameIn(base: Text, mine: Text, after: Text): string[] {
  return differingParts(base, after).filter((part) => {
    if (part === 'body') return after.body !== mine.body;
    return !same(valueAt(after.fields, [part]), valueAt(mine.fields, [part]));
  });
}

// Typed while a save was on its way: what is on the screen now, on top of what was saved.
export function rebased(sent: Text, now: Text, saved: Text): Text {
  let fields = saved.fields;
  for (const key of differing(sent.fields, now.fields)) fields = withValueAt(fields, [key], now.fields[key]);
  if (now.body === sent.body) return {fields, body: saved.body};
  if (saved.body === sent.body) return {fields, body: now.body};
  return {fields, body: joinRegions(mergeLines(sent.body, now.body, saved.body), (region) => region.mine)};
}
