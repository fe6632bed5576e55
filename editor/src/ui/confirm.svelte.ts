// A question that must be answered before one goes on. `await ask({...})` is true for yes; Confirm.svelte shows it.
export interface Question {
  title: string;
  text: string;
  yes: string;
  no?: string;
  isDanger?: boolean;
}

class Confirm {
  question = $state<Question | null>(null);
  #answer: ((yes: boolean) => void) | null = null;

  ask(question: Question): Promise<boolean> {
    this.answer(false);
    this.question = question;
    return new Promise((resolve) => (this.#answer = resolve));
  }

  answer(yes: boolean) {
    this.question = null;
    const answer = this.#answer;
    this.#answer = null;
    answer?.(yes);
  }
}

export const confirm = new Confirm();
export const ask = (question: Question): Promise<boolean> => confirm.ask(question);
