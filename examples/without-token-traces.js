// Preloaded by the app's command in cdktf.json. CDKTF notes for each token where it was created, by capturing a stack
// trace into a plain object; under ts-node, which maps every frame back to TypeScript, that is most of the time that
// synthesis takes. Errors keep their traces. Leave this file out of the command to see where a token came from.
const traceOf = Error.prepareStackTrace;
Error.prepareStackTrace = (error, frames) => {
  if (!(error instanceof Error)) return '';
  return traceOf ? traceOf(error, frames) : [error, ...frames].join('\n    at ');
};
