#!/usr/bin/env bash
# HyperFormula 3.5.0: TEXT(0.125,"0.0%") is 0.1% and TEXT(1234.5,"#,##0.00") is 1235,##0.00, where spreadsheets show 12.5% and 1,234.50
# Why it matters: a sentence made by a formula, in a sheet shown on a page, says 0.1 % for 12.5 %, and looks right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund "hyperformula@3.5.0"
node - <<'JAVASCRIPT'
const assert = require('node:assert');
const { HyperFormula } = require('hyperformula');

const formulas = ['=TEXT(12.5,"0.0")', '=TEXT(0.125,"0.0%")', '=TEXT(1234.5,"#,##0.00")'];
const shown = HyperFormula.buildFromArray([formulas], { licenseKey: 'gpl-v3' }).getSheetValues(0)[0];
console.log('HyperFormula', HyperFormula.version, '|', formulas.join(' '), 'are', shown.join(' and '));
assert.equal(shown[0], '12.5');
assert.equal(shown[1], '0.1%', 'the rate is multiplied by a hundred now');
assert.equal(shown[2], '1235,##0.00', 'thousands are grouped now');
JAVASCRIPT
