import type { Construct } from 'constructs';
import { shownPath } from '../terraform/shown-path';
import { TerraformData } from '../terraform/terraform-data';
import { expressionOf, expressionToken } from '../tokens/expression';

/**
 * Keeps in the state which login was made, and has Terraform refuse another name when it plans: the function acts only on
 * what is declared now, so the former login would stay.
 */
export function guardUserName(scope: Construct, userName: string): TerraformData {
  return new TerraformData(scope, 'UserName', {
    input: { userName },
    lifecycle: {
      ignoreChanges: ['input'],
      postcondition: [
        {
          condition: expressionToken((context) => `self.input.userName == ${expressionOf(userName, context)}`),
          errorMessage: `${shownPath(scope)}: userName is not the name that the login was made with, which would be left behind. Put the former one back, or give the construct another id: the former login is then removed, and another is made. [UserNameChanged]`,
        },
      ],
    },
  });
}
