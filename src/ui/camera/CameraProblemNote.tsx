import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { CameraProblem } from '#app/picture-camera';

type CameraProblemNoteProps = { readonly problem: CameraProblem; readonly onAgain: () => void };

/** What does not come back by asking again in the same place. */
const final: ReadonlySet<CameraProblem> = new Set(['insecure', 'unsupported']);

export function CameraProblemNote({ problem, onAgain }: CameraProblemNoteProps) {
  const { t } = useTranslation('picture');
  return (
    <div className="camera-problem" role="alert" data-testid="camera-problem" data-problem={problem}>
      <p className="camera-problem__happened">{t(`problem.${problem}.happened`)}</p>
      <p>{t(`problem.${problem}.next`)}</p>
      {!final.has(problem) && (
        <Button className="button" onPress={onAgain}>
          {t('again')}
        </Button>
      )}
    </div>
  );
}
