import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLEET_DAY, type FleetEndpoint, fleetAfter, fleetBefore, writeFleet } from '../../../scripts/exposure-fleet';
import { bundledCommand } from '../../cli/support/bundled-command';

/** Pages as the shipped command makes them. */
export interface Pages {
  /** Who may reach the endpoints. */
  readonly of: (endpoints: readonly FleetEndpoint[], ...args: readonly string[]) => Promise<string>;
  /** What is different between two states. */
  readonly between: (before: readonly FleetEndpoint[], after: readonly FleetEndpoint[]) => Promise<string>;
  /** The app of the screenshots, and what changed in it. */
  readonly everything: () => Promise<string>;
  readonly changes: () => Promise<string>;
}

/** Bundles the command for the tests of one file. */
export function usePages(): Pages {
  const command = bundledCommand();
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let count = 0;
  const written = (endpoints: readonly FleetEndpoint[]) => writeFleet(join(folder, String(count++), 'prod'), endpoints);
  const run = async (...args: readonly string[]) => {
    const { exitCode, out, err } = await command.run('exposure', ...args, '--format', 'html', '--as-of', FLEET_DAY);
    if (exitCode !== 0) throw new Error(err);
    return out;
  };
  const pages: Pages = {
    of: (endpoints, ...args) => run(written(endpoints), ...args),
    between: (before, after) => run('diff', written(before), written(after)),
    everything: () => pages.of(fleetAfter()),
    changes: () => pages.between(fleetBefore(), fleetAfter()),
  };
  return pages;
}
