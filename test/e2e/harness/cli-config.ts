/** The text of a Terraform CLI configuration that takes the AWS provider from a folder and asks no registry for it. */
export function providerInstallation(mirror: string): string {
  return [
    'disable_checkpoint = true',
    'provider_installation {',
    `  filesystem_mirror { path = ${JSON.stringify(mirror)} }`,
    '  direct { exclude = ["hashicorp/aws"] }',
    '}',
    '',
  ].join('\n');
}
