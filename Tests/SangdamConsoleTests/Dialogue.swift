// A table of what goes into the console's model and what comes out, one line each, as a person would write it down:
//
//     > {"type":"offer",…}      the server says
//     : /accept                 the agent types
//     @ 5                       so many seconds pass, in ticks of half a second
//     lost · connected · eof    the connection, standard input
//     < {"type":"accept",…}     expected: sent
//     = [1] text                expected: printed (without the time)
//     ! text                    expected: printed as a fault
//     connect · close · quit 0  expected: done
//     …                         whatever else this step did does not matter
//
// `$c1` stands for the id of chat 1, `$o1` for an offer's; `me-1` for the first of the console's own message ids. Every
// output must be expected, in order.

import SangdamConsole
import SangdamCore
import SangdamProtocol
import SangdamWire
import Testing

struct Dialogue {
    private(set) var model: ConsoleModel
    private var now: Moment
    private let idPrefix: String

    /// 2026-11-22T10:31:00Z.
    static let start = Instant(milliseconds: 1_795_343_460_000)

    init(language: ConsoleLanguage = .english, isInteractive: Bool = false, startsOnBreak: Bool = false) {
        let settings = ConsoleSettings(
            user: "kim", password: "secret", language: language, startsOnBreak: startsOnBreak,
            isInteractive: isInteractive)
        model = ConsoleModel(settings: settings, seed: 7)
        now = Moment(wall: Self.start, steady: Instant(milliseconds: 1_000_000))
        idPrefix = model.ownIDPrefix
    }

    /// Starts, connects, logs in and has the chats settled; none of it is looked at.
    mutating func logIn() {
        _ = run("start")
        _ = run("connected")
        _ = run(Self.welcome)
        _ = run(Self.topics)
        _ = run(#"> {"type":"ok","for":"status"}"#)
    }

    static let welcome =
        #"> {"type":"welcome","session":"x","lang":"en","protocol":1,"agent":{"name":"kim","role":"agent","status":"break","after_chats":null,"capacity":3,"auto_accept":false,"cause":"signed_in"}}"#
    static let topics =
        #"> {"type":"topics","topics":[{"id":"refund","label":"Refunds","queue":"money","open":true,"waiting":1},{"id":"other","label":"Other","queue":"general","open":false,"waiting":0}]}"#

    static func chat(_ number: Int) -> ChatID { ChatID(high: 1 << 40, low: UInt64(number)) }

    /// Offers are born with the clock of the tests, so that `expires` makes sense.
    static func offer(_ number: Int) -> OfferID {
        OfferID(high: UInt64(start.milliseconds) << 16, low: UInt64(number))
    }

    private func expanded(_ line: String) -> String {
        var line = line
        for number in 1...9 {
            line = line.replacing("$c\(number)", with: Self.chat(number).description)
            line = line.replacing("$o\(number)", with: Self.offer(number).description)
        }
        return line.replacing("me-", with: idPrefix + "-")
    }

    /// Runs one input and gives its outputs as lines of the table, ids abbreviated again.
    mutating func run(_ input: String) -> [String] {
        let effects: [ConsoleEffect]
        if input.hasPrefix("> ") {
            do {
                let line = Array(expanded(String(input.dropFirst(2))).utf8)
                let message = line.withUnsafeBytes { bytes in
                    Result { () throws(ServerMessageFault) in try HeardMessage(line: bytes) }
                }
                effects = model.received(try message.get(), at: now)
            } catch {
                effects = model.receivedUnreadable(error, at: now)
            }
        } else if input.hasPrefix(": ") {
            effects = model.typed(String(input.dropFirst(2)), at: now)
        } else if input.hasPrefix("@ "), let seconds = Double(input.dropFirst(2)) {
            var all: [ConsoleEffect] = []
            for _ in 0..<max(1, Int(seconds * 2)) {
                pass(milliseconds: 500)
                all += model.tick(at: now)
            }
            effects = all
        } else {
            switch input {
            case "start": effects = model.start(at: now)
            case "connected": effects = model.connected(at: now)
            case "lost": effects = model.connectionLost("reset", at: now)
            case "unreachable":
                effects = model.connectionFailed(.refused("refused"), address: "h:1", caFile: nil, at: now)
            case "untrusted":
                effects = model.connectionFailed(
                    .untrusted("self-signed certificate"), address: "h:1", caFile: "ca.pem", at: now)
            case "eof": effects = model.inputEnded(at: now)
            case "login":
                logIn()
                effects = []
            default:
                Issue.record("no such input: \(input)")
                effects = []
            }
        }
        return effects.map(abbreviated)
    }

    mutating func pass(milliseconds: Int64) {
        let interval = Interval(milliseconds: milliseconds)
        now = Moment(wall: now.wall + interval, steady: now.steady + interval)
    }

    private func abbreviated(_ effect: ConsoleEffect) -> String {
        switch effect {
        case .connect: return "connect"
        case .close: return "close"
        case .quit(let code): return "quit \(code)"
        case .print(let line):
            let text = line.rendered { _ in "" }
            let mark = line.channel == .fault ? "! " : "= "
            return mark + (line.at == nil ? text : text.trimmedOfBlanks) + (line.rings ? " (bell)" : "")
        case .send(let bytes):
            var line = String(decoding: bytes, as: UTF8.self)
            #expect(line.hasSuffix("\n"))
            line.removeLast()
            for number in 1...9 {
                line = line.replacing(Self.chat(number).description, with: "$c\(number)")
                line = line.replacing(Self.offer(number).description, with: "$o\(number)")
            }
            return "< " + line.replacing(idPrefix + "-", with: "me-")
        }
    }

    private static func isInput(_ line: String) -> Bool {
        [">", ":", "@"].contains(String(line.prefix(1)))
            || ["start", "connected", "lost", "unreachable", "untrusted", "eof", "login"].contains(line)
    }

    /// Plays the table and records an issue for each step that does something else.
    mutating func play(_ table: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let lines = table.split(separator: "\n").map(String.init).filter { !$0.allSatisfy { $0 == " " } }
        var place = 0
        while place < lines.count {
            let input = lines[place]
            place += 1
            var expected: [String] = []
            while place < lines.count, !Self.isInput(lines[place]) {
                expected.append(lines[place])
                place += 1
            }
            var actual = run(input)
            if expected.last == "…" {
                expected.removeLast()
                actual = Array(actual.prefix(expected.count))
            }
            #expect(actual == expected, "after: \(input)", sourceLocation: sourceLocation)
        }
    }
}

/// Plays a table on a new console.
func play(
    _ table: String, language: ConsoleLanguage = .english, isInteractive: Bool = false, startsOnBreak: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    var dialogue = Dialogue(language: language, isInteractive: isInteractive, startsOnBreak: startsOnBreak)
    dialogue.play(table, sourceLocation: sourceLocation)
}
