// After the chat: the receipt, the rating, the transcript to keep, and the way back to the topics.

import { draft } from '../shell.js';
import { el, icon, translate, write } from './dom.js';

const STAR = 'm12 3.5 2.6 5.3 5.9.9-4.2 4.1 1 5.8-5.3-2.7-5.3 2.7 1-5.8-4.2-4.1 5.9-.9z';

export class EndedView {
  /** @param {{onrate: (score: number, comment: string) => void, onsave: () => void, onanew: () => void}} options */
  constructor({ onrate, onsave, onanew }) {
    this.heading = el('h2', { 'data-say': 'endedTitle', tabIndex: -1 });
    this.reason = el('p.lead');
    this.code = el('output.code');
    this.copy = el('button.quiet', { type: 'button', onclick: () => this.copyCode() });
    this.receipt = el(
      'div.receipt', {}, el('span.caption', { 'data-say': 'receipt' }), this.code, this.copy,
      el('span.hint', { 'data-say': 'receiptHint' }));
    this.stars = [1, 2, 3, 4, 5].map((score) => {
      const input = el('input', {
        type: 'radio', name: 'score', value: String(score), onchange: () => this.askMore(),
      });
      return el('label', {}, input, icon(STAR), el('span.hidden'));
    });
    this.comment = el('textarea', { id: 'comment', rows: 2, maxLength: 1000 });
    this.more = el(
      'div.more', { hidden: true }, el('label', { htmlFor: 'comment', 'data-say': 'rateComment' }), this.comment,
      el('button.primary', { type: 'submit', 'data-say': 'rateSend' }));
    this.form = el(
      'form.rating', {
        onsubmit: (event) => {
          event.preventDefault();
          const score = Number(new FormData(this.form).get('score'));
          if (score) onrate(score, this.comment.value.trim());
        },
      },
      el('fieldset', {}, el('legend', { 'data-say': 'rateTitle' }), el('div.stars', {}, ...this.stars)), this.more);
    this.thanks = el('p.lead', { role: 'status' });
    this.save = el('button', { type: 'button', 'data-say': 'save', onclick: onsave });
    this.element = el(
      'section.card.ended', { hidden: true }, this.heading, this.reason, this.receipt, this.form, this.thanks,
      el('div.actions', {}, el('button.primary', { type: 'button', 'data-say': 'startAnew', onclick: onanew }), this.save));
  }

  askMore() {
    this.more.hidden = false;
    this.more.scrollIntoView({ block: 'nearest' });
  }

  async copyCode() {
    try {
      await navigator.clipboard.writeText(this.code.textContent);
      write(this.copy, this.words.say('copied'));
    } catch {
      // Not allowed in this frame: one tap selects the code.
      getSelection().selectAllChildren(this.code);
    }
  }

  render(link, words) {
    const chat = link.chat;
    const isShown = Boolean(chat?.isOver);
    const isNew = isShown && this.element.hidden;
    this.element.hidden = !isShown;
    if (!isShown) return;
    if (isNew) {
      this.form.reset();
      this.more.hidden = true;
      draft.set('intake', '');
    }
    if (isNew || this.words !== words) {
      this.words = words;
      translate(this.element, words);
      write(this.copy, words.say('copy'));
      this.stars.forEach((star, index) => write(star.lastChild, words.count('rate', index + 1)));
    }
    const hasLeftQueue = chat.reason === 'customer_left' && !chat.hadAgent;
    const reasons = {
      customer_left: 'customerLeft', customer_lost: 'customerLost', agent_ended: 'agentEnded', idle: 'idle',
    };
    write(this.reason, words.say(hasLeftQueue ? 'leftQueue' : (reasons[chat.reason] ?? 'unknown')));
    this.receipt.hidden = !chat.receipt;
    write(this.code, chat.receipt ?? '');
    this.form.hidden = !chat.hadAgent || chat.reason === 'unknown' || chat.rating === 'done' || chat.rating === 'closed';
    write(this.thanks, chat.rating === 'done' ? words.say('rated') : chat.rating === 'closed' ? words.say('rateClosed') : '');
    this.thanks.hidden = this.thanks.textContent === '';
    this.save.hidden = chat.entries.every((entry) => entry.from === 'event');
  }
}
