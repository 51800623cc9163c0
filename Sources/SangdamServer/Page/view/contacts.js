// The other ways to reach the organisation, as cards.

import { el } from './dom.js';

export class ContactCards {
  constructor() {
    this.element = el('ul.contacts');
  }

  /** @param {(node: Node, text: string) => void} show how words are shown that others wrote */
  fill(contacts, words, show) {
    const text = JSON.stringify([contacts, words.lang]);
    if (text !== this.shown) {
      this.shown = text;
      this.element.replaceChildren(...contacts.map((contact) => {
        const card = el(
          'li.contact', {}, el('span.name'), el('a.phone', { href: `tel:${contact.phone.replace(/[^\d+*#]/g, '')}` }),
          el('span.hours'));
        // A server that knows no opening hours says nothing about now.
        if (typeof contact.open === 'boolean') {
          const badge = el('span.badge', {}, words.say(contact.open ? 'contactOpen' : 'contactClosed'));
          badge.classList.toggle('is-open', contact.open);
          card.append(badge);
        }
        return card;
      }));
    }
    contacts.forEach(({ label, phone, hours }, index) => {
      const card = this.element.children[index];
      [label, phone, hours].forEach((part, index) => show(card.children[index], part));
    });
  }
}
