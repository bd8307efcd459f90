/**
 * The page as the service worker keeps it: without the link by which a first visit asks the server for config.json at
 * once, since a later visit starts with what is kept, and asks after its first answer (src/app/config-edge.ts); and with
 * those by which what a first visit asks for after its first paint is there at once (vite.config.ts). The headers stay, but
 * for those that count or name the bytes on the wire.
 */
export function keptPage(html: string, headers: Headers): Response {
  const kept = new Headers(headers);
  for (const name of ['Content-Length', 'Content-Encoding']) kept.delete(name);
  return new Response(
    html.replaceAll(/<link\b[^>]*>\s*/g, (link) => (asksForConfig(link) ? '' : askedForNow(link))),
    { headers: kept },
  );
}

const askedForNow = (link: string): string => link.replace('rel="ktav-preload-when-kept"', 'rel="modulepreload"');
const asksForConfig = (link: string): boolean => /rel="preload"/.test(link) && /config\.json"/.test(link);
