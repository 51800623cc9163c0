// What somebody is told who waits while the desk closes, or for longer than is usual: the place stays, and whom else to
// ask meanwhile.

import { ContactCards } from './contacts.js';
import { el, translate } from './dom.js';
import { show } from './readable.js';

export class DelayView {
  constructor() {
    this.text = el('p', { role: 'status' });
    this.cards = new ContactCards();
    this.contacts = el('div', {}, el('h2', { 'data-say': 'contacts' }), this.cards.element);
    this.element = el('section.card.delay', { hidden: true }, this.text, this.contacts);
  }

  render({ chat }, words) {
    const delay = chat?.phase === 'waiting' ? chat.delay : null;
    this.element.hidden = !delay;
    show(this.text, delay?.message ?? '');
    if (!delay) return;
    const contacts = delay.contacts ?? [];
    this.contacts.hidden = contacts.length === 0;
    this.cards.fill(contacts, words, show);
    translate(this.contacts, words);
  }
}
