// What the link does when the server refuses something. Nothing is asked for ever, and no words are lost.

import { NOTHING_SOUGHT } from './faq.js';

/** When the server does not say how long it cannot take something. */
const BUSY_DELAY = 5_000;
export const RETRIED = new Set(['storage_full', 'busy', 'draining']);
/** About a request that carries words; no id says about which. */
const FAULTS = new Set(['empty', 'too_long', 'bad_field', 'bad_json', 'bad_utf8']);
/** Other refusals tell programmers something, not customers. */
const FOR_PEOPLE = new Set([
  ...RETRIED, 'unknown_topic', 'queue_full', 'empty', 'too_long', 'chat_not_active', 'no_chat', 'consent_required',
  'closed', 'unstaffed', 'intake_required',
]);

export function refused(link, error, now) {
  if (link.phase === 'greeting') return refusedHello(link, error, now);
  if (link.inquiries?.refused(link, error, now)) return;
  if (error.code === 'rate_limited') {
    link.isPaced = true;
    return link.pause(Math.max(0.2, Number(error.retry_after) || 1) * 1000, now);
  }
  if (error.code === 'busy' && link.asks.find('faq')?.isSent) {
    // Too many search: whoever wants to know asks again. If nothing else can be meant, nothing else is held up.
    giveUpSearch(link);
    if (!link.isWaiting) return;
  }
  if (RETRIED.has(error.code)) {
    notify(link, error);
    return link.pause(BUSY_DELAY, now);
  }
  if (error.id !== undefined) return refusedWords(link, error, now);
  const { asks, chat } = link;
  if (FAULTS.has(error.code)) refusedForm(link, error.field, now);
  switch (error.code) {
    case 'already_in_chat':
      // The chat came with the welcome already, or the other tab's words tell of it.
      asks.answered('enter');
      return;
    case 'consent_required':
      // What was agreed to are other words.
      link.consent = null;
      wishAgain(link, null, now);
      break;
    case 'closed': case 'unstaffed': case 'intake_required':
      // The notice, the hours or the questions have changed: what is so now is on its way, and asked about anew.
      wishAgain(link, null, now);
      break;
    case 'unknown_topic': case 'queue_full':
      asks.answered('enter');
      if (chat?.id === null) link.abandon();
      break;
    case 'nothing_to_rate':
      // Asked a second time, it may be taken already: the answer to the first was lost.
      if (chat?.rating === 'sending') chat.rating = asks.find('rate')?.timesSent > 1 ? 'done' : 'closed';
      asks.answered('rate');
      return;
    case 'no_chat':
      asks.answered('intake');
      if (asks.answered('leave') && chat?.id === null) link.abandon();
      return;
  }
  notify(link, error);
}

function giveUpSearch(link) {
  link.asks.answered('faq');
  link.faq = NOTHING_SOUGHT;
}

function notify(link, { code, message }) {
  if (FOR_PEOPLE.has(code)) link.notice = { code, message };
}

/** Back to before the chat, with what was answered; an answer that was refused is to be written anew. */
function wishAgain(link, refused, now) {
  const { asks, chat } = link;
  const answers = { ...asks.answered('enter')?.message.intake };
  if (chat?.id === null) {
    link.abandon();
    link.wish = { id: chat.topic, label: chat.label, answers, refused: {} };
    if (refused) {
      link.wish.refused[refused] = answers[refused];
      delete answers[refused];
    }
  }
  link.refreshTopics(now);
}

/** It would be refused for ever: not asked again. A rating and an answer may be written anew. */
function refusedForm(link, field, now) {
  const { asks, chat } = link;
  if (field && asks.find('enter')?.message.intake?.[field] !== undefined) return wishAgain(link, field, now);
  if (field && asks.find('intake')?.message.intake[field] !== undefined) chat.refused = field;
  if (field === 'q') return giveUpSearch(link);
  if (asks.answeredFirst('rate', 'intake', 'lang', 'faq_helped') === 'rate' && chat) chat.rating = null;
}

function refusedWords(link, error, now) {
  if (error.id === link.inFlight) link.inFlight = null;
  link.chat?.fail(error.id);
  notify(link, error);
  link.pump(now);
}

function refusedHello(link, error, now) {
  if (error.code !== 'unknown_token') return link.drop(now);
  // The chat is over and forgotten, or never began. A stranger may say hello again.
  link.token = null;
  const { asks, chat } = link;
  if (chat && chat.id !== null && !chat.isOver) {
    chat.end('unknown', null);
    link.chatEnded();
  } else if (chat && (chat.isOver ? chat.entries.length === 0 : asks.find('leave'))) {
    // Nothing of it is left to show, or it was given up before the server heard of it.
    link.abandon();
  }
  if (chat?.rating === 'sending') chat.rating = 'closed';
  asks.drop('rate');
  link.hello();
}
