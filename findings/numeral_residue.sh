#!/usr/bin/env bash
# numeral 2.0.6: what remains of 0.1 + 0.2 - 0.3 is shown as NaN in the format 0.0, and so is 0.0000001; what is missing (null, NaN) as 0.0
# Why it matters: a balance that should be nothing is shown as a fault, and an answer that no one gave as nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund "numeral@2.0.6"
node - <<'JAVASCRIPT'
const assert = require('node:assert');
const numeral = require('numeral');

const shown = [0.04, 0.1 + 0.2 - 0.3, 0.0000001, null, NaN].map((number) => numeral(number).format('0.0'));
console.log('numeral', numeral.version, '| 0.04, 0.1+0.2-0.3, 0.0000001, null and NaN are shown', shown.join(', '));
assert.equal(shown[0], '0.0');
assert.deepEqual(shown.slice(1, 3), ['NaN', 'NaN'], 'small numbers are shown as numbers now');
assert.deepEqual(shown.slice(3), ['0.0', '0.0'], 'what is missing is no zero now');
JAVASCRIPT
