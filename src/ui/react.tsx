/** React and what speaks for it, ahead of the page that is made with them: a file of its own, run by tasks of their own. */
import 'react-i18next';
import 'i18next';

/** React's hand on the document: 10 ms of work, in the same file but not run with the rest of it. */
export const renderer = (): Promise<unknown> => import('react-dom/client');
