/** The canvas library alone, ahead of SheetCanvas.tsx, which draws with it: a file of its own, run by a task of its own. */
import 'konva/lib/Core.js';
