/** Whether the browser lets a button look at the clipboard. */
export const canReadClipboard = (): boolean =>
  window.isSecureContext && 'clipboard' in navigator && 'read' in navigator.clipboard;

/**
 * The pictures on the clipboard; none is an empty list. Rejects with NotAllowedError when the browser or the person
 * says no.
 */
export async function clipboardPictures(): Promise<readonly File[]> {
  const files: File[] = [];
  for (const item of await navigator.clipboard.read()) {
    const type = item.types.find((one) => one.startsWith('image/'));
    if (type !== undefined) files.push(new File([await item.getType(type)], '', { type }));
  }
  return files;
}
