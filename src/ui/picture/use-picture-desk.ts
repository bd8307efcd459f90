import { useStore } from 'zustand';
import { pictureDeskOf } from '#app/picture-desks';
import type { DeskName } from '#app/picture-desks';
import type { PictureDesk } from '#app/picture-desk';
import { useApp } from '../app-context.tsx';

export const usePictureDesk = (name: DeskName): PictureDesk => pictureDeskOf(useApp(), name);

/** What lies on the desk; renders again when that changes. */
export const useDeskState = (desk: PictureDesk) => useStore(desk.store);
