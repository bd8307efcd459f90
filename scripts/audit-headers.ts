/**
 * `npm run audit:headers`: the grade that MDN's HTTP Observatory gives the shipped nginx behind TLS, on this machine.
 * Fails below A+ or 125. Needs root, Debian's nginx, openssl, and the registry of npm.
 */
import { fileURLToPath } from 'node:url';
import { auditHeaders } from '../e2e/targets/observatory.ts';
import { readArguments } from './command-line.ts';

readArguments(import.meta.url, { options: {} });
const { scan, tests } = await auditHeaders(fileURLToPath(new URL('../index.html', import.meta.url)));
for (const [name, { pass, result, scoreModifier }] of Object.entries(tests)) {
  console.log(`${pass ? 'ok  ' : 'FAIL'} ${name.padEnd(32)} ${String(scoreModifier).padStart(4)}  ${result}`);
}
console.log(`${scan.grade} ${scan.score}`);
process.exitCode = scan.grade === 'A+' && scan.score >= 125 ? 0 : 1;
