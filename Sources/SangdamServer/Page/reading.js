// How people read what somebody wrote: what cannot be seen is shown as its code, unless the writing around it needs it.
// The rule is the table Tests/Corpora/reading.txt, by hand and in the console too. Pure.

const FLAG = String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}`;
// Of the format characters (Cf), those that are signs before a number can be seen.
const INVISIBLE = String.raw`(?![\t\n\r\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}])`
  + String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}\p{NChar}\u2800]`;
const FOUND = new RegExp(`${FLAG}|${INVISIBLE}`, 'gu');
const SEEN = new RegExp(String.raw`(?!${INVISIBLE})[^\p{White_Space}\p{M}]`, 'u');

const EMOJI = String.raw`(?![\0-\x7F])\p{Emoji}`;
const JOINING = String.raw`(?=[\p{L}\p{M}])[\u0600-\u109F\u1780-\u18AF\u1900-\u1AAF\u1B00-\u1C4F\uA800-\uA95F\uA980-\uAAFF`
  + String.raw`\uABC0-\uABFF\uFB50-\uFDFF\uFE70-\uFEFC\u{10800}-\u{11FFF}]`;
const RIGHT_TO_LEFT = /(?=\p{L})[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** These need writing from right to left somewhere in the text. */
const DIRECTIONS = '\u200E\u200F\u061C';
/** Which other invisible characters are needed directly behind what, and directly before what. */
const NEEDED = [
  ['[\\uFE0E\\uFE0F]', EMOJI],
  ['[\\uFE0E\\uFE0F]', '[0-9#*]', '\\u20E3'],
  ['[\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]', '[\\p{Ideographic}\\p{Sm}\\p{So}]'],
  ['\\uFE00', '(?=\\p{L})[\\u1000-\\u109F\\uA840-\\uA87F]'],
  ['[\\u180B-\\u180F]', '(?=\\p{L})[\\u1800-\\u18AF]'],
  ['\\u200D', `${EMOJI}\\uFE0F?`, EMOJI],
  ['[\\u200C\\u200D]', JOINING],
  ['\\u2800', '[\\u2801-\\u28FF]'],
].map(([sign, before, after = '']) => ['^' + sign, before + '$', '^' + after].map((part) => new RegExp(part, 'u')));

function isNeeded(text, index, sign) {
  const around = [sign, text.slice(Math.max(0, index - 3), index), text.slice(index + sign.length, index + sign.length + 2)];
  return NEEDED.some((need) => need.every((part, place) => part.test(around[place])));
}

/** @returns {{run?: string, code?: string}[]} runs of words, which nothing may reach across, and the codes between them */
export function parts(text) {
  const found = [];
  const isRightToLeft = RIGHT_TO_LEFT.test(text);
  let end = 0;
  for (const { 0: sign, index } of text.matchAll(FOUND)) {
    const isFlag = sign.length > 2;
    if (isFlag || (DIRECTIONS.includes(sign) ? isRightToLeft : isNeeded(text, index, sign))) continue;
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
