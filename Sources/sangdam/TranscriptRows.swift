// How `sangdam transcript` shows chats and verifications: a table or sentences for people, JSON for programs.

import Glibc
import SangdamCore
import SangdamJSON
import SangdamJournal
import SangdamWire

/// Instants in the local time zone, to the second.
struct LocalTimes {
    /// The zone's name, such as `KST` or `UTC`.
    let zone: String

    init() {
        tzset()
        zone = Self.format(time(nil), "%Z")
    }

    func text(_ instant: Instant) -> String {
        let seconds = instant.milliseconds / 1000 - (instant.milliseconds % 1000 < 0 ? 1 : 0)
        return Self.format(time_t(seconds), "%Y-%m-%d %H:%M:%S")
    }

    private static func format(_ seconds: time_t, _ pattern: String) -> String {
        var seconds = seconds
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return "?" }
        var characters = [CChar](repeating: 0, count: 64)
        let count = strftime(&characters, characters.count, pattern, &parts)
        return String(decoding: characters[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension String {
    /// With spaces up to so many columns of a terminal.
    func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - TerminalText.width(self)))
    }
}

/// One chat in the list.
enum ChatRow {
    static func heading(zone: String) -> String {
        row(
            "CHAT", "RECEIPT", "OPENED (\(zone))", "ENDED (\(zone))", "QUEUE", "TOPIC", "LANG", "MESSAGES", "STATE",
            "AGENTS")
    }

    static func text(_ chat: ChatSummary, time: (Instant) -> String) -> String {
        row(
            chat.id.description, chat.receipt.description, time(chat.openedAt), chat.endedAt.map(time) ?? "-",
            chat.queue?.text ?? "-", chat.topic.text, chat.language.rawValue, String(chat.messages),
            chat.endReason?.rawValue ?? chat.inquiry?.rawValue ?? "-",
            chat.agents.isEmpty ? "-" : chat.agents.map(\.text).joined(separator: ","))
    }

    private static let widths = [26, 14, 19, 19, 16, 16, 4, 8, 13, 0]

    private static func row(_ cells: String...) -> String {
        var row = ""
        for (cell, width) in zip(cells, widths) {
            if !row.isEmpty { row += "  " }
            row += cell.padded(to: width)
        }
        return row
    }

    static func json(_ chat: ChatSummary) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("chat")
        writer.string(chat.id)
        writer.key("receipt")
        writer.string(chat.receipt.description)
        writer.key("opened_at")
        writer.string(chat.openedAt)
        writer.key("ended_at")
        if let endedAt = chat.endedAt { writer.string(endedAt) } else { writer.null() }
        writer.key("topic")
        writer.string(chat.topic.text)
        writer.key("queue")
        if let queue = chat.queue { writer.string(queue.text) } else { writer.null() }
        writer.key("lang")
        writer.string(chat.language.rawValue)
        writer.key("agents")
        writer.beginArray()
        for agent in chat.agents { writer.string(agent.text) }
        writer.endArray()
        writer.key("messages")
        writer.number(chat.messages)
        writer.key("reason")
        if let reason = chat.endReason { writer.string(reason.rawValue) } else { writer.null() }
        if let inquiry = chat.inquiry {
            writer.key("inquiry")
            writer.string(inquiry.rawValue)
        }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// What a verification found.
enum VerificationText {
    static func lines(_ verification: Verification) -> [String] {
        guard let first = verification.firstNumber, let last = verification.lastNumber else {
            return ["The journal is sound: it has no line yet."]
        }
        var lines = [
            "The journal is sound: \(verification.lines) \(verification.lines == 1 ? "line" : "lines") in "
                + "\(verification.segments) \(verification.segments == 1 ? "segment" : "segments"), "
                + "numbers \(first) to \(last), the last at \(verification.lastAt?.rfc3339 ?? "-")."
        ]
        if first > 1 { lines.append("Lines before number \(first) are not there: what they said is not verified.") }
        if verification.incompleteCheckpoints > 0 {
            lines.append("Checkpoints that a crash cut short, without harm: \(verification.incompleteCheckpoints).")
        }
        if verification.erasedLines > 0 {
            lines.append(
                "Lines whose words were erased: \(verification.erasedLines). Their hash is taken as it stands; what is "
                    + "left of them cannot be verified.")
        }
        for erasure in verification.erasures {
            let by = erasure.by.map { TerminalText.sanitised($0.string) } ?? "nobody that it names"
            lines.append("Line \(erasure.number) says so, at \(erasure.at.rfc3339), by \(by).")
        }
        if verification.unknownLines > 0 {
            lines.append("Lines of kinds that this version does not know: \(verification.unknownLines).")
        }
        if verification.unfinishedBytes > 0 {
            lines.append(
                "The last \(verification.unfinishedBytes) bytes are an unfinished line: a server is writing, or was "
                    + "stopped while it was; nothing of it was acknowledged.")
        }
        return lines
    }

    static func json(_ verification: Verification) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("sound")
        writer.bool(verification.isSound)
        writer.key("segments")
        writer.number(verification.segments)
        writer.key("lines")
        writer.number(verification.lines)
        writer.key("first")
        if let first = verification.firstNumber { writer.number(first) } else { writer.null() }
        writer.key("last")
        if let last = verification.lastNumber { writer.number(last) } else { writer.null() }
        writer.key("format")
        if let format = verification.format { writer.number(format) } else { writer.null() }
        writer.key("epoch")
        if let epoch = verification.epoch { writer.string(epoch.description) } else { writer.null() }
        writer.key("erased_lines")
        writer.number(verification.erasedLines)
        writer.key("erasures")
        writer.beginArray()
        for erasure in verification.erasures {
            writer.beginObject()
            writer.key("n")
            writer.number(erasure.number)
            writer.key("at")
            writer.string(erasure.at)
            writer.key("by")
            if let by = erasure.by { writer.string(by) } else { writer.null() }
            writer.endObject()
        }
        writer.endArray()
        writer.key("incomplete_checkpoints")
        writer.number(verification.incompleteCheckpoints)
        writer.key("unknown_lines")
        writer.number(verification.unknownLines)
        writer.key("unfinished_bytes")
        writer.number(Int(clamping: verification.unfinishedBytes))
        if case .damaged(let file, let line, let why) = verification.fault {
            writer.key("file")
            writer.string(file)
            writer.key("line")
            writer.number(line)
            writer.key("why")
            writer.string(why)
        }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
