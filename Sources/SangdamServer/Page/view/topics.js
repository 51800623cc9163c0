// The first view: what one can ask about, who is there for it, and the other ways to reach the organisation.

import { takesChats } from '../link.js';
import { ContactCards } from './contacts.js';
import { el, icon, moreAbout, translate, write } from './dom.js';
import { FAQSearch } from './found.js';

export class TopicsView {
  /**
   * @param {{onenter: (topic: object) => void, onreach: () => void, onsearch: (words: string) => void,
   *   onhelped: (isHelped: boolean) => void, oninquiry: (view: string) => void, show: Function, wished: string|null}} options
   */
  constructor({ onenter, onreach, onsearch, onhelped, oninquiry, show, wished }) {
    this.show = show;
    this.onenter = onenter;
    this.wished = wished;
    this.buttons = new Map();
    this.duty = el('p.lead', { role: 'status' });
    this.list = el('ul.topics', { 'data-label': 'topics', onpointerover: onreach, onfocusin: onreach });
    this.faq = new FAQSearch({
      show, onsearch,
      onhelped: (isHelped) => {
        onhelped(isHelped);
        // Who wants somebody to talk to chooses what about.
        if (!isHelped) this.list.querySelector('button')?.focus();
      },
    });
    const later = (view) => el('button.link', { type: 'button', 'data-say': view, onclick: () => oninquiry(view) });
    this.later = el('p.later', { hidden: true }, later('inquire'), later('receipts'));
    this.cards = new ContactCards();
    this.contacts = el('section', { hidden: true }, el('h3', { 'data-say': 'contacts' }), this.cards.element);
    this.noticeText = el('p.notice', { dir: 'auto' });
    this.noticeMore = el('p');
    this.notice = el(
      'section', { hidden: true }, el('h3', { 'data-say': 'privacy' }), this.noticeText, this.noticeMore);
    this.heading = el('h2', { 'data-say': 'greeting', tabIndex: -1 });
    this.element = el('div.page.topics-page', {}, this.heading, this.duty, this.faq.element, this.list, this.later,
      this.contacts, this.notice);
  }

  render(link, words) {
    translate(this.element, words);
    this.faq.render(link, words);
    if (!link.topics) {
      write(this.duty, words.say('connecting'));
      return;
    }
    this.later.hidden = false;
    const isClosed = link.topics.every(({ state }) => state === 'closed');
    let duty = words.say(link.contacts.length ? 'nothingOpen' : 'closedNow');
    if (link.topics.some(takesChats)) duty = words.say(isClosed ? 'closedButMayWait' : 'nobodyOnDuty');
    if (link.topics.some((topic) => topic.open)) duty = words.say('someoneOnDuty');
    write(this.duty, duty);
    const topics = [...link.topics].sort((a, b) => (b.id === this.wished) - (a.id === this.wished));
    const isSame = topics.length === this.buttons.size && topics.every((topic) => this.buttons.has(topic.id));
    if (!isSame) this.build(topics);
    for (const topic of topics) this.fill(this.buttons.get(topic.id), topic, words);
    this.contacts.hidden = link.contacts.length === 0;
    this.cards.fill(link.contacts, words, this.show);
    this.fillNotice(link.privacy, words);
  }

  /** Where it must be agreed to, it is shown then. */
  fillNotice(privacy, words) {
    this.notice.hidden = !privacy || privacy.consent;
    if (this.notice.hidden) return;
    this.show(this.noticeText, privacy.text);
    if (privacy.url !== this.noticeURL) {
      this.noticeURL = privacy.url;
      this.noticeMore.replaceChildren(...(privacy.url ? [moreAbout(privacy)] : []));
    }
    translate(this.noticeMore, words);
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
    const { open, waiting, state, words: when } = topic;
    const key = waiting > 0 ? (open ? 'waiting' : 'nobodyWaiting') : open ? 'openNow' : 'nobody';
    const line = state === 'closed' ? when ?? words.say('closedNow') : words.say(key, { n: words.numbers.format(waiting) });
    write(button.children[1], line);
    button.classList.toggle('is-open', open);
    button.classList.toggle('is-shut', !takesChats(topic));
  }
}
