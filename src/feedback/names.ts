/**
 * Under which names the outbox of an app is found, by its pages and its service worker. Two apps on one origin, at
 * paths of their own, do not share records.
 */

/** Of the database. baseUrl: the folder that the app is served from. */
export const outboxName = (baseUrl: string): string => `ktav-feedback ${new URL('./', baseUrl).pathname}`;

/** Of the Web Lock that whoever sends has. scope: the address of that folder. */
export const syncLock = (scope: string): string => `ktav-sync ${scope}`;
