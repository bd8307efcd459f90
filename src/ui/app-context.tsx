import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { App } from '#app/app';
import type { AppState } from '#app/store';

/** What main.tsx made, for every screen. */
const AppContext = createContext<App | null>(null);

export const AppProvider = AppContext.Provider;

/** The use cases, the engine and the store. They never change, so this causes no rendering. */
export function useApp(): App {
  const app = use(AppContext);
  if (app === null) throw new Error('useApp is called outside of AppProvider');
  return app;
}

/** A part of the state; the component renders again when that part changes. */
export function useAppState<Part>(select: (state: AppState) => Part): Part {
  return useStore(useApp().store, select);
}
