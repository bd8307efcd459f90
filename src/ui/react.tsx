/** React and what speaks for it, ahead of the page that is made with them: a file of its own, run by a task of its own. */
import 'react-dom/client';
import 'react-i18next';
import 'i18next';
