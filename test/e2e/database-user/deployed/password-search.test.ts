import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { scratchFolder } from '../../harness';
import { filesIn, placesWith } from './password-search';

const PASSWORD = 'Pl"nted-P&ssword_of.40-Characters"<&>012';
const OTHER = 'Another-Password_of.40-Characters.345678';

const inBase64 = (text: string) => Buffer.from(text).toString('base64');

describe('the search for passwords', () => {
  test.each([
    ['as it is', PASSWORD],
    ['as it is', PASSWORD.slice(0, 25)],
    ['as it is', PASSWORD.slice(15)],
    ['URL-encoded', `postgresql://looker:${encodeURIComponent(PASSWORD)}@db.example.com`],
    ['in JSON', JSON.stringify({ password: PASSWORD })],
    ['in base64', inBase64(PASSWORD)],
    ['in base64', inBase64(`{"password":"${PASSWORD}"}`)],
    ['in base64', inBase64(`a${PASSWORD}b`)],
    ['in base64', inBase64(`ab${PASSWORD}`)],
    ['in base64 for URLs', Buffer.from(`ab${PASSWORD}`).toString('base64url').slice(25)],
    ['in hexadecimal', Buffer.from(PASSWORD).toString('hex')],
    ['as it is', `"${gzipSync(`{"password":"${PASSWORD}"}`).toString('base64')}"`],
  ])('finds one that stands there %s: %s', (form, text) => {
    expect(placesWith([OTHER, PASSWORD], { state: `before ${text} after` })).toEqual([`state: value 1 ${form}`]);
  });

  test('finds nothing where there is none', () => {
    expect(placesWith([OTHER, PASSWORD], { state: 'Planted-Password Another' })).toEqual([]);
  });

  test('reads all files of a folder, and saved plans, which are archives', () => {
    const folder = scratchFolder('searched');
    mkdirSync(join(folder, 'deeper'));
    writeFileSync(join(folder, 'deeper', 'terraform.tfstate.backup'), PASSWORD);
    writeFileSync(join(folder, 'plan'), zipSync({ tfstate: strToU8(`{"value":"${inBase64(PASSWORD)}"}`) }));
    writeFileSync(join(folder, 'terraform.log'), '');

    expect(placesWith([PASSWORD], filesIn(folder)).sort()).toEqual([
      'deeper/terraform.tfstate.backup: value 0 as it is',
      'plan: value 0 in base64',
    ]);
  });
});
