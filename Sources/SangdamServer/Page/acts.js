// What the customer does once there is a chat: speaking, answering, leaving, rating. Fetched with the conversation; what
// the link (link.js) does by itself, it can do without. Pure, like the link.

import { Asks } from './asks.js';
import { NOTHING_SOUGHT, suggest, tellHelped } from './faq.js';

/** Who writes nothing for so long is not writing. */
const TYPING_PAUSE = 4_000;

/** The server's time of day, as RFC 3339. */
export function timeOfDay({ clock, clockError }) {
  return new Date(clock() + clockError).toISOString();
}

export function say(link, text, now) {
  const id = link.makeID();
  link.chat.append({ key: `m${id}`, id, from: 'customer', text, at: timeOfDay(link), state: 'sending' });
  // Words end the typing, also for the server.
  link.isTyping = false;
  link.typingEndsAt = null;
  link.pump(now);
}

export function typed(link, hasText, now) {
  if (hasText && !link.isTalking) return;
  link.setTyping(hasText);
  if (hasText) link.typingEndsAt = now + TYPING_PAUSE;
}

/** Takes an unsent message out of the conversation and gives its text back, to be written anew. */
export function takeBack(link, id) {
  const entries = link.chat?.entries ?? [];
  const index = entries.findIndex((entry) => entry.id === id && entry.state === 'unsent');
  return index < 0 ? '' : entries.splice(index, 1)[0].text;
}

/** What was written for a chat that came to nothing. */
export function takeUnsaid(link) {
  return link.unsaid.splice(0).join('\n');
}

/** Whether there are words that the agent does not know to be seen. */
export function hasUnseen(link) {
  return link.isTalking && link.chat.lastOtherSeq > link.seenSent;
}

/** All words are in front of the customer's eyes. */
export function sawAll(link) {
  if (!hasUnseen(link)) return;
  link.seenSent = link.chat.lastOtherSeq;
  link.send({ type: 'seen', seq: link.seenSent });
}

/** To the notice of this version, and so to the chat that waits for it. */
export function agree(link, version, now) {
  if (!link.wish || version !== link.privacy?.version) return;
  link.consent = version;
  link.goOn(now);
}

/** What must be known before one enters. */
export function answerFirst(link, answers, now) {
  if (!link.wish) return;
  Object.assign(link.wish.answers, answers);
  link.wish.refused = {};
  link.goOn(now);
}

export function stepBack(link) {
  link.wish = null;
}

export function tell(link, intake, now) {
  link.chat.intakeStep += 1;
  link.asks.add('intake', { type: 'intake', intake });
  link.pump(now);
  suggest(link, intake, now);
}

/** Who waits and needs nobody any more goes from the queue. */
export function takeSuggestion(link, isHelped, now) {
  tellHelped(link, isHelped, now);
  if (isHelped) leave(link, now);
}

export function skipIntake(link, isAll) {
  link.chat.intakeStep = isAll ? Infinity : link.chat.intakeStep + 1;
}

export function leave(link, now) {
  const { asks, chat } = link;
  if (!chat || chat.isOver) return;
  // The server cannot have heard of it.
  if (asks.find('enter')?.timesSent === 0) return link.abandon();
  asks.keepOnly('lang', 'faq_helped', 'inquiry', 'reply');
  asks.add('leave', { type: 'leave' });
  link.pump(now);
}

export function rate(link, score, comment, now) {
  if (link.chat.rating !== null) return;
  const message = { type: 'rate', score };
  if (comment) message.comment = comment;
  link.chat.rating = 'sending';
  link.asks.add('rate', message);
  link.wake(now, true);
  link.pump(now);
}

/** Away from an ended chat, back to the topics. */
export function startAnew(link, now) {
  link.chat = null;
  link.faq = NOTHING_SOUGHT;
  link.asks = new Asks();
  link.notice = null;
  link.wake(now, true);
  link.refreshTopics(now);
}
