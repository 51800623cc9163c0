// The reactors of a process, and how all of this is used:
//
//   let group = try ReactorGroup(count: 2)
//   for reactor in group.reactors {
//       reactor.post { reactor in               // before the listener: posted work keeps its order
//           reactor.attachment = Batch()        // the owner's state for this reactor
//           reactor.onEndOfReading { reactor in … pass on what this pass's reads gathered … }
//       }
//   }
//   let tls = try TLSContext.server(certificateFile: "cert.pem", privateKeyFile: "key.pem")
//   let listener = try Listener(ListenerConfiguration(host: "127.0.0.1", port: 0, tls: tls) { connection in
//       Session(connection)                     // a ConnectionHandler
//   }, on: group)
//   …
//   group.reactors[id.reactorIndex].post { $0.connection(id)?.send(bytes) }   // from any other thread
//   …
//   group.shutDown(withinMilliseconds: 5_000)

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
    /// `.shutDown`. When it returns true, all reactors have stopped and nothing is called any more; false: an owner has
    /// blocked a reactor for 5 s beyond the time. Blocks: not on a reactor.
    @discardableResult
    package func shutDown(withinMilliseconds limit: Int) -> Bool {
        precondition(!reactors.contains { $0.isOnReactor }, "a reactor cannot wait for itself")
        for reactor in reactors { reactor.leave() }
        let deadline = MonotonicClock.milliseconds() + UInt64(max(limit, 0))
        for reactor in reactors {
            let now = MonotonicClock.milliseconds()
            let isLeft = reactor.waitUntilStopped(milliseconds: now < deadline ? Int(deadline - now) : 0)
            if !isLeft { reactor.stop() }
        }
        return reactors.allSatisfy { $0.waitUntilStopped(milliseconds: 5_000) }
    }
}
