// The line under the header: the position in the queue, or who one talks with; and the ways out.

import { ahead, estimate } from '../phrases.js';
import { el, icon, translate, write } from './dom.js';
import { show, showNamed } from './readable.js';

export class StripView {
  /** @param {{onleave: () => void, onsave: () => void}} options */
  constructor({ onleave, onsave }) {
    this.title = el('strong');
    this.detail = el('span');
    this.save = el(
      'button.quiet.save', { type: 'button', 'data-label': 'save', onclick: onsave },
      icon('M12 4v11m-5-5 5 5 5-5M5 20h14'), el('span', { 'data-say': 'save' }));
    this.leave = el('button.quiet.leave', { type: 'button', onclick: onleave });
    this.line = el('p', { role: 'status', tabIndex: -1 }, this.title, ' ', this.detail);
    this.element = el('section.strip', { hidden: true }, this.line, this.save, this.leave);
  }

  focus() {
    this.line.focus({ preventScroll: true });
  }

  render(link, words) {
    const chat = link.chat;
    this.element.hidden = !chat || chat.isOver;
    if (this.element.hidden) return;
    translate(this.element, words);
    const isActive = chat.phase === 'active';
    this.element.dataset.phase = chat.phase;
    this.save.hidden = !isActive;
    write(this.leave, words.say(isActive ? 'end' : 'leaveQueue'));
    if (isActive) {
      showNamed(this.title, words, 'chattingWith', chat.agent);
      show(this.detail, chat.isAgentAway ? words.say('agentIsAway') : (chat.label ?? words.say('chatting')));
    } else if (chat.waiting) {
      show(this.title, ahead(words, chat.waiting));
      show(this.detail, estimate(words, chat.waiting));
    } else {
      show(this.title, words.say('entering'));
      show(this.detail, chat.label ?? '');
    }
  }
}
