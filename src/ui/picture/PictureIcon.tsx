/** Line drawings on a 24 × 24 grid, by the pen of shell/Icon.tsx. The control that holds one has a name. */
const paths = {
  crop: 'M7 3v14h14M3 7h14v14',
  turn: 'M19 12a7 7 0 1 1-2.6-5.400M17 3v4h-4',
  invert: 'M12 20a8 8 0 1 0 0-16zM12 4a8 8 0 0 0 0 16',
  whole: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  remove: 'M6 6l12 12M18 6 6 18',
  switch: 'M4 8h12l-3-3M20 16H8l3 3',
  torch: 'M8 3h8l-1.500 5h-5zM9.5 8v13h5V8M12 12v2',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 2.500-2.500L20 17M15.5 9.500v.01',
} as const;

export type PictureIconName = keyof typeof paths;

export function PictureIcon({ name }: { readonly name: PictureIconName }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
