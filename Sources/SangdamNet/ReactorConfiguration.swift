// The knobs of a reactor. The defaults are measured: a wake lingers so that traffic pays one thread wake-up for many
// messages, and every loop within a turn is bounded so that no connection starves the others.

package struct ReactorConfiguration: Sendable {
    /// How long a wake waits in epoll_wait for more after it had something to do. 0: not at all. Longer than the system's
    /// own ticks, so that a wait seldom has to set the machine's timer: at 20,000 messages a second that was a tenth of
    /// what one cost.
    package var lingerMilliseconds = 100
    /// After so many turns or milliseconds the wake returns to Dispatch, traffic or not.
    package var turnsPerWake = 4_096
    package var millisecondsPerWake = 1_000
    /// Events taken from epoll in a turn.
    package var eventsPerTurn = 256
    /// What an outbound connection may bring in a turn, in bytes; the rest waits for the next turn.
    package var bytesPerTurn = 65_536
    /// The same for an accepted connection: a window of sixteen messages, two hundred of the shortest commands.
    package var acceptedBytesPerTurn = 4_096
    /// Its share from then on, until it has nothing more to say: a flood costs the others some 100 µs a turn.
    package var floodingBytesPerTurn = 1_024
    /// Handshake steps in a turn, taken when everything else of the turn has been done: one costs up to 130 µs, as much
    /// as a hundred messages.
    package var handshakeStepsPerTurn = 8
    /// Connections accepted in a turn.
    package var acceptsPerTurn = 32
    /// How the reactors' queues are named: "label.0", "label.1" …
    package var label = "sangdam.reactor"

    package init() {}
}
