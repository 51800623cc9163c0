// The names of what the server says, for those who write and those who read them. Relied upon outside: add, never
// change.

internal import SangdamJSON

/// The `type` of a server's message.
package enum ServerMessageType: Sendable, CaseIterable {
    case message, ack, typing, seen, party, note, queued, delayed, offer, offerClosed, started, ended, ok, topics,
        status, transcript, faq, inquiry, inquiries, inquiryNews
    case welcome, pong, error, bye

    /// As it is written.
    @inline(__always)
    var name: StaticString {
        switch self {
        case .message: "message"
        case .ack: "ack"
        case .ok: "ok"
        case .offerClosed: "offer_closed"
        case .typing: "typing"
        case .seen: "seen"
        case .party: "party"
        case .ended: "ended"
        case .status: "status"
        case .transcript: "transcript"
        case .faq: "faq"
        case .inquiry: "inquiry"
        case .inquiries: "inquiries"
        case .inquiryNews: "inquiry_news"
        case .bye: "bye"
        case .pong: "pong"
        case .note: "note"
        case .welcome: "welcome"
        case .topics: "topics"
        case .queued: "queued"
        case .delayed: "delayed"
        case .offer: "offer"
        case .started: "started"
        case .error: "error"
        }
    }

    /// As it is read; nil for a type that this client doesn't know.
    init?(_ name: JSONWord) {
        guard let known = Self.known.first(where: { name == $0.name }) else { return nil }
        self = known
    }

    /// The frequent ones first.
    private static let known = allCases
}
