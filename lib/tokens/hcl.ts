/**
 * A literal as part of a quoted string in a Terraform expression, where it means only itself.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 * @internal
 */
export function hclText(text: string): string {
  return text
    .replace(/[\\"]/g, '\\$&')
    .replace(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[$%]+(?=\{|$)/g, (signs) => `\${"${signs}"}`);
}
