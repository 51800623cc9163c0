// What a conversation says in more than one word: when, who speaks, how many are ahead, how long it takes.

import { isEmpty } from './reading.js';

const FORMATS = {
  time: { hour: 'numeric', minute: '2-digit' },
  day: { month: 'long', day: 'numeric', weekday: 'long' },
  moment: { dateStyle: 'medium', timeStyle: 'medium' },
};
const formatters = new Map();

/** @param {'time'|'day'|'moment'} form how much of it @param {string|number} at RFC 3339, or milliseconds */
export function date(words, form, at) {
  const key = `${words.lang} ${form}`;
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(words.lang, FORMATS[form]));
  return formatters.get(key).format(new Date(at));
}

/** A phrase about a number, `key` or `keyOne`. */
export function count(words, key, n, shown = words.numbers.format(n)) {
  return words.say(n === 1 ? `${key}One` : key, { n: shown });
}

/** The phrase for who says an entry, which may have a name in it. */
export function speaker({ from, name }) {
  const isNamed = !isEmpty(name ?? '');
  switch (from) {
    case 'customer': return 'me';
    case 'agent': return isNamed ? 'agentName' : 'agentNoName';
    default: return 'system';
  }
}

/** How many are ahead; while nobody is on duty only the position, as nobody is next yet. */
export function ahead(words, { position, onDuty }) {
  if (!onDuty) return count(words, 'place', Math.max(1, position));
  return position <= 1 ? words.say('next') : count(words, 'ahead', position - 1);
}

/** Until when the rank is kept at least, by the clock here; null where there is none, or none any more. */
export function holdEnd({ chat, heardTime, clock }, words) {
  const end = heardTime + (chat?.waiting?.hold ?? 0) * 1000;
  return end > clock() ? date(words, 'time', end) : null;
}

/** How long it takes: whole minutes, or hours once minutes say nothing any more. */
export function estimate(words, { wait, onDuty }) {
  if (!onDuty) return words.say('waitNobody');
  if (!wait) return words.say('waitUnknown');
  const low = Math.max(0, wait.low);
  const high = Math.max(low, wait.high);
  if (high < 60) return words.say('waitMinute');
  const [key, unit] = high <= 90 * 60 ? ['waitMinutes', 60] : ['waitHours', 3600];
  const from = Math.max(1, Math.floor(low / unit));
  const to = Math.max(from, Math.ceil(high / unit));
  return count(words, key, to, from === to ? `${to}` : `${from}–${to}`);
}
