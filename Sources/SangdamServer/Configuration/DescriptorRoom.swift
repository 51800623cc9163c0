// Whether the file descriptors that the system allows are enough for the connections that the configuration wants, and
// what to do when they are not. A process that raised its limit at start (SangdamNet) knows it for good.

internal import SangdamNet

extension ServerConfiguration {
    /// With room for fewer a server is of no use to anybody, and is better missed at start than by the second customer.
    private static let leastConnections = 64

    /// Why a server does not start; nil when it may. An operator who wants fewer connections than `leastConnections`
    /// may have them.
    /// - Parameter descriptors: how many file descriptors the process may have.
    func descriptorFault(_ descriptors: Int) -> String? {
        let room = max(0, descriptors - reservedDescriptors)
        let needed = connections == 0 ? Self.leastConnections : min(connections, Self.leastConnections)
        guard room < needed else { return nil }
        return """
            The system allows \(descriptors) file descriptors. \(reservedDescriptors) of them are for files and the \
            admin port, so there is room for \(room) \(room == 1 ? "connection" : "connections"). Raise LimitNOFILE or \
            `ulimit -Hn` to \(reservedDescriptors + needed) at least.
            """
    }

    /// Whether the process may have fewer connections than the configuration asks for, and what to do about it. Who
    /// asks for no number takes what there is.
    /// - Parameter descriptors: how many file descriptors the process may have.
    func descriptorWarning(_ descriptors: Int) -> String? {
        let allowed = connectionLimits(descriptors: descriptors).maximumConnections
        guard allowed < connections else { return nil }
        return """
            limits.connections is \(connections), but the system allows \(descriptors) file descriptors: \
            \(allowed) connections at most. Raise LimitNOFILE or `ulimit -Hn`.
            """
    }

    /// What a start out of the same surroundings would say of file descriptors. A service manager may allow another
    /// number than the shell in which this is asked.
    var descriptorWarnings: [String] {
        let descriptors = highestDescriptorLimit()
        if let fault = descriptorFault(descriptors) { return ["a start from here would fail: \(fault)"] }
        return descriptorWarning(descriptors).map { [$0] } ?? []
    }
}
