// The table of addresses: who gets in, who does not, and what is forgotten.

import Glibc
import Testing

@testable import SangdamNet

@Suite struct AddressLimiterTests {
    private func limits(
        perAddress: Int = 3, perMinute: Int = 5, maximum: Int = 100, exempt: Bool = true
    ) -> ConnectionLimits {
        var limits = ConnectionLimits()
        limits.connectionsPerAddress = perAddress
        limits.connectionsPerAddressMinute = perMinute
        limits.maximumConnections = maximum
        limits.exemptLoopback = exempt
        return limits
    }

    private func address(_ text: String) -> SocketAddress {
        var storage = sockaddr_storage()
        if text.contains(":") {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            inet_pton(AF_INET6, text, &address.sin6_addr)
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: sockaddr_in6.self) }
        } else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            inet_pton(AF_INET, text, &address.sin_addr)
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: sockaddr_in.self) }
        }
        return SocketAddress(storage)
    }

    @Test func refusesTooManyAtOnceAndAdmitsAgainAfterOneLeft() {
        var limiter = AddressLimiter(limits: limits())
        let peer = address("192.0.2.1")
        for _ in 0..<3 { #expect(limiter.admit(peer, atMilliseconds: 0) == .counted) }
        #expect(limiter.admit(peer, atMilliseconds: 0) == .refused(.perAddress))
        #expect(limiter.admit(address("192.0.2.2"), atMilliseconds: 0) == .counted)
        limiter.release(peer, .counted)
        #expect(limiter.admit(peer, atMilliseconds: 0) == .counted)
        #expect(limiter.openConnections == 4)
    }

    @Test(arguments: [
        // When five connections came, when the sixth tries, whether it gets in: 5 a minute.
        (came: UInt64(0), tries: UInt64(59_999), answer: Admission.refused(.perMinute)),
        (came: 0, tries: 120_000, answer: .counted),
        (came: 1_000, tries: 61_000, answer: .refused(.perMinute)),  // the window began with the first: all still weigh
        (came: 1_000, tries: 75_000, answer: .counted),  // a quarter of the old window no longer counts
    ])
    func countsAMinute(came: UInt64, tries: UInt64, answer: Admission) {
        var limiter = AddressLimiter(limits: limits())
        let peer = address("192.0.2.1")
        for _ in 0..<5 {
            #expect(limiter.admit(peer, atMilliseconds: came) == .counted)
            limiter.release(peer, .counted)
        }
        #expect(limiter.admit(peer, atMilliseconds: tries) == answer)
    }

    @Test func neverAdmitsTwiceTheMinuteAcrossABoundary() {
        var limiter = AddressLimiter(limits: limits(perAddress: 1_000, perMinute: 100, maximum: 10_000))
        let peer = address("192.0.2.1")
        #expect(limiter.admit(peer, atMilliseconds: 0) == .counted)
        var admitted = 0
        for time in stride(from: UInt64(50_000), to: 70_000, by: 50) {
            if limiter.admit(peer, atMilliseconds: time) == .counted { admitted += 1 }
        }
        #expect(admitted < 125)
        #expect(admitted >= 99)
    }

    @Test func exemptsLoopbackButNotFromTheMaximum() {
        var limiter = AddressLimiter(limits: limits(maximum: 10))
        for text in ["127.0.0.1", "::1", "::ffff:127.0.0.2"] {
            let peer = address(text)
            #expect(peer.isLoopback)
            for _ in 0..<3 { #expect(limiter.admit(peer, atMilliseconds: 0) == .exempt) }
        }
        #expect(limiter.rememberedAddresses == 0)
        #expect(limiter.admit(address("127.0.0.1"), atMilliseconds: 0) == .exempt)
        #expect(limiter.admit(address("127.0.0.1"), atMilliseconds: 0) == .refused(.atCapacity))
        var strict = AddressLimiter(limits: limits(exempt: false))
        for _ in 0..<3 { #expect(strict.admit(address("127.0.0.1"), atMilliseconds: 0) == .counted) }
        #expect(strict.admit(address("127.0.0.1"), atMilliseconds: 0) == .refused(.perAddress))
    }

    @Test func countsIPv6ByItsNetworkAndMappedAddressesAsIPv4() {
        var limiter = AddressLimiter(limits: limits())
        for host in ["2001:db8::1", "2001:db8::2", "2001:db8::3"] {
            #expect(limiter.admit(address(host), atMilliseconds: 0) == .counted)
        }
        #expect(limiter.admit(address("2001:db8::4"), atMilliseconds: 0) == .refused(.perAddress))
        #expect(limiter.admit(address("2001:db8:0:1::4"), atMilliseconds: 0) == .counted)
        #expect(address("::ffff:192.0.2.1").description == "192.0.2.1:0")
        #expect(address("2001:db8::1").description == "[2001:db8::1]:0")
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8:0:0::/64"),
        ("2001:db8:0:0:ffff::2", "2001:db8:0:0::/64"), ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("::1", "0:0:0:0::/64"),
    ])
    func theKeyOfLimitsIsTextToo(host: String, key: String) {
        #expect(address(host).limitKey == key)
    }

    /// Whoever was let in is counted off as it was counted, whatever the limits have become.
    @Test func replacedLimitsHoldForNewcomers() {
        var limiter = AddressLimiter(limits: limits())
        let (here, peer) = (address("127.0.0.1"), address("192.0.2.1"))
        for _ in 0..<2 { #expect(limiter.admit(here, atMilliseconds: 0) == .exempt) }
        for _ in 0..<3 { #expect(limiter.admit(peer, atMilliseconds: 0) == .counted) }
        limiter.limits = limits(perAddress: 2, exempt: false)
        #expect(limiter.admit(peer, atMilliseconds: 0) == .refused(.perAddress))
        for _ in 0..<2 { #expect(limiter.admit(here, atMilliseconds: 0) == .counted) }
        for _ in 0..<2 { limiter.release(here, .exempt) }
        #expect(limiter.admit(here, atMilliseconds: 0) == .refused(.perAddress))
        limiter.limits = limits(maximum: 1)
        #expect(limiter.admit(here, atMilliseconds: 0) == .refused(.atCapacity))
        for _ in 0..<2 { limiter.release(here, .counted) }
        for _ in 0..<3 { limiter.release(peer, .counted) }
        #expect(limiter.openConnections == 0)
        limiter.limits = limits(perAddress: 2, exempt: false)
        for _ in 0..<2 { #expect(limiter.admit(here, atMilliseconds: 0) == .counted) }
        #expect(limiter.admit(here, atMilliseconds: 0) == .refused(.perAddress))
    }

    @Test func aFullTableForgetsWhoHasNothingOpen() {
        var limiter = AddressLimiter(limits: limits(), maximumEntries: 4)
        for host in 1...4 {
            #expect(limiter.admit(address("192.0.2.\(host)"), atMilliseconds: 0) == .counted)
        }
        #expect(limiter.admit(address("192.0.2.9"), atMilliseconds: 0) == .refused(.atCapacity))
        limiter.release(address("192.0.2.1"), .counted)
        #expect(limiter.admit(address("192.0.2.9"), atMilliseconds: 0) == .counted)
        #expect(limiter.rememberedAddresses == 4)
    }
}
