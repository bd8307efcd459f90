import { readInstallMemory } from './install-memory.ts';
import type { InstallMemory } from './install-memory.ts';

/** What the browser does about installing. */
export type InstallEdge = {
  /** How it could be installed now: not at all, when it already is. */
  way(): 'none' | 'button' | 'by-hand';
  /** Shows the browser's own question; does nothing where way() is not 'button'. */
  ask(): Promise<void>;
  /** Calls back when way() may have changed; installed: because it was installed just now. */
  onChange(listener: (installed: boolean) => void): void;
  memory(): InstallMemory;
  remember(memory: InstallMemory): void;
};

/** Chromium alone has it: https://wicg.github.io/manifest-incubations/#installation-prompts */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

/** version 1: first release. */
const KEY = 'ktav.install-offer.1';

/** To be called before the page is painted: the browser offers its question once, and early. */
export function browserInstall(): InstallEdge {
  const listeners = new Set<(installed: boolean) => void>();
  let question: BeforeInstallPromptEvent | null = null;
  const tell = (installed: boolean): void => {
    for (const listener of listeners) listener(installed);
  };

  window.addEventListener('beforeinstallprompt', (event) => {
    // Kept for a better moment than the first seconds.
    event.preventDefault();
    question = event as BeforeInstallPromptEvent;
    tell(false);
  });
  window.addEventListener('appinstalled', () => {
    question = null;
    tell(true);
  });

  return {
    way() {
      if (matchMedia('(display-mode: standalone)').matches) return 'none';
      if (question !== null) return 'button';
      // On iOS alone, and false in a tab of its browser.
      return 'standalone' in navigator && navigator.standalone === false ? 'by-hand' : 'none';
    },
    async ask() {
      const asked = question;
      question = null;
      await asked?.prompt();
    },
    onChange: (listener) => void listeners.add(listener),
    memory() {
      try {
        return readInstallMemory(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
      } catch {
        // What cannot be remembered would be offered at every visit: once is once.
        return { answers: 0, offered: true };
      }
    },
    remember(memory) {
      try {
        localStorage.setItem(KEY, JSON.stringify(memory));
      } catch {
        // Full: this visit knows by itself.
      }
    },
  };
}
