import { expressionOf, expressionToken } from '../tokens/expression';

/** Where a resource belongs, out of its ARN, which is known after apply. */
export function partsOfArn(arn: string) {
  const part = (index: number) => {
    return expressionToken((context) => `split(":", ${expressionOf(arn, context)})[${index}]`);
  };
  return { partition: part(1), region: part(3), account: part(4) };
}
