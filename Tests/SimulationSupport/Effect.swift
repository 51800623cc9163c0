// Effects one by one, as the tables and the simulation read them.

import SangdamCore

/// One of the desk's effects.
enum Effect {
    case record(Record)
    case deliver(SessionHandle, ServerMessage)
    case history(SessionHandle, HistoryRequest)
    case search(SessionHandle, FAQQuery, Language)
    case close(SessionHandle, Farewell)
    case mail(OutgoingMail)
    case observe(Observation)
}

extension Effects {
    /// In the order in which they came about, but for what is counted: a server that dies leaves off somewhere in it.
    var list: [Effect] {
        var list: [Effect] = []
        var shown = deliveries[...]
        for (index, record) in records.enumerated() {
            while let next = shown.first, next.recordsBefore <= index { list.append(Effect(shown.removeFirst())) }
            list.append(.record(record))
        }
        return list + shown.map(Effect.init) + mails.map(Effect.mail) + observations.map(Effect.observe)
    }
}

extension Effect {
    init(_ addressed: Addressed) {
        let session: SessionHandle
        switch addressed.address {
        case .session(let handle): session = handle
        }
        switch addressed.delivery {
        case .say(let message): self = .deliver(session, message)
        case .history(let request): self = .history(session, request)
        case .search(let query, let language): self = .search(session, query, language)
        case .close(let farewell): self = .close(session, farewell)
        }
    }
}
