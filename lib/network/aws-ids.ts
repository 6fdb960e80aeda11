/**
 * Ids of resources in EC2: a prefix for their kind, and hexadecimal digits.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
export const AWS_IDS = {
  elasticIp: /^eipalloc-[0-9a-f]+$/,
  instance: /^i-[0-9a-f]+$/,
  prefixList: /^pl-[0-9a-f]+$/,
  securityGroup: /^sg-[0-9a-f]+$/,
  subnet: /^subnet-[0-9a-f]+$/,
  vpc: /^vpc-[0-9a-f]+$/,
};
