import { spawnSync } from 'node:child_process';
import { isAbsolute, join, relative } from 'node:path';

/*
 * What `npm ci` leaves to be made. In a clone that is the command and the function, which synthesis needs. Where
 * somebody installs the package from git, npm calls this in a clone of its own, runs no other script of the package
 * (not `prepack`), and packs what it finds: there it has to be all.
 */
const root = join(__dirname, '..');
const fromWhere = relative(root, process.env['INIT_CWD'] ?? root);
const isClone = !fromWhere.startsWith('..') && !isAbsolute(fromWhere);

const [command, ...args] = isClone
  ? [process.execPath, require.resolve('ts-node/dist/bin.js'), join(root, 'scripts', 'bundle.ts')]
  : ['npm', 'run', '--silent', 'build'];
process.exitCode = spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
