// The conversation as a text file that the customer keeps.

import { date, speaker } from './phrases.js';

/** @returns {string} one line an entry, further lines of its words indented */
export function transcriptText(chat, desk, words, now) {
  const lines = [`${desk} · ${words.say('transcriptTitle')}`];
  if (chat.label) lines.push(`${words.say('transcriptTopic')}: ${chat.label}`);
  if (chat.receipt) lines.push(`${words.say('receipt')}: ${chat.receipt}`);
  lines.push(`${words.say('transcriptSaved')}: ${date(words, 'moment', now)}`, '');
  for (const entry of chat.entries) {
    if (entry.from === 'event') {
      lines.push(`*** ${words.say(entry.code, { name: entry.name ?? '' })}`);
      continue;
    }
    const unsent = entry.state === 'unsent' ? ` (${words.say('unsent')})` : '';
    lines.push(`[${date(words, 'moment', entry.at)}] ${speaker(words, entry)}${unsent}: ${entry.text.replace(/\n/g, '\n    ')}`);
  }
  return `${lines.join('\n')}\n`;
}

export function saveTranscript(chat, desk, words) {
  const now = new Date().toISOString();
  const text = transcriptText(chat, desk, words, now);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${words.say('transcriptFile')}-${chat.receipt ?? now.slice(0, 10)}.txt`;
  link.click();
  // The download has its own hold on the data once it began.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
