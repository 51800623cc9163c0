// A connection's phases as a machine: what may follow what, read as a table and checked as a whole. That real
// connections keep to it is a precondition, which every other test of this target would trip over.

import Testing

@testable import SangdamNet

@Suite struct ConnectionPhaseTests {
    /// The ways that connections go, from the first phase to the last.
    static let ways: [(name: String, phases: [ConnectionPhase])] = [
        (
            "accepted, agreed, left",
            [.awaitingFirstByte, .handshaking, .open, .flushing, .sayingGoodbye, .draining, .dead]
        ),
        ("accepted without TLS, half-closed", [.handshaking, .open, .outputOnly, .flushing, .sayingGoodbye, .dead]),
        ("no TLS on a TLS port", [.awaitingFirstByte, .flushing, .sayingGoodbye, .draining, .dead]),
        ("no common cipher", [.awaitingFirstByte, .handshaking, .flushing, .sayingGoodbye, .draining, .dead]),
        ("reset while it was open", [.awaitingFirstByte, .handshaking, .open, .dead]),
        ("dialled, the second address answers", [.resolving, .connecting, .connecting, .handshaking, .open, .dead]),
        ("no such name", [.resolving, .dead]),
        ("last words that nobody takes", [.open, .flushing, .dead]),
    ]

    @Test(arguments: ways.map(\.name)) func goesAlongTheTable(_ name: String) throws {
        let way = try #require(Self.ways.first { $0.name == name }).phases
        for (phase, next) in zip(way, way.dropFirst()) {
            #expect(phase.followers.contains(next), "\(phase) to \(next)")
        }
    }

    @Test func everyPhaseEndsAndNoneIsLeftOut() {
        for phase in ConnectionPhase.allCases where phase != .dead {
            #expect(phase.followers.contains(.dead), "\(phase) cannot be given up")
        }
        #expect(ConnectionPhase.dead.followers.isEmpty)
        #expect(Set(Self.ways.flatMap(\.phases)) == Set(ConnectionPhase.allCases))
    }

    @Test func theBitsSayWhatTheTableSays() {
        for phase in ConnectionPhase.allCases {
            #expect(Set(ConnectionPhase.allCases.filter(phase.isFollowed(by:))) == phase.followers, "\(phase)")
        }
    }

    /// Only trying the next address is a way back to where it was.
    @Test func noWayLeadsBack() {
        for phase in ConnectionPhase.allCases {
            var reached = phase.followers
            var fresh = reached
            while !fresh.isEmpty {
                fresh = Set(fresh.flatMap(\.followers)).subtracting(reached)
                reached.formUnion(fresh)
            }
            #expect(!reached.contains(phase) || phase == .connecting, "\(phase) comes again")
        }
    }

    @Test func nothingIsSentOnceTheOwnerIsGone() {
        for phase in ConnectionPhase.allCases where !phase.isOpen {
            let again = phase.followers.filter(\.isOpen)
            #expect(again.isEmpty || [.connecting, .handshaking].contains(phase), "\(phase) opens again")
        }
    }
}
