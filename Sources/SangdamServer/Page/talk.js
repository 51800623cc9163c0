// The conversation's part of the page: strip, words, questions, composer, the end. Fetched when it is needed.

import { saveTranscript } from './transcript.js';
import { AnswersView } from './view/answers.js';
import { ComposerView } from './view/composer.js';
import { el, icon, write } from './view/dom.js';
import { EndedView } from './view/ended.js';
import { IntakeView } from './view/intake.js';
import { LogView } from './view/log.js';
import { StripView } from './view/strip.js';

const NEAR_END_PIXELS = 80;
const EDGE_PIXELS = 16;

/** Nothing is shown before it has its looks. */
function loadStyles() {
  return new Promise((resolve, reject) => {
    const onerror = (event) => {
      link.remove();
      reject(event);
    };
    const link = el('link', { rel: 'stylesheet', href: 'talk.css', onload: resolve, onerror });
    document.head.append(link);
  });
}

export class Talk {
  /** @param {{shell: object, desk: () => string, isVisible: () => boolean, tellHost: (message: any) => void}} options */
  static async load(options) {
    await loadStyles();
    return new Talk(options);
  }

  constructor({ shell, desk, isVisible, tellHost }) {
    this.shell = shell;
    this.desk = desk;
    this.isVisible = isVisible;
    this.tellHost = tellHost;
    this.isAtEnd = true;
    /** The last chat that an agent has begun. */
    this.begun = null;
    this.readSeq = 0;
    const act = (event) => shell.do(event);
    const onsave = () => saveTranscript(shell.link, desk(), this.words);
    this.strip = new StripView({ onleave: () => this.confirmLeaving(), onsave });
    this.answers = new AnswersView();
    this.log = new LogView({ onedit: (id) => this.editAgain(id) });
    this.intake = new IntakeView({
      ontell: (intake) => act((link, now) => link.tell(intake, now)), onskip: (isAll) => act((link) => link.skipIntake(isAll)),
    });
    this.ended = new EndedView({
      onsave, onrate: (score, comment) => act((link, now) => link.rate(score, comment, now)),
      onanew: () => act((link, now) => link.startAnew(now)),
    });
    this.composer = new ComposerView({
      onsay: (text) => {
        this.isAtEnd = true;
        act((link, now) => link.say(text, now));
      },
      ontyping: (hasText) => act((link, now) => link.typed(hasText, now)),
    });
    this.newWords = el(
      'button.new-words', { type: 'button', hidden: true, onclick: () => this.readOn() },
      el('span', { 'data-say': 'newWords' }), icon('m6 9 6 6 6-6'));
    // Not in the strip: on a small phone the keyboard leaves no room for it there.
    this.keepOpen = el('p.hint.keep-open', { hidden: true, 'data-say': 'keepOpen' });
    this.scroller = el(
      'div.talk', { onscroll: () => this.scrolled() }, this.keepOpen, this.intake.element, this.answers.element,
      this.log.element, this.log.typing, this.ended.element);
    this.buildDialog();
    this.stage = el('div.stage', { hidden: true }, this.scroller, this.newWords);
    this.elements = [this.strip.element, this.stage, this.composer.element, this.dialog];
  }

  buildDialog() {
    this.dialogTitle = el('h2', { id: 'dialog-title' });
    this.dialogText = el('p', { id: 'dialog-text' });
    this.dialogYes = el('button.danger', { type: 'button', onclick: () => {
      const isMeant = this.isDialogTrue;
      this.dialog.close();
      if (isMeant) this.shell.do((link, now) => link.leave(now));
    } });
    this.dialog = el(
      'dialog', { 'aria-labelledby': 'dialog-title', 'aria-describedby': 'dialog-text' }, this.dialogTitle, this.dialogText,
      el('div.actions', {},
        el('button.primary', { type: 'button', 'data-say': 'keepGoing', onclick: () => this.dialog.close() }),
        this.dialogYes));
  }

