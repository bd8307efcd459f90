/**
 * What a file dialog offers. HEIC is in it although few browsers decode it: who has one shall be told what to do, not
 * find it greyed out.
 */
export const acceptedFiles = 'image/png,image/jpeg,image/webp,image/gif,image/avif,image/bmp,.heic,.heif';
