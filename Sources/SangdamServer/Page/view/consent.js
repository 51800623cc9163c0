// Between the choice of a topic and the chat: what the customer is told about their data and must agree to.

import { el, moreAbout, translate } from './dom.js';
import { show } from './readable.js';

export class ConsentView {
  /** @param {{onagree: (version: string) => void, onback: () => void}} options */
  constructor({ onagree, onback }) {
    this.heading = el('h2', { 'data-say': 'consentTitle', tabIndex: -1 });
    this.topic = el('p.lead');
    this.text = el('p.notice', { dir: 'auto' });
    this.more = el('p');
    this.element = el(
      'div.page.consent-page', { hidden: true }, this.heading, this.topic,
      el('section.card', { 'aria-labelledby': 'consent-privacy' },
        el('h3', { id: 'consent-privacy', 'data-say': 'privacy' }), this.text, this.more),
      el('div.actions', {},
        // What is agreed to is what stands there, whatever the server says meanwhile.
        el('button.primary', { type: 'button', 'data-say': 'consentAgree', onclick: () => onagree(this.version) }),
        el('button', { type: 'button', 'data-say': 'back', onclick: onback })));
  }

  render({ chat, step, wish, privacy }, words) {
    this.element.hidden = Boolean(chat) || step !== 'consent';
    if (this.element.hidden) return;
    this.version = privacy.version;
    show(this.topic, wish.label);
    show(this.text, privacy.text);
    if (privacy.url !== this.url) {
      this.url = privacy.url;
      this.more.replaceChildren(...(privacy.url ? [moreAbout(privacy)] : []));
    }
    translate(this.element, words);
  }
}