  confirmLeaving() {
    const isActive = this.shell.link.chat?.phase === 'active';
    this.isDialogAboutChat = isActive;
    write(this.dialogTitle, this.words.say(isActive ? 'endTitle' : 'leaveTitle'));
    write(this.dialogText, this.words.say(isActive ? 'endText' : 'leaveText'));
    write(this.dialogYes, this.words.say(isActive ? 'end' : 'leaveQueue'));
    this.dialog.showModal();
  }

  /** Whether the dialog still asks about what there is: giving up a place is not ending a chat that just began. */
  get isDialogTrue() {
    const { chat } = this.shell.link;
    return Boolean(chat) && !chat.isOver && (chat.phase === 'active') === this.isDialogAboutChat;
  }

  render(link, words) {
    this.words = words;
    const chat = link.chat;
    this.stage.hidden = !chat;
    this.keepOpen.hidden = !chat?.place || chat.place.onDuty;
    const wasAnswering = this.intake.form.contains(document.activeElement);
    for (const view of [this.strip, this.log, this.intake, this.answers, this.ended, this.composer]) view.render(link, words);
    if (wasAnswering && this.intake.form.hidden) this.focus();
    if (link.unsaid.length) this.composer.putBack(link.takeUnsaid());
    if (this.dialog.open && !this.isDialogTrue) this.dialog.close();
    if (chat?.phase === 'active' && chat !== this.begun) {
      // The questions stood at the top until now; from here on one reads what comes.
      this.begun = chat;
      this.isAtEnd = true;
    }
    this.keepAtEnd();
    this.renderUnread(link);
  }

  /** What had the focus may be gone: it goes where one reads or writes on. */
  takeFocus(view) {
    const isWaiting = view === 'talk' && this.shell.link.chat.phase !== 'active';
    this.isAtEnd = !isWaiting;
    if (isWaiting) this.scroller.scrollTop = 0;
    this.keepAtEnd();
    if (view === 'ended') {
      this.scroller.scrollTop = this.ended.element.offsetTop - EDGE_PIXELS;
      this.ended.heading.focus({ preventScroll: true });
      return;
    }
    this.focus();
  }

  /** To where one writes; on a phone to where one reads, which its keyboard would cover. */
  focus() {
    if (matchMedia('(pointer: coarse)').matches) (this.log.isEmpty ? this.strip : this.log).focus();
    else if (!this.intake.form.hidden) this.intake.field.focus();
    else this.composer.field.focus();
  }

  editAgain(id) {
    this.composer.putBack(this.shell.link.takeBack(id));
    this.composer.field.focus();
    this.shell.do(() => {});
  }

  /** Counts what came while nobody looked, and tells the agent what was seen. */
  renderUnread({ chat, hasUnseen }) {
    const isVisible = this.isVisible();
    const isAllShown = this.isAtEnd || this.isEndInSight;
    if ((isVisible && isAllShown) || !chat) this.readSeq = chat?.lastOtherSeq ?? 0;
    const isNew = ({ seq, from }) => seq > this.readSeq && from !== 'customer' && from !== 'event';
    const unread = chat?.entries.filter(isNew).length ?? 0;
    this.newWords.hidden = isAllShown || unread === 0;
    if (unread > 0 && !isVisible) document.title = `(${unread}) ${this.desk()}`;
    if (unread !== this.unread) this.tellHost({ unread });
    this.unread = unread;
    if (isVisible && isAllShown && hasUnseen) this.shell.do((link) => link.sawAll());
  }

  /** Also when there is not enough to scroll. */
  get isEndInSight() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PIXELS;
  }

  scrolled() {
    this.isAtEnd = this.isEndInSight;
    if (this.isAtEnd) this.renderUnread(this.shell.link);
  }

  /** The button that was pressed is gone then. */
  readOn() {
    this.isAtEnd = true;
    this.keepAtEnd();
    this.renderUnread(this.shell.link);
    this.focus();
  }

  /** New words come into view only for those who read the newest. Before the first and after the last nothing moves. */
  keepAtEnd() {
    const { chat } = this.shell.link;
    if (!this.isAtEnd || !chat || chat.isOver || chat.entries.length === 0) return;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}
