// The reactors of a process.

/// A fixed number of reactors, one for each core as a rule.
package final class ReactorGroup: Sendable {
    /// `reactors[i].index == i`.
    package let reactors: [Reactor]

    /// Makes and starts `count` (1 to 256) reactors.
    package init(count: Int, configuration: ReactorConfiguration = ReactorConfiguration()) throws(NetError) {
        precondition(count >= 1 && count <= 256, "1 to 256 reactors")
        var reactors: [Reactor] = []
        for index in 0..<count {
            do {
                reactors.append(try Reactor(index: index, configuration: configuration))
            } catch {
                for reactor in reactors { reactor.stop() }
                throw error
            }
        }
        self.reactors = reactors
    }

    /// Connections that hold a descriptor, those that are being closed included.
    package var connectionCount: Int {
        reactors.reduce(0) { $0 + $1.connectionCount }
    }

    /// Closes all connections in order and waits for it; what has not gone after the time is cut off with
    /// `.shutDown`. When it returns, all reactors have stopped and nothing is called any more. Blocks: not on a reactor.
    package func shutDown(withinMilliseconds limit: Int) {
        precondition(!reactors.contains { $0.isOnReactor }, "a reactor cannot wait for itself")
        for reactor in reactors { reactor.leave() }
        let deadline = MonotonicClock.milliseconds() + UInt64(max(limit, 0))
        for reactor in reactors {
            let now = MonotonicClock.milliseconds()
            let isLeft = reactor.waitUntilStopped(milliseconds: now < deadline ? Int(deadline - now) : 0)
            if !isLeft { reactor.stop() }
        }
        for reactor in reactors where !reactor.waitUntilStopped(milliseconds: 5_000) {
            preconditionFailure("a reactor's owner blocks it")
        }
    }
}
