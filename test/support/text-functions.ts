import type { TextFunctions } from '../../lib/clients/quoting/text-functions';

/** Nothing is done to what is known after apply: tokens stay where they are. */
export const LEFT_ALONE: TextFunctions = {
  replace: (text) => text,
  jsonencode: (text) => text,
  percentEncode: (text) => text,
  matching: (text) => text,
};

/** What is done to it can be read. */
export const READABLE: TextFunctions = {
  replace: (text, search, replacement) => `\${replace(${text}, ${search}, ${replacement})}`,
  jsonencode: (text) => `\${jsonencode(${text})}`,
  percentEncode: (text) => `\${percentEncode(${text})}`,
  matching: (text, pattern) => `\${matching(${text}, ${pattern})}`,
};
