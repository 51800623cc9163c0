// The first view: what one can ask about, who is there for it, and the other ways to reach the organisation.

import { el, icon, translate, write } from './dom.js';

export class TopicsView {
  /** @param {{onenter: (topic: object) => void, onreach: () => void, show: Function, wished: string|null}} options */
  constructor({ onenter, onreach, show, wished }) {
    this.show = show;
    this.onenter = onenter;
    this.wished = wished;
    this.buttons = new Map();
    this.duty = el('p.lead', { role: 'status' });
    this.list = el('ul.topics', { 'data-label': 'topics', onpointerover: onreach, onfocusin: onreach });
    this.cards = el('ul.contacts');
    this.contacts = el('section', { hidden: true }, el('h3', { 'data-say': 'contacts' }), this.cards);
    this.heading = el('h2', { 'data-say': 'greeting', tabIndex: -1 });
    this.element = el('div.page.topics-page', {}, this.heading, this.duty, this.list, this.contacts);
  }

  render(link, words) {
    translate(this.element, words);
    if (!link.topics) {
      write(this.duty, words.say('connecting'));
      return;
    }
    const isAnyOpen = link.topics.some((topic) => topic.open);
    write(this.duty, words.say(isAnyOpen ? 'someoneOnDuty' : 'nobodyOnDuty'));
    const topics = [...link.topics].sort((a, b) => (b.id === this.wished) - (a.id === this.wished));
    const isSame = topics.length === this.buttons.size && topics.every((topic) => this.buttons.has(topic.id));
    if (!isSame) this.build(topics);
    for (const topic of topics) this.fill(this.buttons.get(topic.id), topic, words);
    this.fillContacts(link.contacts, words);
  }

  /** Only when the topics themselves change: so focus stays where it is. */
  build(topics) {
    this.buttons.clear();
    for (const { id } of topics) {
      const button = el(
        'button.topic', { type: 'button', 'data-topic': id, onclick: () => this.onenter(button.topic) },
        el('span.name'), el('span.duty', {}), icon('m9 5 7 7-7 7'));
      button.classList.toggle('wished', id === this.wished);
      this.buttons.set(id, button);
    }
    // What the first load is measured by.
    performance.mark('interactive');
    this.list.replaceChildren(...[...this.buttons.values()].map((button) => el('li', {}, button)));
  }

  fill(button, topic, words) {
    button.topic = topic;
    this.show(button.children[0], topic.label);
    const { open, waiting } = topic;
    const key = waiting > 0 ? (open ? 'waiting' : 'nobodyWaiting') : open ? 'openNow' : 'nobody';
    write(button.children[1], words.say(key, { n: words.numbers.format(waiting) }));
    button.classList.toggle('is-open', open);
  }

  fillContacts(contacts, words) {
    this.contacts.hidden = contacts.length === 0;
    const text = JSON.stringify([contacts, words.lang]);
    if (text !== this.shownContacts) {
      this.shownContacts = text;
      this.cards.replaceChildren(...contacts.map((contact) => {
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
      const card = this.cards.children[index];
      [label, phone, hours].forEach((part, index) => this.show(card.children[index], part));
    });
  }
}
