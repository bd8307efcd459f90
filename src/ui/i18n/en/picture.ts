/** Words of the upload and camera screens. */
export const picture = {
  uploadTitle: 'Upload pictures',
  cameraTitle: 'Camera',
} as const;
