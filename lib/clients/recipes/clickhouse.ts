import { writeUrl } from '../connection-url';
import { commandLine, hereDocument } from '../quoting/shell';
import { xmlText } from '../quoting/xml';
import type { ClientConnection, Recipes } from './client-connection';

/**
 * clickhouse-client takes what it verifies from a file only, and compares names only with `extendedVerification`.
 *
 * @see https://clickhouse.com/docs/operations/server-configuration-parameters/settings#openssl
 * @internal
 */
export const clickhouse: Recipes = (connection) => {
  const { nameDiffers, user = 'USER', database = 'DATABASE' } = connection;
  const url = writeUrl({ ...connection, user, database });
  return [
    {
      client: nameDiffers ? 'clickhouse-client (CA only)' : 'clickhouse-client',
      command: [
        hereDocument('cat > clickhouse-client.xml', configuration(connection)),
        commandLine(
          ['clickhouse-client', url, '--config-file', 'clickhouse-client.xml', '--password'],
          connection.terraform,
        ),
      ].join('\n'),
      verifiesName: !nameDiffers,
      verifiesChain: true,
    },
  ];
};

function configuration({ nameDiffers, caFile, caInSystemStore, terraform }: ClientConnection): string {
  return `<config>
  <openSSL>
    <client>
      <verificationMode>strict</verificationMode>
      <extendedVerification>${!nameDiffers}</extendedVerification>
      <loadDefaultCAFile>${caInSystemStore}</loadDefaultCAFile>${
        caInSystemStore ? '' : `\n      <caConfig>${xmlText(caFile, terraform)}</caConfig>`
      }
      <invalidCertificateHandler>
        <name>RejectCertificateHandler</name>
      </invalidCertificateHandler>
    </client>
  </openSSL>
</config>`;
}
