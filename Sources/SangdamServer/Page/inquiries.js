// Questions that are answered later, as the customer's side of the protocol: leaving one, reading it by its receipt, adding
// to it. Fetched with the conversation, and pure, like the link that carries its requests (asks.js).
//
// Promises kept here: one is left once, however often it is sent; what was written is not lost by a refusal.

import { RETRIED } from './refusals.js';

/** So many receipts of this tab are listed; older ones still lead to their answers. */
const LIMIT = 20;
/** A pause so short is worth no word. */
const SHORT_SECONDS = 10;
const FORM_FIELDS = ['text', 'email', 'topic'];

/** A receipt as the server compares it, however somebody wrote it. */
function code(receipt) {
  return receipt.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0');
}

export class Inquiries {
  /** @param {{receipt: string, label: string}[]} known what `snapshot()` gave before a reload */
  constructor(known) {
    /** Newest first. */
    this.known = Array.isArray(known) ? known.slice(0, LIMIT) : [];
    /** @type {null|'inquire'|'left'|'receipts'|'thread'} what is in front of everything else */
    this.view = null;
    /** What is written and not left yet. */
    this.draft = { topic: null, text: '', email: '' };
    /** What is wrong with what was sent: `{field, message}` or `{minutes}`. */
    this.fault = null;
    /** The one in view: `{receipt, notice, entries, isMissing}`. */
    this.thread = null;
    /** What was added and is not stored yet: `{id, text}`. */
    this.reply = null;
  }

  snapshot() {
    return this.known;
  }

  /** The form, for a topic or for what is waited for; or the receipts. */
  open(link, view, topic = null) {
    this.fault = null;
    this.view = view;
    if (view !== 'inquire') return;
    this.draft.topic = topic ?? this.draft.topic;
    if (link.chat && !this.draft.text) {
      const said = link.chat.entries.filter(({ from, text }) => from === 'customer' && text);
      this.draft.text = said.map(({ text }) => text).join('\n');
    }
    link.wish = null;
  }

  close(link) {
    this.view = this.fault = this.thread = null;
    link.asks.drop('inquiry');
  }

  // MARK: Leaving one

  /** What was written goes, once nothing is in the way: consent, or what its topic must know. */
  submit(link, draft, now) {
    Object.assign(this.draft, draft);
    this.fault = null;
    if (link.chat && !link.chat.isOver) return this.leave(link, {}, now);
    const { id, label } = link.topic(draft.topic) ?? {};
    link.wish = { id, label, answers: {}, refused: {}, isInquiry: true };
    this.view = null;
    link.goOn(now);
  }

  leave(link, { id: topic, answers }, now) {
    const { text, email } = this.draft;
    const message = { type: 'inquire', id: link.makeID(), text };
    if (topic) message.topic = topic;
    if (email) message.email = email;
    if (link.consent) message.consent = link.consent;
    if (answers && Object.keys(answers).length) message.intake = answers;
    link.wish = link.notice = null;
    this.view = 'inquire';
    link.asks.drop('inquire');
    link.asks.add('inquire', message);
    link.wake(now, true);
    link.pump(now);
  }

  // MARK: Reading one, and adding to it

  read(link, receipt, now) {
    this.view = 'thread';
    this.reply = null;
    this.thread = { receipt, notice: null, entries: [], isMissing: false };
    this.look(link, now);
  }

  look(link, now) {
    if (link.asks.find('inquiry') || this.thread?.isMissing !== false) return;
    link.asks.add('inquiry', { type: 'inquiry', receipt: this.thread.receipt });
    link.pump(now);
  }

  add(link, text, now) {
    this.fault = null;
    this.reply = { id: link.makeID(), text };
    link.asks.add('reply', { type: 'reply', receipt: this.thread.receipt, ...this.reply });
    link.pump(now);
  }

  // MARK: What the server says

  /** @returns {boolean} whether the message is about an inquiry */
  heard(link, message, now) {
    const { thread } = this;
    if (message.type === 'inquiry') {
      this.took(link, message);
    } else if (thread?.notice && message.chat === thread.notice.inquiry) {
      if (message.type === 'ack' && message.id === this.reply?.id) this.stored(link, message, now);
      if (message.type === 'message' && Number.isSafeInteger(message.seq)) this.tookWords(message);
    } else {
      return false;
    }
    return true;
  }

  took(link, notice) {
    const isKnown = this.known.some(({ receipt }) => receipt === notice.receipt);
    if (!isKnown && link.asks.find('inquire')?.isSent) {
      link.asks.answered('inquire');
      this.draft = { topic: null, text: '', email: '' };
      const label = link.topic(notice.topic)?.label ?? notice.topic;
      this.known = [{ receipt: notice.receipt, label }, ...this.known].slice(0, LIMIT);
      this.thread = { receipt: notice.receipt, notice, entries: [], isMissing: false };
      this.view = 'left';
      return;
    }
    const { thread } = this;
    if (!thread || code(notice.receipt) !== code(thread.receipt)) return;
    link.asks.answered('inquiry');
    Object.assign(thread, { notice, receipt: notice.receipt });
  }

  tookWords({ seq, from, name, text, at }) {
    const { entries } = this.thread;
    if (entries.some((entry) => entry.seq === seq)) return;
    entries.push({ seq, from, name, text, at });
    entries.sort((a, b) => a.seq - b.seq);
  }

  stored(link, { seq }, now) {
    this.tookWords({ seq, from: 'customer', text: this.reply.text, at: new Date(link.clock() + link.clockError).toISOString() });
    link.asks.answered('reply');
    this.reply = null;
    this.look(link, now);
  }

  /** @returns {boolean} whether that was about an inquiry, and is done with */
  refused(link, error, now) {
    const { asks } = link;
    if (RETRIED.has(error.code)) return false;
    if (error.code === 'rate_limited' && !(error.retry_after > SHORT_SECONDS)) return false;
    const kind = this.kindOf(link, error);
    if (!kind) return false;
    const { message } = asks.answered(kind);
    if (kind === 'inquiry') {
      this.thread.isMissing = true;
      return true;
    }
    this.fault = error.code === 'rate_limited' ? { minutes: Math.ceil(error.retry_after / 60) } : error;
    if (kind === 'reply') {
      this.reply = null;
      return true;
    }
    this.view = 'inquire';
    if (message.topic && ['consent_required', 'intake_required'].includes(error.code)) {
      // The notice or the questions are others now: what is so is on its way, and asked about.
      this.fault = this.view = null;
      if (error.code === 'consent_required') link.consent = null;
      const { topic: id, intake } = message;
      link.wish = { id, label: link.topic(id)?.label, answers: { ...intake }, refused: {}, isInquiry: true };
      link.refreshTopics(now);
    } else if (message.intake?.[error.field] !== undefined) {
      const { [error.field]: wrong, ...answers } = message.intake;
      this.fault = this.view = null;
      const refused = { [error.field]: wrong };
      link.wish = { id: message.topic, label: link.topic(message.topic)?.label, answers, refused, isInquiry: true };
    }
    return true;
  }

  /** Which request was refused. What cannot be read has no id. */
  kindOf({ asks }, { id, code, field }) {
    const isSent = (kind) => asks.find(kind)?.isSent;
    if (code === 'unknown_inquiry' && isSent('inquiry')) return 'inquiry';
    const isOf = (kind) => asks.find(kind)?.message.id === id || (id === undefined && FORM_FIELDS.includes(field));
    return ['inquire', 'reply'].find((kind) => isSent(kind) && isOf(kind));
  }
}
