import type { Emulator } from './emulator';

/** A network that is there before the stack under test, as at a user's. */
export interface Vpc {
  readonly vpcId: string;
  readonly cidr: string;
  /** One in each Availability Zone, `us-east-1a` first. */
  readonly subnetIds: readonly string[];
}

/** Lays out a VPC over the emulator's API: in a few milliseconds, and outside of every state. */
export async function createVpc(emulator: Emulator, { zones = 3, prefix = '10.20' } = {}): Promise<Vpc> {
  const cidr = `${prefix}.0.0/16`;
  const vpcId = (await emulator.call('ec2', 'CreateVpc', { CidrBlock: cidr })).first('vpcId');
  const gateway = (await emulator.call('ec2', 'CreateInternetGateway')).first('internetGatewayId');
  await emulator.call('ec2', 'AttachInternetGateway', { VpcId: vpcId, InternetGatewayId: gateway });
  const subnetIds: string[] = [];
  for (const [index, zone] of [...'abcdef'].slice(0, zones).entries()) {
    const subnet = { VpcId: vpcId, CidrBlock: `${prefix}.${index}.0/24`, AvailabilityZone: `us-east-1${zone}` };
    subnetIds.push((await emulator.call('ec2', 'CreateSubnet', subnet)).first('subnetId'));
  }
  return { vpcId, cidr, subnetIds };
}
