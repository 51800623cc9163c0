// How people read what somebody wrote: what cannot be seen is shown as its code, unless the writing around it needs it.
// The rule is the table Tests/Corpora/reading.txt, by hand and in the console too. Pure.

const FLAG = String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}`;
// Of the format characters (Cf), those that are signs before a number can be seen. The last five are drawn as nothing
// though they are symbols or letters.
const INVISIBLE = String.raw`(?![\t\n\r\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}])`
  + String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}\p{NChar}\u2800\uFFFC\u{13441}\u{13442}\u{1D159}]`;
const FOUND = new RegExp(`${FLAG}|${INVISIBLE}`, 'gu');
const SEEN = new RegExp(String.raw`(?!${INVISIBLE})[^\p{White_Space}\p{M}]`, 'u');

const ABOVE_ASCII = String.raw`(?![\0-\x7F])`;
const EMOJI = String.raw`${ABOVE_ASCII}\p{Emoji}`;
const JOINING = String.raw`(?!${INVISIBLE})(?=[\p{L}\p{M}])[\u0600-\u109F\u1780-\u18AF\u1900-\u1AAF\u1B00-\u1C4F\uA800-\uA95F`
  + String.raw`\uA980-\uAAFF\uABC0-\uABFF\uFB50-\uFDFF\uFE70-\uFEFC\u{10800}-\u{11FFF}]`;
const RIGHT_TO_LEFT = String.raw`(?=\p{L})[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]`;
const HAS_RIGHT_TO_LEFT = new RegExp(RIGHT_TO_LEFT, 'u');
const LEFT_TO_RIGHT = String.raw`(?!${RIGHT_TO_LEFT})[\p{L}\p{Nd}]`;
/** From the first to the last letter or digit that runs from left to right, of what no space divides. */
const WORD = new RegExp(String.raw`${LEFT_TO_RIGHT}(?:(?!${RIGHT_TO_LEFT})\P{White_Space})*${LEFT_TO_RIGHT}`, 'gu');
/** These have something to do beside writing from right to left, but not inside a word of the other direction. */
const DIRECTION = /[\u200E\u200F\u061C]/g;
/** Which other invisible characters are needed directly behind what, and directly before what. */
const NEEDED = [
  ['[\\uFE0E\\uFE0F]', EMOJI],
  ['[\\uFE0E\\uFE0F]', '[0-9#*]', '\\u20E3'],
  ['[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]', `${ABOVE_ASCII}[\\p{Ideographic}\\p{Sm}\\p{So}]`],
  ['\\uFE00', '(?=\\p{L})[\\u1000-\\u109F\\uA840-\\uA87F]'],
  ['[\\u180B-\\u180F]', '(?=\\p{L})[\\u1800-\\u18AF]'],
  ['\\u200D', `${EMOJI}\\uFE0F?`, EMOJI],
  ['[\\u200C\\u200D]', JOINING],
  ['\\u2800', '[\\u2801-\\u28FF]'],
].map(([sign, before, after = '']) => [sign, `(?:${before})$`, after].map((part) => new RegExp(`^${part}`, 'u')));

function isNeeded(text, index, sign) {
  const [last = '', other = ''] = Array.from(text.slice(Math.max(0, index - 4), index)).reverse();
  // Whole characters from the first on: some browsers do not find one outside the first plane by its end.
  const before = last === '\uFE0F' ? other + last : last;
  const around = [sign, before, text.slice(index + sign.length, index + sign.length + 2)];
  return NEEDED.some((need) => need.every((part, index) => part.test(around[index])));
}

/** Where marks of direction are needed. */
function neededDirections(text) {
  if (!HAS_RIGHT_TO_LEFT.test(text)) return new Set();
  const indices = (part, offset) => Array.from(part.matchAll(DIRECTION), ({ index }) => offset + index);
  const needed = new Set(indices(text, 0));
  if (!needed.size) return needed;
  for (const { 0: word, index } of text.matchAll(WORD)) indices(word, index).forEach((each) => needed.delete(each));
  return needed;
}

/** @returns {{run?: string, code?: string}[]} runs of words, which nothing may reach across, and the codes between them */
export function parts(text) {
  const found = [];
  const directions = neededDirections(text);
  let end = 0;
  for (const { 0: sign, index } of text.matchAll(FOUND)) {
    const isFlag = sign.length > 2;
    if (isFlag || directions.has(index) || isNeeded(text, index, sign)) continue;
    if (index > end) found.push({ run: text.slice(end, index) });
    found.push({ code: `U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}` });
    end = index + sign.length;
  }
  if (text.length > end) found.push({ run: text.slice(end) });
  return found;
}

/** The words where there are no elements: in a title, in a file. */
export function plain(text) {
  return parts(text).map(({ run, code }) => run ?? `<${code}>`).join('');
}

/** Whether there is nothing to see: blanks, invisible characters, marks without a letter. */
export function isEmpty(text) {
  return !SEEN.test(text);
}

/** Whether there is not even a code to show. */
export function isBlank(text) {
  return isEmpty(text) && parts(text).every(({ code }) => !code);
}
