// A topic that takes no chat now: when it does again, whom else to ask, and what is open instead.

import { ContactCards } from './contacts.js';
import { el, icon, translate, write } from './dom.js';
import { show } from './readable.js';

export class ClosedView {
  /** @param {{onchoose: (topic: object) => void, onleave: (topic: string) => void, onback: () => void}} options */
  constructor({ onchoose, onleave, onback }) {
    this.onchoose = onchoose;
    this.heading = el('h2', { tabIndex: -1 });
    this.when = el('p.lead');
    this.cards = new ContactCards();
    this.contacts = el('section', {}, el('h3', { 'data-say': 'contacts' }), this.cards.element);
    this.list = el('ul.topics');
    this.others = el('section', {}, el('h3', { 'data-say': 'closedOthers' }), this.list);
    this.text = el('p.notice');
    this.leave = el('button.primary', { type: 'button', 'data-say': 'inquire', onclick: () => onleave(this.topic) });
    this.element = el(
      'div.page.topics-page.closed-page', { hidden: true }, this.heading, this.when,
      this.text, this.contacts, this.others,
      el('div.actions', {}, this.leave, el('button', { type: 'button', 'data-say': 'back', onclick: onback })));
  }

  render(link, words) {
    this.element.hidden = Boolean(link.chat) || link.step !== 'closed';
    if (this.element.hidden) return;
    const topic = link.topic(link.wish.id);
    show(this.heading, topic.label);
    write(this.when, topic.words ?? words.say(topic.state === 'unstaffed' ? 'nobody' : 'closedNow'));
    this.topic = topic.id;
    const takesInquiries = topic.offers.includes('inquiry');
    const line = takesInquiries ? 'closedInquiry' : 'closedText';
    write(this.text, words.say(line));
    this.leave.hidden = !takesInquiries;
    this.contacts.hidden = link.contacts.length === 0;
    this.cards.fill(link.contacts, words, show);
    const others = link.topics.filter(({ open, id }) => open && id !== topic.id);
    this.others.hidden = others.length === 0;
    const text = JSON.stringify(others.map(({ id, label }) => [id, label]));
    if (text !== this.shown) {
      this.shown = text;
      this.list.replaceChildren(...others.map((other) => {
        const name = el('span.name');
        show(name, other.label);
        const properties = { type: 'button', onclick: () => this.onchoose(other) };
        return el('li', {}, el('button.topic', properties, name, icon('m9 5 7 7-7 7')));
      }));
    }
    translate(this.element, words);
  }
}
