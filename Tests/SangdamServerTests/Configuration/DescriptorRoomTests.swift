// How many file descriptors are enough to start, and when an operator is told that they are fewer than asked for.

import SangdamNet
import Testing

@testable import SangdamServer

@Suite("Room for connections")
struct DescriptorRoomTests {
    struct Row: Sendable {
        /// 0: the operator asks for no number.
        let connections: Int
        let descriptors: Int
        /// How many connections there may be then.
        let allowed: Int
        let warns: String?

        init(_ connections: Int, _ descriptors: Int, _ allowed: Int, _ warns: String? = nil) {
            (self.connections, self.descriptors, self.allowed, self.warns) = (connections, descriptors, allowed, warns)
        }
    }

    static let rows = [
        Row(0, 384, 64), Row(0, 1024, 704), Row(0, 20_319, 19_999), Row(0, 20_320, 20_000), Row(0, 65_536, 20_000),
        Row(0, .max, 20_000),
        Row(
            20_000, 1024, 704,
            """
            limits.connections is 20000, but the system allows 1024 file descriptors: 704 connections at most. Raise \
            LimitNOFILE or `ulimit -Hn`.
            """),
        Row(20_000, 20_319, 19_999, "19999 connections at most"), Row(20_000, 20_320, 20_000), Row(500, 1024, 500),
        Row(30_000, 65_536, 30_000), Row(5, 325, 5),
    ]

    @Test("Who asks for no number takes what there is; who asks for more than there is is told both", arguments: rows)
    func warning(row: Row) {
        var configuration = ServerConfiguration()
        configuration.connections = row.connections
        #expect(configuration.connectionLimits(descriptors: row.descriptors).maximumConnections == row.allowed)
        #expect(configuration.descriptorFault(row.descriptors) == nil)
        let said = configuration.descriptorWarning(row.descriptors)
        if let warns = row.warns {
            #expect(said?.contains(warns) == true, "\(said ?? "nothing")")
        } else {
            #expect(said == nil)
        }
    }

    @Test(
        "Room for fewer than 64 connections, or than the fewer that are wanted, is no start",
        arguments: [
            (
                0, 383,
                """
                The system allows 383 file descriptors. 320 of them are for files and the admin port, so there is room for \
                63 connections. Raise LimitNOFILE or `ulimit -Hn` to 384 at least.
                """
            ),
            (0, 321, "room for 1 connection. "), (0, 256, "room for 0 connections. "),
            (20_000, 383, "to 384 at least."),
            (64, 383, "to 384 at least."), (5, 324, "room for 4 connections. Raise LimitNOFILE or `ulimit -Hn` to 325"),
        ])
    func fault(connections: Int, descriptors: Int, says: String) {
        var configuration = ServerConfiguration()
        configuration.connections = connections
        let said = configuration.descriptorFault(descriptors)
        #expect(said?.contains(says) == true, "\(said ?? "nothing")")
    }
}
