// For tests: a state whose text has been read to its end, however busy the machine is.
import {ensureSyntaxTree} from '@codemirror/language';
import type {EditorState} from '@codemirror/state';

export function parsed(state: EditorState): EditorState {
  ensureSyntaxTree(state, state.doc.length, 60_000);
  return state.update({}).state;
}
