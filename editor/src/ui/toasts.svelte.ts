// Short messages that go by themselves, said to who sees and who hears. What one must not miss stands in the page instead.
export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad' | 'info';
  action?: {label: string; run: () => void};
  link?: {label: string; href: string};
}

const shortest = 6_000; // milliseconds; with something to press, longer

class Toasts {
  shown = $state<Toast[]>([]);
  #number = 0;

  say(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}) {
    const toast: Toast = {id: ++this.#number, text, tone: 'good', ...options};
    this.shown.push(toast);
    setTimeout(() => this.dismiss(toast.id), toast.action || toast.link ? shortest * 2.5 : shortest);
  }

  dismiss(id: number) {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
