// What is wrong in the text, marked where it is wrong: underlined for who sees, told in a list beside the surface for who hears.
import {type EditorState, type Extension, type Range, StateEffect, StateField} from '@codemirror/state';
import {Decoration, type DecorationSet, EditorView} from '@codemirror/view';

export interface TextProblem {
  line: number; // from 1
  column?: number | undefined; // from 1
  message: string;
  severity: string; // "error", or less
}

export const showFaults = StateEffect.define<readonly TextProblem[]>();

// From the column to the end of its word, or the whole line.
function rangesOf(state: EditorState, problem: TextProblem): Range<Decoration>[] {
  if (problem.line < 1 || problem.line > state.doc.lines) return [];
  const line = state.doc.line(problem.line), kind = problem.severity === 'error' ? '' : '-warning';
  const from = line.from + Math.min(Math.max((problem.column ?? 1) - 1, 0), line.length);
  const rest = line.text.slice(from - line.from);
  const to = problem.column ? from + (/^(\S+|\s+)/.exec(rest)?.[0].length ?? 0) : line.to;
  const marks = [Decoration.line({class: `cm-faultLine cm-faultLine${kind}`}).range(line.from)];
  const attributes = {title: problem.message};
  if (to > from) marks.push(Decoration.mark({class: `cm-fault cm-fault${kind}`, attributes}).range(from, to));
  return marks;
}

export const faults: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const shown = transaction.effects.find((effect) => effect.is(showFaults));
    if (!shown) return marks.map(transaction.changes);
    const problems = shown.value as readonly TextProblem[];
    return Decoration.set(problems.flatMap((problem) => rangesOf(transaction.state, problem)), true);
  },
  provide: (field) => EditorView.decorations.from(field),
});
