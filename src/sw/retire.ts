/**
 * The kill switch, for the day when a build is so broken that its page does not get as far as reading config.json: a
 * page was served, and did not ask for the configuration in time, so the service worker asks for it. Says it be off, the
 * service worker goes: the next load comes from the network. The caches are left to the page that loads then.
 */
export function createKillSwitch(configUrl: string, registration: ServiceWorkerRegistration) {
  const PATIENCE_MS = 5000;
  let asked = 0;
  return {
    pageAsked(): void {
      asked = Date.now();
    },

    async watch(): Promise<void> {
      const served = Date.now();
      await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
      if (asked >= served) return;
      try {
        const config: unknown = await (await fetch(configUrl, { cache: 'no-cache' })).json();
        if (isOff(config)) await registration.unregister();
      } catch {
        // Offline, or no JSON: nobody said that it be off.
      }
    },
  };
}

function isOff(config: unknown): boolean {
  return typeof config === 'object' && config !== null && 'serviceWorker' in config && config.serviceWorker === false;
}
