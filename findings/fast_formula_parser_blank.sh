#!/usr/bin/env bash
# fast-formula-parser 1.0.19: a blank cell is equal to 0 and not to "", and "Oui"="OUI" is FALSE, so that COUNTIF(range,"oui") is 0 for Oui
# Why it matters: IF(A2="",...) is how a sheet tells an answer from none; here every blank counts as an answer, nought.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund "fast-formula-parser@1.0.19"
node - <<'JAVASCRIPT'
const assert = require('node:assert');
const FormulaParser = require('fast-formula-parser');

const { version } = require('fast-formula-parser/package.json');
const column = ['Oui', null, 3];
const rows = ({ from, to }) => column.slice(from.row - 1, to.row).map((value) => [value]);
const parser = new FormulaParser({ onCell: ({ row }) => column[row - 1], onRange: rows });
const value = (formula) => parser.parse(formula, { sheet: 'S', row: 1, col: 3 });
const blank = ['A2=0', 'A2=""', 'IF(A2="","vide","rempli")'].map(value);
const yes = ['A1="Oui"', 'A1="OUI"', 'COUNTIF(A1:A3,"Oui")', 'COUNTIF(A1:A3,"oui")'].map(value);
console.log('fast-formula-parser', version, '| a blank cell is 0, is "", is taken for:', blank, '| Oui is Oui, is OUI, counted:', yes);
assert.deepEqual(blank, [true, false, 'rempli'], 'a blank cell is an empty text now');
assert.deepEqual(yes, [true, false, 1, 0], 'capitals make no difference now');
JAVASCRIPT
