import { DataResource } from 'cdktf';
import type { Construct } from 'constructs';
import { asLiteral } from '../tokens/literal';
import { presolved } from './presolved';

/** Values that Terraform keeps in its state, in a resource of its own: `terraform_data`. It has no provider to name. */
export class TerraformData extends presolved(DataResource) {
  public constructor(scope: Construct, id: string, configuration: ConstructorParameters<typeof DataResource>[2]) {
    super(scope, id, asLiteral(configuration));
  }
}
