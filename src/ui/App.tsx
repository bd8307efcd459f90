// First the tokens and the base: what the components say about themselves comes after and wins.
import './fonts/fonts.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './theme/print.css';
import type { i18n } from 'i18next';
import { I18nextProvider } from 'react-i18next';
import type { App as AppParts } from '#app/app';
import { AppProvider } from './app-context.tsx';
import { Shell } from './shell/Shell.tsx';
import { Stages } from './shell/Staged.tsx';

type AppProps = {
  readonly app: AppParts;
  readonly i18n: i18n;
  /** Called once, when all of the first screen is on the page. */
  readonly onWhole: () => void;
};

/** The whole page. */
export function App({ app, i18n, onWhole }: AppProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <AppProvider value={app}>
        <Stages onWhole={onWhole}>
          <Shell />
        </Stages>
      </AppProvider>
    </I18nextProvider>
  );
}
