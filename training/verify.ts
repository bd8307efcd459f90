/**
 * `npm run model:verify [-- FOLDER]`: checks every model package that would be served, by the code that reads it in the
 * app and by onnxruntime-node. Exits with 1 when anything is wrong.
 */
import { fileURLToPath } from 'node:url';
import { verifyFolder } from './verify/folder.ts';
import { wordsOfReport } from './verify/table.ts';

const [folder = fileURLToPath(new URL('../public/models', import.meta.url))] = process.argv.slice(2);
const report = await verifyFolder(folder);
console.log(wordsOfReport(report));
if (report.findings.length > 0) process.exitCode = 1;
