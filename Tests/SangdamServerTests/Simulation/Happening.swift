// What is to happen on the fixed days, each of it at least once: a day on which nobody gets in goes well, too, and
// shows nothing.

enum Happening: String, CaseIterable {
    case customerWelcomed = "customers are welcomed"
    case customerCameBack = "customers come back with a token"
    case agentWelcomed = "agents are let in"
    case passwordRefused = "a wrong password is refused"
    case tokenForgotten = "a token is not known any more"
    case queued = "customers are told their position"
    case offered = "chats are offered"
    case offerClosed = "offers are closed"
    case started = "chats are started, as customers hear it"
    case customerAcknowledged = "customers' words are acknowledged"
    case agentAcknowledged = "agents' words are acknowledged"
    case noteShown = "notes are shown"
    case wordsResumed = "words are shown again to customers who come back"
    case transcriptWord = "words are shown in transcripts"
    case filesRead = "words are read from the files"
    case statusShown = "agents are told their status"
    case partyShown = "one party is told that the other has gone or is back"
    case transferred = "chats are passed on"
    case wrappedUp = "chats are wrapped up"
    case rated = "chats are rated"
    case ended = "chats are ended"
    case inquired = "inquiries are taken"
    case inquiryAnswered = "inquiries are answered"
    case inquiryReopened = "inquiries are reopened"
    case inquiryClosed = "inquiries are closed"
    case storageFull = "commands are refused while the disk is full"
    case busy = "commands are refused while too much waits for the disk"
    case rateLimited = "floods are refused"
    case tooSlow = "peers are too slow"
    case replaced = "a party's oldest connection gives way"
    case shuttingDown = "peers are told that the server ends"
    case diskFull = "the disk becomes full"
    case journalFailed = "the journal fails"
    case crashed = "the server crashes"
    case restarted = "the server is restarted in order"
}

extension ServerDay {
    /// What has happened when the server says this.
    func count(_ line: HeardLine, to peer: SimulatedPeer) {
        if let happening = happening(line, to: peer) { count(happening) }
    }

    private func happening(_ line: HeardLine, to peer: SimulatedPeer) -> Happening? {
        switch line.type {
        case "welcome" where peer.isAgent: .agentWelcomed
        case "welcome": peer.resumed == nil ? .customerWelcomed : .customerCameBack
        case "queued": .queued
        case "offer": .offered
        case "offer_closed": .offerClosed
        case "started": peer.isAgent ? nil : .started
        case "ack": peer.isAgent ? .agentAcknowledged : .customerAcknowledged
        case "note": .noteShown
        case "message" where peer.isInTranscript: .transcriptWord
        case "message": peer.wasResumed(line) ? .wordsResumed : nil
        case "status": .statusShown
        case "party": .partyShown
        case "ended": .ended
        case "inquiry":
            [
                "open": .inquired, "answered": .inquiryAnswered, "reopened": .inquiryReopened,
                "closed": .inquiryClosed,
            ][line["state"] ?? ""]
        case "ok": ["transfer": .transferred, "wrapup": .wrappedUp, "rate": .rated][line["for"] ?? ""]
        case "error":
            [
                "wrong_password": .passwordRefused, "unknown_token": .tokenForgotten, "storage_full": .storageFull,
                "busy": .busy, "rate_limited": .rateLimited,
            ][line["code"] ?? ""]
        case "bye": ["replaced": .replaced, "shutting_down": .shuttingDown][line["code"] ?? ""]
        default: nil
        }
    }
}

extension Happening {
    /// A row for each, for whoever wants to know what the days were like.
    static func table(_ counts: [Happening: Int]) -> String {
        allCases.map { happening in
            let count = String(counts[happening, default: 0])
            return String(repeating: " ", count: max(0, 8 - count.count)) + count + "  " + happening.rawValue
        }
        .joined(separator: "\n")
    }
}
