// What the server says, read for the little that a load generator must know. One value is reused for all lines, so
// that the messages that are counted cost no allocation.

package import SangdamCore
internal import SangdamJSON

/// One line of the server. Fields that a line does not have are empty.
package struct ServerLine: Sendable {
    /// The types that mean something here.
    package enum Kind: Sendable, Equatable {
        case message, ack, welcome, status, queued, started, ended, ok, error, bye
        /// Anything else: says nothing that must be known.
        case other
    }

    package private(set) var kind = Kind.other
    package private(set) var chat: ChatID?
    package private(set) var seq: UInt64 = 0
    package private(set) var isFromCustomer = false
    /// The id as a number of ours; nil when there is none or when it is none of ours.
    package private(set) var number: UInt32?
    package private(set) var text: [UInt8] = []
    /// `started` to a customer: the agent's name.
    package private(set) var agent: String?
    package private(set) var isWrappingUp = false
    /// `ok`: what for.
    package private(set) var about: String?
    /// The server's own words: of `error` and `bye` the code and the sentence, of `ended` the reason.
    package private(set) var code: String?
    package private(set) var sentence: String?

    package init() {}

    /// Reads a line without its end. False: it is no JSON object with a type.
    package mutating func read(_ bytes: UnsafeRawBufferPointer) -> Bool {
        clear()
        do {
            var reader = JSONReader(bytes, fieldLimit: 256)
            var hasType = false
            try reader.beginObject()
            while let key = try reader.nextKey() {
                try take(key, &reader, &hasType)
            }
            try reader.end()
            return hasType
        } catch {
            return false
        }
    }

    private mutating func clear() {
        kind = .other
        chat = nil
        seq = 0
        isFromCustomer = false
        number = nil
        text.removeAll(keepingCapacity: true)
        agent = nil
        isWrappingUp = false
        about = nil
        code = nil
        sentence = nil
    }

    private mutating func take(
        _ key: JSONWord, _ reader: inout JSONReader, _ hasType: inout Bool
    ) throws(JSONFault) {
        switch (try reader.nextKind(), key) {
        case (.string, "type"):
            kind = try reader.withString { Kind($0) }
            hasType = true
        case (.string, "chat"): chat = try reader.chatID()
        case (.number, "seq"): seq = try reader.unsigned()
        case (.string, "from"): isFromCustomer = try reader.withString { $0.elementsEqual("customer".utf8) }
        case (.string, "id"): number = try reader.withString { SayTemplate.number($0) }
        case (.string, "text"): _ = try reader.withString { text.append(contentsOf: $0) }
        case (.string, "agent"): agent = try reader.text().string
        case (.bool, "wrapping_up"): isWrappingUp = try reader.bool()
        case (.string, "for"): about = try reader.text().string
        case (.string, "code"), (.string, "reason"): code = try reader.text().string
        case (.string, "message"): sentence = try reader.text().string
        default: try reader.skipValue()
        }
    }
}

extension ServerLine.Kind {
    fileprivate init(_ name: UnsafeRawBufferPointer) {
        switch name {
        case "message": self = .message
        case "ack": self = .ack
        case "welcome": self = .welcome
        case "status": self = .status
        case "queued": self = .queued
        case "started": self = .started
        case "ended": self = .ended
        case "ok": self = .ok
        case "error": self = .error
        case "bye": self = .bye
        default: self = .other
        }
    }
}

/// Lets a `switch` over bytes name words as literals.
private func ~= (word: StaticString, bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.elementsEqual(UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
}
