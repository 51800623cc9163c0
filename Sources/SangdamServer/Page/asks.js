// Requests that the server has not answered. They are asked again after a lost connection or a refusal for lack of room,
// in their order; answers come in that order too.

/**
 * `isSent`: on this connection; `timesSent`: on any.
 * @typedef {{kind: string, message: object, isSent: boolean, timesSent: number}} Ask
 */

export class Asks {
  /** @param {Ask[]} saved what `snapshot()` gave before a reload */
  constructor(saved = []) {
    /** @type {Ask[]} */
    this.list = saved.map((ask) => ({ ...ask, isSent: false }));
  }

  /** Topics are left out: they are asked for anyway. */
  snapshot() {
    return this.list.filter(({ kind }) => kind !== 'topics');
  }

  add(kind, message) {
    this.list.push({ kind, message, isSent: false, timesSent: 0 });
  }

  /** @returns {Ask|undefined} what was asked, if it was */
  answered(kind) {
    const ask = this.find(kind);
    this.list = this.list.filter((other) => other !== ask);
    return ask;
  }

  /** @returns {string|undefined} which of these was asked first, and now no more */
  answeredFirst(...kinds) {
    const kind = this.list.find((ask) => ask.isSent && kinds.includes(ask.kind))?.kind;
    this.answered(kind);
    return kind;
  }

  /** Whether any is on its way. */
  get areOut() {
    return this.list.some((ask) => ask.isSent);
  }

  /** The answers that nobody has read. */
  get intakes() {
    return this.list.flatMap(({ kind, message }) => (kind === 'intake' ? Object.values(message.intake) : []));
  }

  /** @returns {Ask|undefined} the first of this kind */
  find(kind) {
    return this.list.find((ask) => ask.kind === kind);
  }

  drop(kind) {
    this.list = this.list.filter((ask) => ask.kind !== kind);
  }

  keepOnly(...kinds) {
    this.list = this.list.filter(({ kind }) => kinds.includes(kind));
  }

  sendAgain() {
    for (const ask of this.list) ask.isSent = false;
  }

  /** The messages that are to be sent now. */
  take(isReady) {
    const due = this.list.filter((ask) => !ask.isSent && isReady(ask.kind));
    for (const ask of due) {
      ask.isSent = true;
      ask.timesSent += 1;
    }
    return due.map(({ message }) => message);
  }
}
