// The conversation's part of the page: strip, words, questions, composer, the end. Fetched when it is needed.

import * as acts from './acts.js';
import { count, holdEnd } from './phrases.js';
import { Inquiries } from './inquiries.js';
import { plain } from './reading.js';
import { read, write as keep } from './shell.js';
import { saveTranscript } from './transcript.js';
import { AnswersView } from './view/answers.js';
import { ClosedView } from './view/closed.js';
import { ComposerView } from './view/composer.js';
import { ConsentView } from './view/consent.js';
import { DelayView } from './view/delay.js';
import { el, icon, write } from './view/dom.js';
import { EndedView } from './view/ended.js';
import { FilesView } from './view/files.js';
import { InquiryForm, InquiryLeft } from './view/inquiry.js';
import { IntakeView } from './view/intake.js';
import { LogView } from './view/log.js';
import { show } from './view/readable.js';
import { RequiredView } from './view/required.js';
import { StripView } from './view/strip.js';
import { SuggestionsView } from './view/suggestions.js';
import { ReceiptsView, ThreadView } from './view/thread.js';

const NEAR_END_PIXELS = 80;
const EDGE_PIXELS = 16;
/** Of this tab, like the chat: on a shared computer the next person must not find them. */
const RECEIPTS = 'sangdam.receipts';

