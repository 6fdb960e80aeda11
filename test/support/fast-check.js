// What tests import as 'fast-check' (jest.config.js). With PROPERTY_SEED, every property starts from that seed: what passed
// once passes again, which a gate needs. Without, each run tries other cases.
// Its CommonJS file: this one is what the name leads to.
const fc = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

const seed = process.env.PROPERTY_SEED;
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

module.exports = fc;
