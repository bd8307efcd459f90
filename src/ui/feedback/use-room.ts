import { useCallback, useEffect, useState } from 'react';
import { codeOf } from '#app/feedback-actions';
import type { FeedbackRoom } from '#app/feedback-room';
import type { OutboxErrorCode } from '#feedback/outbox';
import { useApp } from '../app-context.tsx';

/** The outbox and what goes with it, as soon as it is open; or why it is not. */
export function useRoom(): {
  readonly room: FeedbackRoom | null;
  readonly problem: OutboxErrorCode | null;
  readonly again: () => void;
} {
  const { feedback } = useApp();
  const [room, setRoom] = useState<FeedbackRoom | null>(null);
  const [problem, setProblem] = useState<OutboxErrorCode | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    feedback.room().then(
      (opened) => !gone && setRoom(opened),
      (error: unknown) => !gone && setProblem(codeOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [feedback, attempt]);
  const again = useCallback(() => {
    setProblem(null);
    setAttempt((before) => before + 1);
  }, []);
  return { room, problem, again };
}
