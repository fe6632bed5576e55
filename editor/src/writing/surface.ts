// The surface itself: one buffer of text, what is known of its language, and the keys that change it.
import {defaultKeymap, history, historyKeymap, indentLess, indentMore, redo, undo} from '@codemirror/commands';
import {indentOnInput, indentUnit} from '@codemirror/language';
import {highlightSelectionMatches, searchKeymap} from '@codemirror/search';
import {Compartment, EditorState, type Extension} from '@codemirror/state';
import {
  crosshairCursor, drawSelection, dropCursor, EditorView, highlightActiveLine, highlightSpecialChars, keymap, rectangularSelection, type ViewUpdate,
} from '@codemirror/view';
import {blocks} from './blocks';
import {directions} from './directions';
import {beforeCarriageReturn, changesBetween, lineBreakOf, withBreaks} from './exact';
import {faults, showFaults, type TextProblem} from './faults';
import {languageOf, type Mode} from './languages';
import {continueList, itemIn, itemOut} from './lists';
import {look, theme} from './look';
import {type PictureSource, pictures} from './pictures';

export interface SurfaceOptions {
  parent: HTMLElement;
  text: string;
  mode: Mode;
  isReadOnly: boolean;
  isFormatted: boolean;
  label: string;
  pictures: PictureSource;
  more?: Extension; // of whoever shows it: paste, keys, the panel for search
  onupdate: (update: ViewUpdate) => void;
}

// What the page's policy lets style sheets in by: the server's nonce, which is on its scripts.
const nonce = (): string => document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';

export class Surface {
  readonly view: EditorView;
  #breaks = new Compartment();
  #editable = new Compartment();
  #language = new Compartment();
  #look = new Compartment();
  #names = new Compartment();
  #shown: {isFormatted: boolean; mode: Mode};

  constructor(private readonly options: SurfaceOptions) {
    this.#shown = options;
    const state = EditorState.create({
      doc: options.text,
      extensions: [
        this.#breaks.of(EditorState.lineSeparator.of(lineBreakOf(options.text))),
        this.#editable.of(editable(options.isReadOnly)),
        this.#language.of(languageFor(options.mode)),
        this.#look.of(lookOf(options, options.pictures)),
        this.#names.of(names(options.label)),
        options.more ?? [],
        basics,
        EditorView.updateListener.of(options.onupdate),
      ],
    });
    this.view = new EditorView({state, parent: options.parent});
  }

  get text(): string {
    return this.view.state.sliceDoc();
  }

  // Another text in its place, by the changes that are needed.
  replace(text: string) {
    const wanted = lineBreakOf(text);
    if (wanted !== this.view.state.lineBreak && /[\r\n]/.test(text)) {
      this.view.dispatch({effects: this.#breaks.reconfigure(EditorState.lineSeparator.of(wanted))});
    }
    const {state} = this.view;
    const changes = changesBetween(state.doc, state.toText(text));
    if (changes.length) this.view.dispatch({changes, userEvent: 'set'});
  }

  insert(text: string) {
    const {state} = this.view;
    this.view.dispatch(state.replaceSelection(withBreaks(text, state.lineBreak)), {scrollIntoView: true, userEvent: 'input'});
  }

  scrollTo(line: number) {
    const {doc} = this.view.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
    this.view.dispatch({effects: EditorView.scrollIntoView(at, {y: 'start'})});
  }

  reveal(line: number) {
    const {doc} = this.view.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
    this.view.dispatch({selection: {anchor: at}, effects: EditorView.scrollIntoView(at, {y: 'center'})});
    this.view.focus();
  }

  undo = () => undo(this.view);
  redo = () => redo(this.view);

  show(problems: readonly TextProblem[]) {
    this.view.dispatch({effects: showFaults.of(problems)});
  }

  set({isReadOnly, isFormatted, label, mode}: Pick<SurfaceOptions, 'isReadOnly' | 'isFormatted' | 'label' | 'mode'>) {
    const effects = [this.#editable.reconfigure(editable(isReadOnly)), this.#names.reconfigure(names(label))];
    if (mode !== this.#shown.mode) effects.push(this.#language.reconfigure(languageFor(mode)));
    if (mode !== this.#shown.mode || isFormatted !== this.#shown.isFormatted) {
      effects.push(this.#look.reconfigure(lookOf({isFormatted, mode}, this.options.pictures)));
    }
    this.#shown = {isFormatted, mode};
    this.view.dispatch({effects});
  }

  // The first line that is seen, from 1.
  get firstLine(): number {
    const {view} = this;
    const top = view.scrollDOM.getBoundingClientRect().top - view.documentTop;
    return view.state.doc.lineAt(view.lineBlockAtHeight(Math.max(0, top)).from).number;
  }
}

const editable = (isReadOnly: boolean): Extension =>
  isReadOnly ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({'aria-readonly': 'true'})] : [];

const lookOf = ({isFormatted, mode}: {isFormatted: boolean; mode: Mode}, source: PictureSource): Extension => {
  const isShown = isFormatted && mode === 'markdown';
  return [look(isShown), isShown ? [blocks, pictures(source)] : [], EditorView.editorAttributes.of({class: isShown ? 'formatted' : 'plain'})];
};

const names = (label: string): Extension =>
  EditorView.contentAttributes.of({'aria-label': label, dir: 'auto', spellcheck: 'true', autocapitalize: 'sentences', tabindex: '0'});

const lists = [{key: 'Enter', run: continueList}, {key: 'Mod-]', run: itemIn}, {key: 'Mod-[', run: itemOut}];
const indents = [{key: 'Mod-]', run: indentMore}, {key: 'Mod-[', run: indentLess}];

const languageFor = (mode: Mode): Extension =>
  mode === 'markdown' ? [languageOf(mode), keymap.of(lists)] : [languageOf(mode), keymap.of(indents), indentOnInput()];

// Tab leaves the surface, as everywhere: who writes by keyboard alone gets out.
const basics: Extension = [
  EditorView.cspNonce.of(nonce()),
  EditorView.lineWrapping,
  EditorView.perLineTextDirection.of(true),
  directions,
  EditorState.allowMultipleSelections.of(true),
  EditorView.clipboardInputFilter.of((text, state) => withBreaks(text, state.lineBreak)),
  beforeCarriageReturn,
  history(),
  drawSelection(),
  dropCursor(),
  rectangularSelection(),
  crosshairCursor(),
  highlightSpecialChars(),
  highlightActiveLine(),
  highlightSelectionMatches({minSelectionLength: 3, wholeWords: true}),
  indentUnit.of('  '),
  faults,
  theme,
  keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap]),
];
