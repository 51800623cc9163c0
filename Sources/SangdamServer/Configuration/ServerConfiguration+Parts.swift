// What no setting alone says: parts that need the desk's name and the page's files, and how many connections the
// process has room for.

internal import Foundation
internal import SangdamCore
internal import SangdamJournal
internal import SangdamNet
internal import SangdamProtocol
internal import SangdamWire

/// For everything but connections of the chat port: files, reactors, the admin port's at most 256 connections.
let reservedDescriptors = 320

extension ServerConfiguration {
    var wireConfiguration: WireConfiguration {
        WireConfiguration(
            deskName: desk.name, limits: wire, hasFAQ: !faq.isEmpty,
            site: HTTPSite(
                parts: PageParts.all(named: desk.name, page: page),
                handshake: WebSocketHandshake(
                    subprotocol: WebSocketOpening.subprotocol, allowedOrigins: Set(web.allowedOrigins)),
                frameAncestors: web.frameAncestors,
                strictTransportSeconds: web.strictTransportSeconds > 0 ? web.strictTransportSeconds : nil))
    }

    var connectionLimits: ConnectionLimits { connectionLimits(descriptors: descriptorLimit()) }

    /// - Parameter descriptors: how many file descriptors the process may have.
    func connectionLimits(descriptors: Int) -> ConnectionLimits {
        var limits = net
        // The journal, accounts and admin port need descriptors too: a flood must not take the last.
        let wanted = connections == 0 ? limits.maximumConnections : connections
        limits.maximumConnections = min(wanted, max(1, descriptors - reservedDescriptors))
        return limits
    }
}

extension Durability {
    init(_ setting: DurabilitySetting) {
        switch setting {
        case .commit: self = .commit
        case .interval: self = .interval
        case .none: self = .none
        }
    }
}

/// Cores that this process may use: Foundation asks sched_getaffinity(2), which Glibc's module does not show.
func processorCount() -> Int {
    max(1, ProcessInfo.processInfo.activeProcessorCount)
}
