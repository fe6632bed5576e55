// Light, dark, or as the system has it.
export type Theme = 'system' | 'light' | 'dark';
export const themes: Theme[] = ['system', 'light', 'dark'];

const kept = 'stet.theme';
const first = localStorage.getItem(kept);

class Choice {
  current = $state<Theme>(themes.find((theme) => theme === first) ?? 'system');

  choose(theme: Theme) {
    this.current = theme;
    localStorage.setItem(kept, theme);
    applyTheme();
  }
}

export const theme = new Choice();

export function applyTheme() {
  document.documentElement.dataset['theme'] = theme.current;
}

// For parts that do not follow the style sheet: the writing surface, the comparison of texts.
export const isDark = (): boolean =>
  theme.current === 'dark' || (theme.current === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
