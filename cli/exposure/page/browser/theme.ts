import { byId } from './dom';

/** The button that changes between light and dark. The page begins as the system is. */
export function startTheme(): void {
  const root = document.documentElement;
  const press = byId<HTMLButtonElement>('theme');
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset['theme'] ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const show = () => {
    press.textContent = isDark() ? 'Light theme' : 'Dark theme';
  };
  press.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark';
    show();
  });
  system.addEventListener('change', show);
  press.hidden = false;
  show();
}