function savedReceipts() {
  try {
    return JSON.parse(read('sessionStorage', RECEIPTS));
  } catch {
    return null;
  }
}

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
    /** How the first view shows what it cannot show itself. */
    this.show = show;
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
      ontell: (intake) => act((link, now) => acts.tell(link, intake, now)),
      onskip: (isAll) => act((link) => acts.skipIntake(link, isAll)),
    });
    const onback = () => act((link) => acts.stepBack(link));
    const inquiries = new Inquiries(savedReceipts());
    const onclose = () => act((link) => inquiries.close(link));
    const onlook = () => act((link, now) => inquiries.look(link, now));
    const onread = (receipt) => act((link, now) => inquiries.read(link, receipt, now));
    // What was on its way before a reload goes on.
    act((link, now) => {
      link.inquiries = inquiries;
      link.pump(now);
    });
    /** What is in the way of a chat or in front of it, by the link's step. */
    this.steps = {
      closed: new ClosedView({
        onback, onchoose: ({ id, label }) => act((link, now) => link.choose(id, label, now)),
        onleave: (topic) => act((link) => inquiries.open(link, 'inquire', topic)),
      }),
      consent: new ConsentView({ onback, onagree: (version) => act((link, now) => acts.agree(link, version, now)) }),
      inquire: new InquiryForm({ onback: onclose, onsubmit: (draft) => act((link, now) => inquiries.submit(link, draft, now)) }),
      left: new InquiryLeft({
        onread: () => onread(inquiries.thread.receipt),
        ondone: () => act((link, now) => {
          inquiries.close(link);
          if (link.chat?.isOver) acts.startAnew(link, now);
        }),
      }),
      receipts: new ReceiptsView({ onread, onback: onclose }),
      thread: new ThreadView({
        onlook, onback: () => act((link) => inquiries.open(link, 'receipts')),
        onadd: (text) => act((link, now) => inquiries.add(link, text, now)),
      }),
      questions: new RequiredView({ onback, onanswer: (answers) => act((link, now) => acts.answerFirst(link, answers, now)) }),
    };
    this.delay = new DelayView();
    this.suggestions = new SuggestionsView({
      onhelped: (isHelped) => {
        act((link, now) => acts.takeSuggestion(link, isHelped, now));
        if (!isHelped) this.focus();
      },
    });
    this.ended = new EndedView({
      onsave, onrate: (score, comment) => act((link, now) => acts.rate(link, score, comment, now)),
      onanew: () => act((link, now) => acts.startAnew(link, now)),
    });
    this.composer = new ComposerView({
      onsay: (text) => {
        this.isAtEnd = true;
        act((link, now) => acts.say(link, text, now));
      },
      ontyping: (hasText) => act((link, now) => acts.typed(link, hasText, now)),
    });
    this.newWords = el(
      'button.new-words', { type: 'button', hidden: true, onclick: () => this.readOn() },
      el('span', { 'data-say': 'newWords' }), icon('m6 9 6 6 6-6'));
    // Not in the strip: on a small phone the keyboard leaves no room for it there.
    this.keepOpen = el('p.hint.keep-open', { hidden: true });
    this.instead = el('p.later', { hidden: true }, el('button.link', {
      type: 'button', 'data-say': 'inquiryInstead', onclick: () => act((link) => inquiries.open(link, 'inquire')),
    }));
    this.files = new FilesView({ onchange: () => shell.do(() => {}) });
    this.scroller = el(
      'div.talk', { onscroll: () => this.scrolled() }, this.keepOpen, this.instead, this.delay.element, this.suggestions.element,
      this.intake.element, this.answers.element, this.log.element, this.log.typing, this.ended.element);
    this.buildDialog();
    this.stage = el('div.stage', { hidden: true }, this.scroller, this.newWords);
    this.elements = [
      ...Object.values(this.steps).map(({ element }) => element), this.strip.element, this.stage, this.files.element, this.composer.element, this.dialog,
    ];
    // A soft keyboard that covers the page instead of shrinking it (iOS). Who zooms in makes the viewport small, too.
    visualViewport?.addEventListener('resize', () => {
      const height = Math.round(visualViewport.height * visualViewport.scale);
      document.documentElement.style.setProperty('--height', `${height}px`);
      shell.do(() => {});
    });
  }

  buildDialog() {
    this.dialogTitle = el('h2', { id: 'dialog-title' });
    this.dialogText = el('p', { id: 'dialog-text' });
    this.dialogYes = el('button.danger', { type: 'button', onclick: () => {
      const isMeant = this.isDialogTrue;
      this.dialog.close();
      if (isMeant) this.shell.do((link, now) => acts.leave(link, now));
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

  /** Whether the dialog still asks about what there is: leaving the queue is not ending a chat that just began. */
  get isDialogTrue() {
    const { chat } = this.shell.link;
    return Boolean(chat) && !chat.isOver && (chat.phase === 'active') === this.isDialogAboutChat;
  }

  render(link, words) {
    this.words = words;
    const chat = link.chat;
    this.stage.hidden = !chat;
    this.renderKeepOpen(chat);
    this.instead.hidden = chat?.phase !== 'waiting';
    this.keepReceipts(link.inquiries);
    const wasAnswering = this.intake.form.contains(document.activeElement);
    const steps = Object.values(this.steps);
    const views = [
      ...steps, this.strip, this.delay, this.suggestions, this.log, this.intake, this.answers, this.ended, this.files, this.composer,
    ];
    for (const view of views) view.render(link, words);
    if (wasAnswering && this.intake.form.hidden) this.focus();
    if (link.unsaid.length) this.composer.putBack(acts.takeUnsaid(link));
    if (this.dialog.open && !this.isDialogTrue) this.dialog.close();
    if (chat?.phase === 'active' && chat !== this.begun) {
      // The questions stood at the top until now; from here on one reads what comes.
      this.begun = chat;
      this.isAtEnd = true;
      // Who is asked for an answer is there.
      link.inquiries.close(link);
    }
    this.keepAtEnd();
    this.renderUnread(link);
  }

  keepReceipts({ known }) {
    if (known === this.keptReceipts) return;
    this.keptReceipts = known;
    keep('sessionStorage', RECEIPTS, JSON.stringify(known));
  }

  /** How long the rank outlives a telephone's sleep. A server that does not say so keeps it for some minutes. */
  renderKeepOpen(chat) {
    const waiting = chat?.waiting;
    const minutes = Math.floor((waiting?.hold ?? 0) / 60);
    this.keepOpen.hidden = !waiting || (waiting.onDuty && minutes === 0);
    write(this.keepOpen, minutes ? count(this.words, 'keepPlace', minutes) : this.words.say('keepOpen'));
  }

  /** What to say while the connection is lost and a rank is kept. */
  get lostPlaceWords() {
    const time = holdEnd(this.shell.link, this.words);
    return time && this.words.say('reconnectingPlace', { time });
  }

  /** What had the focus may be gone: it goes where one reads or writes on. */
  takeFocus(view) {
    if (this.steps[view]) return this.steps[view].heading.focus();
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
    this.composer.putBack(acts.takeBack(this.shell.link, id));
    this.composer.field.focus();
    this.shell.do(() => {});
  }

  /** Counts what came while nobody looked, and tells the agent what was seen. */
  renderUnread(link) {
    const { chat } = link;
    const isVisible = this.isVisible();
    const isAllShown = this.isAtEnd || this.isEndInSight;
    if ((isVisible && isAllShown) || !chat) this.readSeq = chat?.lastOtherSeq ?? 0;
    const isNew = ({ seq, from }) => seq > this.readSeq && from !== 'customer' && from !== 'event';
    const unread = chat?.entries.filter(isNew).length ?? 0;
    this.newWords.hidden = isAllShown || unread === 0;
    if (unread > 0 && !isVisible) document.title = `(${unread}) ${plain(this.desk())}`;
    if (unread !== this.unread) this.tellHost({ unread });
    this.unread = unread;
    if (isVisible && isAllShown && acts.hasUnseen(link)) this.shell.do(() => acts.sawAll(link));
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
