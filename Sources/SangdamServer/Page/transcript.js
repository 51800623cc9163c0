// The conversation as a text file that the customer keeps.

import { date, speaker } from './phrases.js';
import { isBlank, plain } from './reading.js';
import { answersOf } from './view/answers.js';

/** Further lines of somebody's words. */
const indented = (text) => plain(text).replace(/\n/g, '\n    ');

/** @returns {string} one line an entry, further lines of its words indented */
export function transcriptText(link, desk, words, now) {
  const { chat } = link;
  const lines = [`${plain(desk)} · ${words.say('transcriptTitle')}`];
  if (chat.label) lines.push(`${words.say('transcriptTopic')}: ${plain(chat.label)}`);
  if (chat.receipt) lines.push(`${words.say('receipt')}: ${chat.receipt}`);
  lines.push(`${words.say('transcriptSaved')}: ${date(words, 'moment', now)}`, '');
  const answers = answersOf(link, words);
  if (answers.length) {
    lines.push(words.say('answersTitle'), ...answers.map(([label, answer]) => `  ${label}: ${indented(answer)}`), '');
  }
  for (const entry of chat.entries) {
    if (entry.from === 'event') {
      lines.push(`*** ${words.say(entry.code, { name: plain(entry.name ?? '') })}`);
      continue;
    }
    const who = words.say(speaker(entry), { name: plain(entry.name ?? '') });
    const said = isBlank(entry.text) ? words.say('blank') : indented(entry.text);
    const unsent = entry.state === 'unsent' ? ` (${words.say('unsent')})` : '';
    lines.push(`[${date(words, 'moment', entry.at)}] ${who}${unsent}: ${said}`);
  }
  return `${lines.join('\n')}\n`;
}

export function saveTranscript(link, desk, words) {
  const now = new Date().toISOString();
  const text = transcriptText(link, desk, words, now);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = `${words.say('transcriptFile')}-${link.chat.receipt ?? now.slice(0, 10)}.txt`;
  anchor.click();
  // The download has its own hold on the data once it began.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
