// What libFuzzer calls with bytes that it invented. Whatever they are, nothing may trap, hang or grow, and how they are
// split must make no difference: every stream is read at once and in pieces, and both must give the same.

internal import SangdamCore
internal import SangdamWire

/// The first byte chooses the reader, the second the pieces, and the rest is the stream.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let data, count > 2 else { return 0 }
    let stream = [UInt8](UnsafeBufferPointer(start: data + 2, count: count - 2))
    let pieces = Pieces(seed: data[1])
    // The letters stand in the seeds of fuzz.sh.
    switch data[0] {
    case UInt8(ascii: "w"): same(stream, pieces) { WebSocketProbe(takesBinary: data[1] % 2 == 0) }
    case UInt8(ascii: "h"): same(stream, pieces) { HeadProbe() }
    case UInt8(ascii: "u"): runHTTP(stream, pieces)
    case UInt8(ascii: "l"):
        same(stream, pieces) { SessionProbe(applicationProtocol: data[1] % 2 == 0 ? "sangdam/1" : nil) }
    case UInt8(ascii: "s"): same(stream, pieces) { SessionProbe.webSocket() }
    case UInt8(ascii: "b"): runBrowser(stream, pieces)
    case UInt8(ascii: "j"): checkJSON(stream)
    default: return -1  // Not to be kept as a seed.
    }
    return 0
}

/// Something that reads a stream and remembers what came of it.
protocol Probe {
    associatedtype Outcome: Equatable
    var outcome: Outcome { get }
    mutating func receive(_ bytes: UnsafeRawBufferPointer)
}

private func same<Reader: Probe>(_ stream: [UInt8], _ pieces: Pieces, _ make: () -> Reader) {
    var whole = make()
    stream.withUnsafeBytes { whole.receive($0) }
    var parts = make()
    pieces.cut(stream) { parts.receive($0) }
    precondition(whole.outcome == parts.outcome, "the pieces made a difference")
}

/// Sizes from 1 to 64, mostly small. SplitMix64, as in the tests.
struct Pieces {
    private var state: UInt64

    init(seed: UInt8) {
        state = UInt64(seed)
    }

    /// Hands out the stream piece by piece.
    func cut(_ stream: [UInt8], _ take: (UnsafeRawBufferPointer) -> Void) {
        var sizes = self
        var left = stream[...]
        while !left.isEmpty {
            // Memory of its own, so that a sanitizer sees every step beyond.
            let piece = Array(left.prefix(sizes.next()))
            left = left.dropFirst(piece.count)
            piece.withUnsafeBytes(take)
        }
    }

    private mutating func next() -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return Int(1 + mixed % (mixed >> 32 % 4 == 0 ? 64 : 5))
    }
}
