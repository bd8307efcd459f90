import { useStore } from 'zustand';
import type { FeedbackState } from '#app/feedback';
import { useApp } from '../app-context.tsx';

/** A part of the feedback's state; the component renders again when that part changes. */
export function useFeedbackState<Part>(select: (state: FeedbackState) => Part): Part {
  return useStore(useApp().feedback.store, select);
}
