const KEY = 'playground-theme';

type Theme = 'dark' | 'light';

const system = (): Theme => (matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark');

function stored(): Theme | undefined {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'dark' || value === 'light' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The theme that is shown: chosen before, else the system's. */
export const currentTheme = (): Theme => stored() ?? system();

/** Puts the theme on the page, and follows the system for as long as nothing was chosen. */
export function startTheme(changed: () => void): void {
  const apply = (): void => {
    document.documentElement.dataset['theme'] = currentTheme();
    changed();
  };
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', apply);
  apply();
}

/** Changes to the other theme and remembers it. */
export function switchTheme(): void {
  const next: Theme = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage may be forbidden; the theme then lasts until the page is loaded again.
  }
}
