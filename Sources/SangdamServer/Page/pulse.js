// Whether the other end is still there: when to ask it, and when to give it up. Pure.

const QUIET = 25_000;
const PONG_LIMIT = 10_000;
/** Both, while something is unanswered: no dead line holds what was just written. */
const WAITING_LIMIT = 5_000;
/** When a network or a person came back. */
const WAKE_LIMIT = 3_000;

export class Pulse {
  constructor() {
    this.heardAt = 0;
    this.askedAt = 0;
    /** When a ping must have been answered; null while none is out. */
    this.answerBy = null;
  }

  heard(now) {
    this.heardAt = now;
    this.answerBy = null;
  }

  asked(now) {
    this.askedAt = now;
  }

  pinged(now, isWaiting) {
    this.answerBy = now + (isWaiting ? WAITING_LIMIT : PONG_LIMIT);
  }

  /** A ping that is out gets no more time by this, unless its time was slept through. */
  pingedAwake(now) {
    const by = now + WAKE_LIMIT;
    this.answerBy = this.answerBy > now ? Math.min(this.answerBy, by) : by;
  }

  /** When there is something to do: a ping to send, or a line to give up. */
  deadline(isWaiting) {
    if (this.answerBy !== null) return this.answerBy;
    return isWaiting ? Math.max(this.heardAt, this.askedAt) + WAITING_LIMIT : this.heardAt + QUIET;
  }
}
