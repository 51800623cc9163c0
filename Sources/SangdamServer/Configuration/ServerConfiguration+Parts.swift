// The configuration as each part of the server wants it.

internal import Foundation
internal import SangdamCore
internal import SangdamJournal
internal import SangdamNet
internal import SangdamWire

/// For everything but connections of the chat port: files, reactors, the admin port's at most 256 connections.
let reservedDescriptors = 320

extension ServerConfiguration {
    var wireConfiguration: WireConfiguration {
        WireConfiguration(
            deskName: desk.name, jsonLineLimitBytes: wire.messageBytes, handLineLimitBytes: wire.handLineBytes,
            textLimitBytes: desk.limits.textBytes, handLatch: wire.handLatch, helloTimeout: wire.firstBytes,
            web: webRules)
    }

    private var webRules: WebRules {
        var site = HTTPSite(
            parts: PageParts.all(named: desk.name),
            handshake: WebSocketHandshake(subprotocol: "sangdam.v1", allowedOrigins: Set(web.allowedOrigins)))
        site.frameAncestors = web.frameAncestors
        site.strictTransportSeconds = web.strictTransportSeconds > 0 ? web.strictTransportSeconds : nil
        var rules = WebRules(site: site)
        rules.http.headLimitBytes = wire.httpHeadBytes
        rules.http.fieldLimit = wire.httpFields
        rules.http.headTimeout = wire.firstBytes
        rules.webSocket.messageLimitBytes = wire.messageBytes
        rules.webSocket.fragmentLimit = wire.messageFragments
        rules.webSocket.controlFramesPerSecond = wire.controlFramesPerSecond
        return rules
    }

    var connectionLimits: ConnectionLimits { connectionLimits(descriptors: descriptorLimit()) }

    /// - Parameter descriptors: how many file descriptors the process may have.
    func connectionLimits(descriptors: Int) -> ConnectionLimits {
        var limits = ConnectionLimits()
        limits.handshakeMilliseconds = Int(clamping: net.handshake.milliseconds)
        limits.unsentBytes = net.unsentBytes
        limits.connectionsPerAddress = net.connectionsPerAddress
        limits.connectionsPerAddressMinute = net.connectionsPerAddressPerMinute
        limits.exemptLoopback = net.exemptsLoopback
        // The journal, accounts and admin port need descriptors too: a flood must not take the last.
        let wanted = net.connections == 0 ? limits.maximumConnections : net.connections
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
