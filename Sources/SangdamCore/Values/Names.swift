// Names that come from configuration and accounts. Each kind has a type of its own, so that a topic cannot be passed
// where a queue is meant.

/// A name from the configuration or an account file: 1 to 64 bytes of `[A-Za-z0-9._-]`.
package struct Name<Kind>: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// For names that were checked before: from this program's own files and from literals.
    package init(_ text: String) {
        self.text = text
    }

    /// Nil when `text` is not a name.
    package init?(validating text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.text = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default:
            false
        }
    }

    package var description: String { text }

    package static func < (left: Name, right: Name) -> Bool { left.text < right.text }
}

extension Name: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self.init(value)
    }
}

package typealias TopicID = Name<Topic>
package typealias QueueID = Name<Queue>
package typealias AgentName = Name<Agent>

/// The languages that the desk speaks to customers.
package enum Language: String, Hashable, Sendable, CaseIterable {
    case korean = "ko"
    case english = "en"
    case japanese = "ja"
    case chinese = "zh"

    /// Reads a BCP 47 tag by its first subtag: `ko-KR` is Korean; nil when we do not speak it.
    package init?(tag: String) {
        let primary = tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
        self.init(rawValue: primary)
    }
}

/// Words of the configuration in several languages.
package struct Localised: Hashable, Sendable {
    package let byLanguage: [Language: String]

    package init(_ byLanguage: [Language: String]) {
        self.byLanguage = byLanguage
    }

    /// The words in `language`, or else in the first language of ko, en, ja, zh that there is.
    package func text(in language: Language) -> String {
        if let text = byLanguage[language] { return text }
        for other in Language.allCases {
            if let text = byLanguage[other] { return text }
        }
        return ""
    }
}

/// A message's name as its sender chose it: 1 to 64 bytes of UTF-8, kept without a heap object.
///
/// It makes `say` safe to repeat: a name that the chat has acknowledged is acknowledged again, not stored again.
///
/// Public only because the compiler inlines a function into another module if its type is: `package` does not do.
public struct ClientMessageID: Hashable, Sendable {
    package static let limitBytes = 64

    /// The bytes as they stand in memory, zeros behind them.
    @usableFromInline private(set) var words = InlineArray<8, UInt64>(repeating: 0)
    @usableFromInline let length: UInt8

    /// Nil when `bytes` is empty or longer than 64.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard (1...Self.limitBytes).contains(bytes.count) else { return nil }
        length = UInt8(truncatingIfNeeded: bytes.count)
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) }
    }

    /// Nil when `bytes` is empty or longer than 64.
    package init?(_ bytes: some Collection<UInt8>) {
        guard (1...Self.limitBytes).contains(bytes.count) else { return nil }
        length = UInt8(truncatingIfNeeded: bytes.count)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    package init?(_ text: String) {
        self.init(text.utf8)
    }

    package var utf8: [UInt8] { withUTF8 { Array($0) } }

    /// The bytes without a heap object; valid during the call only.
    @inlinable
    package func withUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        // In memory the words' bytes stand in the order of the text.
        withUnsafeBytes(of: words) { bytes in
            body(UnsafeBufferPointer(rebasing: bytes.bindMemory(to: UInt8.self)[..<Int(length)]))
        }
    }

    private var usedWords: Int { (Int(length) + 7) >> 3 }

    /// Two bytes that equal ids share and others seldom do, ids that count up in whatever form included.
    var fingerprint: UInt16 {
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        var mix = UInt64(length)
        for index in 0..<usedWords {
            mix = (mix ^ words[index]) &* factor
            mix ^= mix >> 29
        }
        return UInt16((mix &* factor) >> 48)
    }

    /// Whether they are the same bytes.
    public static func == (left: ClientMessageID, right: ClientMessageID) -> Bool {
        guard left.length == right.length else { return false }
        for index in 0..<left.usedWords where left.words[index] != right.words[index] {
            return false
        }
        return true
    }

    /// Feeds the bytes.
    public func hash(into hasher: inout Hasher) {
        for index in 0..<usedWords {
            hasher.combine(words[index])
        }
    }
}

/// The first 128 bits of SHA-256 of a resume token: what state and journal keep instead of the token, so that neither
/// lets its reader into a chat.
package struct TokenDigest: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
