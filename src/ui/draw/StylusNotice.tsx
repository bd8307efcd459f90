import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useApp, useAppState } from '../app-context.tsx';

/** How long the notice stays when nobody minds it. The toggle among the tools stays for good. */
const NOTICE_MS = 8000;

/** Says once that touch no longer writes, and takes it back on request. */
export function StylusNotice() {
  const { t } = useTranslation('draw');
  const { preferences, store } = useApp();
  const [shown, setShown] = useState(false);
  const justFound = useRef(false);
  const stylusOnly = useAppState((state) => state.preferences.stylusOnly);
  useEffect(
    () =>
      store.subscribe((state, before) => {
        // Turned on by a stylus that comes down, not by the toggle: that one needs no explanation.
        if (state.penDown && !before.penDown && justFound.current) setShown(true);
        justFound.current = state.preferences.stylusOnly && !before.preferences.stylusOnly;
      }),
    [store],
  );
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setTimeout(() => setShown(false), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <div className="notice" role="status">
      {shown && stylusOnly && (
        <p className="notice__body">
          {t('stylusFound')}
          <Button className="link-button" onPress={() => preferences.stylusOnly(false)}>
            {t('stylusUndo')}
          </Button>
        </p>
      )}
    </div>
  );
}
