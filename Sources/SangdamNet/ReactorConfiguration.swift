// The knobs of a reactor. The defaults are measured: a wake lingers so that traffic pays one thread wake-up for many
// messages, and every loop within a pass is bounded so that no connection starves the others.

package struct ReactorConfiguration: Sendable {
    /// How long a wake waits in epoll_wait for more after it had something to do. 0: not at all. Longer than the
    /// system's own ticks, so that a wait seldom has to set the machine's timer: at 20,000 messages a second that was a
    /// tenth of what one cost.
    package var lingerMilliseconds = 100
    /// After so many passes or milliseconds the wake returns to Dispatch, traffic or not.
    package var passesPerWake = 4_096
    package var millisecondsPerWake = 1_000
    /// Events taken from epoll in a pass.
    package var eventsPerPass = 256
    /// What a dialled connection may bring in a pass, in bytes; the rest waits for the next pass.
    package var bytesPerPass = 65_536
    /// The same for an accepted connection: a window of sixteen messages, two hundred of the shortest commands.
    package var acceptedBytesPerPass = 4_096
    /// Its share from then on, until it has nothing more to say: a flood costs the others some 100 µs a pass.
    package var floodingBytesPerPass = 1_024
    /// Handshake steps in a pass, taken when everything else of the pass has been done: one costs up to 130 µs, as much
    /// as a hundred messages.
    package var handshakeStepsPerPass = 8
    /// Connections accepted in a pass.
    package var acceptsPerPass = 32
    /// How the reactors' queues are named: "label.0", "label.1" …
    package var label = "sangdam.reactor"

    package init() {}
}
