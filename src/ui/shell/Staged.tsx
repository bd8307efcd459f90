import { createContext, startTransition, use, useEffect, useState } from 'react';
import type { ReactNode } from 'react';

/** The first screen in the order in which it comes: each part is put on the page by a task of its own. */
const stages = ['sheet', 'header', 'tools', 'answer', 'rest'] as const;
type Stage = (typeof stages)[number];

const StageContext = createContext(stages.length - 1);

type StagesProps = {
  readonly children: ReactNode;
  /** Called when the last part is on the page. */
  readonly onWhole: () => void;
};

/**
 * What is inside comes part by part on the first rendering: in one piece it would keep the page's thread for so long that
 * a slow phone does not answer the finger. Each part is a transition, which React may interrupt.
 */
export function Stages({ children, onWhole }: StagesProps) {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    if (stage < stages.length - 1) startTransition(() => setStage(stage + 1));
    else onWhole();
  }, [stage, onWhole]);
  return <StageContext value={stage}>{children}</StageContext>;
}

type StagedProps = {
  readonly as: Stage;
  /** What stands there until then, if anything. */
  readonly before?: ReactNode;
  readonly children: ReactNode;
};

/** Holds a part back until those before it are on the page. Its place is its neighbours' to keep. */
export function Staged({ as, before = null, children }: StagedProps) {
  return use(StageContext) < stages.indexOf(as) ? before : children;
}
