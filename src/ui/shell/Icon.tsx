/** Line drawings on a 24 × 24 grid, all by one pen. They never speak: the control that holds one has a name. */
const paths = {
  draw: 'M4 20l1.2-4.4L16.6 4.2a1.8 1.8 0 0 1 2.6 0l.6.6a1.8 1.8 0 0 1 0 2.6L8.4 18.8 4 20zM14.5 6.3l3.2 3.2',
  upload: 'M12 15V4M8 8l4-4 4 4M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3',
  camera:
    'M4 8.5a1.5 1.5 0 0 1 1.5-1.5H8l1.5-2.5h5L16 7h2.5A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM12 16a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4z',
  letters: 'M5 5h14v14H5zM9 9.5h3.5a2.5 2.5 0 0 1 2.5 2.5v.5a2.5 2.5 0 0 1-2.5 2.5H9',
  feedback: 'M4.500 5h15v11H12l-4.500 4v-4h-3zM8.500 10.500l2.300 2.300 4.700-4.700',
  about: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 11v5M12 8v.01',
  undo: 'M8 5 4 9l4 4M4.5 9H14a5 5 0 0 1 0 10h-4',
  redo: 'M16 5l4 4-4 4M19.5 9H10a5 5 0 0 0 0 10h4',
  eraser:
    'M10 19h10M6.6 19l-2.7-2.7a1.6 1.6 0 0 1 0-2.3L13.6 4.4a1.6 1.6 0 0 1 2.3 0l4 4a1.6 1.6 0 0 1 0 2.3L11.5 19zM8.5 9.500l6 6',
  clear: 'M5 7h14M9.5 7V5h5v2M7 7l.8 12h8.400L17 7M10.5 10.500v5M13.5 10.500v5',
  stylus: 'M5 19l1-3.500L15.5 6l2.5 2.500L8.5 18 5 19zM13.5 8l2.5 2.500M17 4.500l2.5 2.500M13 20h7',
  keys: 'M3.5 7h17v10h-17zM7 10.300v.01M10.3 10.300v.01M13.7 10.300v.01M17 10.300v.01M8 13.800h8',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.500V5M12 19v2.500M2.5 12H5M19 12h2.500M5.3 5.3 7 7M17 17l1.7 1.700M18.7 5.3 17 7M7 17l-1.7 1.7',
  moon: 'M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z',
  close: 'M6 6l12 12M18 6 6 18',
  crop: 'M7 3v14h14M3 7h14v14',
  turn: 'M19 12a7 7 0 1 1-2.6-5.400M17 3v4h-4',
  invert: 'M12 20a8 8 0 1 0 0-16zM12 4a8 8 0 0 0 0 16',
  whole: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  switch: 'M4 8h12l-3-3M20 16H8l3 3',
  torch: 'M8 3h8l-1.500 5h-5zM9.5 8v13h5V8M12 12v2',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 2.500-2.500L20 17M15.5 9.500v.01',
  right: 'M5 12.500l4.500 4.500L19 7',
  wrong: 'M7 7l10 10M17 7 7 17',
  unreadable: 'M4 15c2-5 3 3 5-2s3 3 5-2 3 3 6-2M4 20h16',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
