import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { DatabaseEndpoint, EndpointCertificate } from '../../lib';
import { testCertificate } from '../support/certificates';
import { terminatingProps } from '../support/endpoint';
import { terminate } from '../tls/tls.refusals';

// What docs/security.md says of sensitive data.

const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pem = testCertificate();
// A line of the key: in JSON, its line ends look different.
const secret = pem.privateKey.split('\n')[1] ?? '';

/** The files that synthesis writes for an endpoint with this certificate, and of them those that hold the key. */
function filesWithKey(certificate: EndpointCertificate): { written: string[]; withKey: string[] } {
  const stack = new TerraformStack(Testing.app(), 'prod');
  new AwsProvider(stack, 'aws', { region: 'eu-central-1' });
  const domain = { name: 'sessions.db.example.com' };
  new DatabaseEndpoint(stack, 'Sessions', terminatingProps({ domain, tls: terminate({ certificate }) })).addOutputs();
  const outdir = Testing.fullSynth(stack);
  const written = readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(outdir, file)).isFile())
    .sort();
  return { written, withKey: written.filter((file) => readFileSync(join(outdir, file), 'utf8').includes(secret)) };
}

test('a private key that is written out stands in the synthesized stack and in nothing else that synthesis writes', () => {
  const { written, withKey } = filesWithKey(EndpointCertificate.imported(pem));

  expect(withKey).toEqual(['stacks/prod/cdk.tf.json']);
  expect(written).toEqual(
    expect.arrayContaining(['manifest.json', 'stacks/prod/exposure.json', 'stacks/prod/exposure-locations.json']),
  );
});

test('a private key in a file stands in nothing that synthesis writes', () => {
  const files = { certificateFile: join(folder, 'certificate.pem'), privateKeyFile: join(folder, 'key.pem') };
  writeFileSync(files.certificateFile, pem.certificate);
  writeFileSync(files.privateKeyFile, pem.privateKey);

  expect(filesWithKey(EndpointCertificate.importedFiles(files)).withKey).toEqual([]);
});
