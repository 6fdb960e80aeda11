import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closureOf, importsOf, sources } from './support/imports';

const FRAMEWORK = /^(cdktf|constructs|@cdktf\/.*)$/;

/** The rooms of the library, from the ground up: a room imports only what stands in a line above its own. */
const FLOORS: readonly (readonly string[])[] = [
  ['network'],
  ['tokens'],
  ['rules'],
  ['placement', 'terraform', 'engine'],
  ['allowlist', 'dns', 'clients', 'function', 'logs'],
  ['allowlist-file', 'targets', 'exposure', 'expiry'],
  ['certificate', 'target-sync', 'load-balancer', 'users'],
  ['tls', 'monitoring'],
  ['endpoint'],
];

/** Rooms in which everything is decided without CDKTF. */
const VALUE_ROOMS = ['network', 'rules', 'placement', 'engine', 'clients', 'allowlist-file', 'tls'];

const LIBRARY = sources('lib');
const PROGRAMS = [...sources('cli'), ...sources('lambda')];
const roomOf = (file: string) => /^lib\/([\w-]+)\//.exec(file)?.[1];
const isConstruct = (file: string) => importsOf(file).some((name) => FRAMEWORK.test(name));

test('the walk over imports sees through files and re-exports', () => {
  expect(closureOf('lib/index.ts')).toEqual(
    expect.arrayContaining(['lib/network/cidr.ts', 'ipaddr.js', 'cdktf', 'constructs']),
  );
  expect(LIBRARY.filter(isConstruct).length).toBeGreaterThan(30);
  expect(LIBRARY.filter((file) => !isConstruct(file)).length).toBeGreaterThan(100);
});

test('every room of the library has its floor', () => {
  const rooms = LIBRARY.flatMap((file) => roomOf(file) ?? []);

  expect([...new Set(rooms)].sort()).toEqual(FLOORS.flat().sort());
});

test('docs/architecture.md names every room, and only files that exist', () => {
  const page = readFileSync(join(__dirname, '../docs/architecture.md'), 'utf8');
  const named = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, room]) => room);
  const paths = [...page.matchAll(/`((?:lib|cli|lambda|test|docs)\/[\w./-]+)`/g)].map(([, path]) => path);

  expect(named).toEqual(expect.arrayContaining(FLOORS.flat()));
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !existsSync(join(__dirname, '..', path)))).toEqual([]);
});

test('a room imports only rooms of the floors below', () => {
  const floor = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));
  const upwards = LIBRARY.flatMap((file) => {
    const own = roomOf(file);
    if (own === undefined) return [];
    return importsOf(file)
      .filter((name) => name.startsWith('lib/'))
      .filter((name) => {
        const other = roomOf(name);
        // The paths of the functions' archives stand beside the rooms, as they depend on where the library is.
        if (other === undefined) return name !== 'lib/assets.ts';
        return other !== own && floor(other) >= floor(own);
      })
      .map((name) => `${file} -> ${name}`);
  });

  expect(upwards).toEqual([]);
});

test('no files import each other in a circle', () => {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      return;
    }
    if (done.has(file)) return;
    for (const name of importsOf(file).filter((each) => each.endsWith('.ts'))) visit(name, [...path, file]);
    done.add(file);
  };
  for (const file of [...LIBRARY, ...PROGRAMS]) visit(file, []);

  expect(circles).toEqual([]);
});

test.each(VALUE_ROOMS.flatMap((room) => sources(`lib/${room}`)))('%s is decided without CDKTF', (file) => {
  expect(closureOf(file).filter((name) => FRAMEWORK.test(name))).toEqual([]);
});

test.each(LIBRARY.filter((file) => /(-rules|-warnings|-settings|contract|metrics)\.ts$/.test(file)))(
  '%s, a file of values beside constructs, loads none',
  (file) => {
    expect(closureOf(file).filter((name) => FRAMEWORK.test(name))).toEqual([]);
  },
);

test('only the endpoint and the public face name the whole bag of properties', () => {
  // The table of the type check is data of every public struct, and names no type.
  const naming = LIBRARY.filter((file) => !file.endsWith('.generated.ts')).filter((file) =>
    /\bDatabaseEndpointProps\b/.test(readFileSync(join(__dirname, '..', file), 'utf8')),
  );

  expect(naming.filter((file) => roomOf(file) !== 'endpoint' && file !== 'lib/index.ts')).toEqual([]);
});

test.each([...LIBRARY, ...sources('examples'), ...PROGRAMS])(
  '%s does not import the root of the provider, which loads every resource',
  (file) => {
    expect(importsOf(file).filter((name) => /^@cdktf\/provider-aws(\/lib)?(\/index)?(\.js)?\/?$/.test(name))).toEqual(
      [],
    );
  },
);

test('the library does not import programs', () => {
  const programs = LIBRARY.flatMap((file) => importsOf(file).filter((name) => /^(cli|lambda)\//.test(name)));

  expect(programs).toEqual([]);
});

test('programs load values of the library, and no constructs', () => {
  const constructs = PROGRAMS.flatMap((file) => closureOf(file).filter((name) => FRAMEWORK.test(name)));

  expect(constructs).toEqual([]);
});

test.each(sources('examples'))('%s uses the library by its name, as its readers will', (file) => {
  expect(importsOf(file).filter((name) => name.startsWith('lib/'))).toEqual([]);
  expect(importsOf(file)).toContain('cdktf-database-endpoint');
});
