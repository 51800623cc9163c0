// Invented texts and how the page reads them. ReadingDigestTests.swift makes the same ones and reads them by itself;
// Tests/Corpora/reading-alphabet.txt says how.

import { isEmpty, plain } from './reading.js';
import { plainly } from './view/dom.js';

const CHANCES = 16_384;
const BLOCK = 64;

/** SplitMix64; in Swift it is `Seeded`. */
function seeded(seed) {
  let state = BigInt(seed);
  return (below) => {
    state = BigInt.asUintN(64, state + 0x9E37_79B9_7F4A_7C15n);
    let mixed = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xBF58_476D_1CE4_E5B9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94D0_49BB_1331_11EBn);
    return Number((mixed ^ (mixed >> 31n)) % BigInt(below));
  };
}

function invented(k, groups, draws) {
  if (k < draws.length ** 2) return draws[Math.floor(k / draws.length)] + draws[k % draws.length];
  const next = seeded(k);
  let text = '';
  for (let left = next(8); left >= 0; left -= 1) {
    const group = groups[next(groups.length)];
    text += group[next(group.length)];
  }
  return text;
}

const seen = (text) => (isEmpty(text) ? 'empty' : 'seen');

function digest(texts) {
  let hash = 0x811C_9DC5;
  for (const byte of new TextEncoder().encode(texts.map((text) => `${plain(text)}\n${seen(text)}\n`).join(''))) {
    hash = Math.imul(hash ^ byte, 0x0100_0193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** A row of Tests/Corpora/reading.txt. */
function row(text) {
  const escaped = (words) => words.replace(/[^!-[\]-{}~]/gu, (sign) => `\\u{${sign.codePointAt(0).toString(16).toUpperCase()}}`);
  return `${escaped(text)} | ${escaped(plain(text))} | ${seen(text)}`;
}

/** What the first view would show, which does not know the rule, and nobody should. */
function isDeceiving(text) {
  const shown = plainly(text);
  return plain(shown) !== shown;
}

/** All digests, the texts of the first one that is not as expected, and the texts that would deceive in the first view. */
export function compare(groups, expected) {
  const draws = groups.flat();
  const count = draws.length ** 2 + CHANCES;
  const digests = [];
  const deceiving = [];
  let wrong = null;
  for (let begin = 0; begin < count; begin += BLOCK) {
    const texts = Array.from({ length: Math.min(BLOCK, count - begin) }, (_, place) => invented(begin + place, groups, draws));
    digests.push(digest(texts));
    if (digests.at(-1) !== expected[digests.length - 1]) wrong ??= { begin, rows: texts.map(row) };
    deceiving.push(...texts.filter(isDeceiving).map(row));
  }
  return { digests, wrong, deceiving };
}
