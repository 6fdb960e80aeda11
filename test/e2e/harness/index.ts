/** What end-to-end tests are written with. */
export { describeWithTools } from './describe-with-tools';
export type { Emulator } from './emulator';
export { type Lab, useLab } from './lab';
export { checkOnMocks, planAndApply, runOnMocks } from './mock-provider';
export { scratchFolder } from './scratch';
export { synthesize } from './synth';
export { TerraformError } from './terraform';
export { createVpc, type Vpc } from './vpc';
export type { Plan, Workspace } from './workspace';
