// The stations of a customer's message, each by itself: what `relay.sh` measures as one figure, apart.

import Benchmark
import SangdamCore
import SangdamWire

@testable import SangdamJournal

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .instructions], timeUnits: .nanoseconds, scalingFactor: .kilo)

    Benchmark("1 decode a say") { benchmark in
        var (wire, output) = programSession()
        let line = Array(#"{"type":"say","id":"0000002a","text":"\#(OpenChat.text.string)"}"#.utf8) + [10]
        var commands = 0
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            line.withUnsafeBytes { bytes in
                wire.receive(bytes, at: noon, output: &output) { inbound in
                    if case .command = inbound { commands += 1 }
                }
            }
        }
        benchmark.stopMeasurement()
        precondition(commands == benchmark.scaledIterations.count, "each line is a command")
    }

    Benchmark("2 decide on a say") { benchmark in
        var chat = OpenChat()
        _ = chat.sample()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { chat.say() }
        benchmark.stopMeasurement()
        _ = chat.sample()
    }

    Benchmark("3 encode a journal line, linked") { benchmark in
        var chat = OpenChat()
        let record = chat.sample().record
        var encoder = LineEncoder(nextNumber: 1, previous: .origin)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4096)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            bytes.removeAll(keepingCapacity: true)
            encoder.append(record, to: &bytes)
        }
        benchmark.stopMeasurement()
        precondition(bytes.last == 10, "a line")
    }

    Benchmark("4 link a line (SHA-256)") { benchmark in
        var chat = OpenChat()
        var line: [UInt8] = []
        var encoder = LineEncoder(nextNumber: 1, previous: .origin)
        encoder.append(chat.sample().record, to: &line)
        // The link is over what stands in front of it.
        let end = line.count - #","h":"00000000000000000000000000000000"}"#.utf8.count - 1
        var link = ChainLink.origin
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            link = line.withUnsafeBytes { ChainLink(after: link, line: UnsafeRawBufferPointer(rebasing: $0[..<end])) }
        }
        benchmark.stopMeasurement()
        blackHole(link)
    }

    Benchmark("5 encode a message") { benchmark in
        var chat = OpenChat()
        encode(chat.sample().message, benchmark)
    }

    Benchmark("6 encode an ack") { benchmark in
        var chat = OpenChat()
        encode(chat.sample().ack, benchmark)
    }
}

private let noon = Instant(milliseconds: 1_795_348_800_000)

/// A session that speaks JSON lines and has said hello, and its empty output.
private func programSession() -> (WireSession, [UInt8]) {
    var wire = WireSession(
        configuration: WireConfiguration(deskName: Localised([:])), applicationProtocol: "sangdam/1", at: noon)
    var output: [UInt8] = []
    let hello = Array(#"{"type":"hello","role":"customer"}"#.utf8) + [10]
    hello.withUnsafeBytes { wire.receive($0, at: noon, output: &output) { _ in } }
    output.removeAll()
    output.reserveCapacity(4096)
    return (wire, output)
}

/// Into a buffer that is emptied each time, as a connection's is.
private func encode(_ outbound: ServerMessage, _ benchmark: Benchmark) {
    var (wire, output) = programSession()
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
        output.removeAll(keepingCapacity: true)
        wire.deliver(outbound, at: noon, output: &output) { _ in }
    }
    benchmark.stopMeasurement()
    precondition(output.last == 10, "a line")
}
