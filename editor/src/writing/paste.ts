// What comes from outside into the text: rich text becomes Markdown, an address over a selection a link, pictures are uploaded.
import {syntaxTree} from '@codemirror/language';
import type {EditorState, Extension} from '@codemirror/state';
import {EditorView} from '@codemirror/view';
import {withBreaks} from './exact';
import {block} from './format';
import {isAddress, linkText} from './links';
import {isRich, markdownOf} from './richtext';

const htmlMax = 2_000_000; // characters; more is pasted as plain text

const isCode = (state: EditorState): boolean => {
  for (let node = syntaxTree(state).resolveInner(state.selection.main.from, 1); node.parent; node = node.parent) {
    if (/^(FencedCode|CodeBlock|InlineCode|LiquidBlock|HTMLBlock|HTMLTag|URL)$/.test(node.name)) return true;
  }
  return false;
};

// The Markdown that takes the place of the selection; null: the plain text is as good.
export function markdownToPaste(state: EditorState, plain: string, html: string): string | null {
  if (isCode(state)) return null;
  const {from, to} = state.selection.main, selected = state.sliceDoc(from, to);
  if (isAddress(plain) && selected && !/[\r\n]/.test(selected) && !isAddress(selected)) return linkText(selected, plain.trim());
  if (!html || html.length > htmlMax || !isRich(html)) return null;
  return markdownOf(html) || null;
}

function put(view: EditorView, markdown: string) {
  const {state} = view, isBlock = markdown.includes('\n\n') || /^(#{1,6} |[-*] |\d+\. |> |```|\| )/.test(markdown);
  if (isBlock) {
    const edit = block(state, markdown), end = edit.changes.from + edit.changes.insert.replaceAll(state.lineBreak, '\n').length;
    view.dispatch({...edit, selection: {anchor: end}, userEvent: 'input.paste'});
  } else {
    view.dispatch(state.replaceSelection(withBreaks(markdown, state.lineBreak)), {scrollIntoView: true, userEvent: 'input.paste'});
  }
}

const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];

// `isOn`: whether the text is Markdown at all.
export const pasting = (isOn: () => boolean, onfiles: (files: File[]) => void): Extension =>
  EditorView.domEventHandlers({
    paste(event, view) {
      const data = event.clipboardData, files = filesOf(data);
      if (view.state.readOnly || !data || !isOn()) return false;
      const plain = data.getData('text/plain'), html = data.getData('text/html');
      // Word processors put a picture of the text beside the text.
      if (files.length && plain.trim() === '') {
        event.preventDefault();
        onfiles(files);
        return true;
      }
      const markdown = markdownToPaste(view.state, plain, html);
      if (markdown === null) return false;
      event.preventDefault();
      put(view, markdown);
      return true;
    },
    dragover(event, view) {
      if (!view.state.readOnly && isOn() && event.dataTransfer?.types.includes('Files')) event.preventDefault();
      return false; // the cursor goes along
    },
    drop(event, view) {
      const files = filesOf(event.dataTransfer);
      if (view.state.readOnly || !files.length || !isOn()) return false;
      event.preventDefault();
      const at = view.posAtCoords({x: event.clientX, y: event.clientY});
      if (at !== null) view.dispatch({selection: {anchor: at}});
      onfiles(files);
      return true;
    },
  });
