/** The name of a login for a construct's id: `LookerStudio` becomes `looker_studio`; nothing where none can be made. */
export function userNameFor(id: string): string | undefined {
  const name = id
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  return /^[a-z]/.test(name) ? name : undefined;
}
