import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Artifact, artifacts, npmOf } from './parts';

/** An artifact's parts as CycloneDX: the same text for the same parts. */
export function billOfMaterials(artifact: Artifact): string {
  const type = artifact.name === 'library' ? 'library' : 'application';
  const { status, stdout, stderr } = npmOf(artifact, ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', type]);
  if (status !== 0) throw new Error(stderr);
  const { serialNumber: _, metadata, ...bom } = JSON.parse(stdout);
  const { timestamp: __, ...lasting } = metadata;
  return `${JSON.stringify({ ...bom, metadata: lasting }, undefined, 2)}\n`;
}

async function main(): Promise<void> {
  const folder = join(__dirname, '..', 'dist', 'sbom');
  mkdirSync(folder, { recursive: true });
  for (const artifact of await artifacts()) {
    const file = join(folder, `${artifact.name}.cdx.json`);
    writeFileSync(file, billOfMaterials(artifact));
    console.log(relative(process.cwd(), file));
  }
}

if (require.main === module) {
  main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
