// What the controls of a form need of the entry that they belong to.
import {getContext, setContext} from 'svelte';
import type {FieldFault} from '../api/problem';

export interface FormContext {
  readonly zone: string;
  readonly change: string;
  readonly isReadOnly: boolean;
  readonly faults: FieldFault[];
}

const key = Symbol('form');

export const giveForm = (form: FormContext) => setContext(key, form);
export const theForm = (): FormContext => getContext(key);

export const faultAt = (form: FormContext, pointer: string): string | undefined =>
  form.faults.find((fault) => fault.pointer === pointer)?.detail;
